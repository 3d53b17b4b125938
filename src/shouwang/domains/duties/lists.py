"""Task lists (任务清单) over standings: pages by key, groups with counts, a year at a glance; within a sight."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from shouwang.domains.areas.pieces import Piece

from .scopes import Sight

OPEN = ("due", "overdue", "undetermined")
COLUMNS = (
    "id", "county", "region", "duty", "clause", "subject", "verdict", "due_at", "period", "month", "met_by",
    "reasons", "judged_at",
)  # fmt: skip
NAMED = ", ".join(COLUMNS)
# Without a deadline comes last; in a key of a page it stands for such a one.
FAR = datetime.max.replace(tzinfo=UTC)
MOST = 1000


class Task(NamedTuple):
    """A standing as somebody sees it. Its columns in the order of COLUMNS."""

    id: UUID
    county: str
    region: str
    duty: str
    clause: str
    subject: UUID
    verdict: str
    due_at: datetime | None
    period: str
    month: str
    met_by: UUID | None
    reasons: list[dict[str, Any]]
    judged_at: datetime

    @property
    def key(self) -> tuple[datetime, UUID]:
        return self.due_at or FAR, self.id


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list asks for beside its sight. `since` and `until` bound the deadline, the latter left out."""

    verdicts: tuple[str, ...] = OPEN
    duties: tuple[str, ...] | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def timed(self) -> bool:
        """Whether only what has a deadline is asked for."""
        return self.since is not None or self.until is not None

    def walks(self) -> Iterator[Piece]:
        """One walk of an index for each verdict, with and without a deadline."""
        for verdict in self.verdicts:
            named = Piece("verdict = %s", (verdict,)) & self._filter()
            yield named & Piece("due_at IS NOT NULL", ())
            if not self.timed:
                yield named & Piece("due_at IS NULL", ())

    def _filter(self) -> Piece:
        found = Piece("TRUE", ())
        if self.duties is not None:
            found &= Piece("duty = ANY(%s)", (list(self.duties),))
        if self.since is not None:
            found &= Piece("due_at >= %s", (self.since,))
        if self.until is not None:
            found &= Piece("due_at < %s", (self.until,))
        return found


@dataclass(frozen=True, kw_only=True)
class Page:
    rows: list[Task]
    after: tuple[datetime, UUID] | None


def tasks(
    sight: Sight, wanted: Wanted, *, limit: int = 50, after: tuple[datetime, UUID] | None = None
) -> Page:
    """The most pressing first, in one statement; `after` is the key of the last row of the page before."""
    rows = grouped(sight, {"": wanted}, limit=limit + 1, after=after)[""]
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows=rows[:limit], after=last.key if last else None)


def grouped(
    sight: Sight,
    groups: Mapping[str, Wanted],
    *,
    limit: int,
    after: tuple[datetime, UUID] | None = None,
) -> dict[str, list[Task]]:
    """The first rows of several lists at once, in one statement."""
    found: dict[str, list[Task]] = {name: [] for name in groups}
    parts = [(name, _cut(sight, wanted, limit=limit, after=after)) for name, wanted in groups.items()]
    named = [(name, part) for name, part in parts if part is not None]
    if not named:
        return found
    sql = " UNION ALL ".join(
        f"(SELECT {n} AS part, * FROM ({p.sql}) AS g{n})" for n, (_, p) in enumerate(named)
    )
    for part, *row in _rows(f"{sql} ORDER BY part, due_at, id", [v for _, p in named for v in p.values]):
        found[named[part][0]].append(_task(row))
    return found


def counted(sight: Sight, groups: Mapping[str, Wanted], *, most: int = MOST) -> dict[str, int]:
    """How many each list holds, up to `most`: nobody reads a longer one to its end."""
    parts = {name: _cut(sight, wanted, limit=most, columns="id, due_at") for name, wanted in groups.items()}
    named = {name: part for name, part in parts.items() if part is not None}
    if not named:
        return dict.fromkeys(groups, 0)
    sql = ", ".join(f"(SELECT count(*) FROM ({part.sql}) AS g)" for part in named.values())
    row = _rows(f"SELECT {sql}", [value for part in named.values() for value in part.values])[0]
    return {**dict.fromkeys(groups, 0), **dict(zip(named, row, strict=True))}


def one(sight: Sight, id: UUID) -> Task | None:  # noqa: A002
    """A standing in sight; what may not be seen does not exist."""
    pieces = sight.pieces()
    if not pieces:
        return None
    where = " OR ".join(f"({piece.sql})" for piece in pieces)
    values = [id, *(value for piece in pieces for value in piece.values)]
    rows = _rows(f"SELECT {NAMED} FROM duties_standing WHERE id = %s AND ({where})", values)
    return _task(rows[0]) if rows else None


def between(sight: Sight, *, since: datetime, until: datetime, most: int = 2000) -> list[Task]:
    """Everything with a deadline in a stretch of time, whatever its verdict: a calendar's page."""
    pieces = [one & Piece("due_at >= %s AND due_at < %s", (since, until)) for one in sight.pieces()]
    return _union(pieces, limit=most)


def history(county: str, *, region: str, duty: str, limit: int = 24) -> list[Task]:
    """The periods of one duty of one body, the newest first."""
    where = "county = %s AND region = %s AND duty = %s ORDER BY due_at DESC NULLS LAST, id DESC LIMIT %s"
    rows = _rows(f"SELECT {NAMED} FROM duties_standing WHERE {where}", [county, region, duty, limit])
    return [_task(row) for row in rows]


def of_body(county: str, *, region: str, year: int) -> list[Task]:
    """Where a body stands with its year: what has a period of the year, and what has none."""
    since, until = f"{year}", f"{year + 1}"
    named = Piece("county = %s AND region = %s", (county, region))
    in_year = Piece("(period = '' OR (period >= %s AND period < %s))", (since, until))
    return _union([named & in_year], limit=5000)


def of_bodies(regions: Iterable[str], *, most: int = 5000) -> list[Task]:
    """The standings of some bodies that have a period, the newest deadline first."""
    named = sorted(set(regions))
    where = "county = ANY(%s) AND region = ANY(%s) AND period <> '' ORDER BY due_at DESC LIMIT %s"
    counties = sorted({region[:6] for region in named})
    rows = _rows(f"SELECT {NAMED} FROM duties_standing WHERE {where}", [counties, named, most])
    return [_task(row) for row in rows]


def counts_of_bodies(regions: Iterable[str], *, year: int) -> dict[str, dict[str, int]]:
    """{body: {verdict: n}} over the periods of a year, in one statement."""
    named = sorted(set(regions))
    sql = (
        "SELECT region, verdict, count(*) FROM duties_standing WHERE county = ANY(%s) AND region = ANY(%s)"
        " AND period >= %s AND period < %s GROUP BY region, verdict"
    )
    found: dict[str, dict[str, int]] = {}
    for region, verdict, n in _rows(sql, [sorted({one[:6] for one in named}), named, str(year), str(year + 1)]):
        found.setdefault(region, {})[verdict] = n
    return found


def _cut(
    sight: Sight,
    wanted: Wanted,
    *,
    limit: int,
    after: tuple[datetime, UUID] | None = None,
    columns: str | None = None,
) -> Piece | None:
    """The union of all walks of a list, cut to its first rows; None when nothing can be in sight."""
    columns = columns or NAMED
    walks = [piece & walk & _beyond(walk, after) for piece in sight.pieces() for walk in wanted.walks()]
    if not walks:
        return None
    tail = f"ORDER BY due_at, id LIMIT {limit:d}"
    cut = [f"(SELECT {columns} FROM duties_standing WHERE {walk.sql} {tail})" for walk in walks]
    # Overlapping pieces show a row twice, and JSON cannot be compared: rows are told apart by their id.
    sql = f"SELECT DISTINCT ON (due_at, id) {columns} FROM ({' UNION ALL '.join(cut)}) AS walked {tail}"
    return Piece(sql, tuple(value for walk in walks for value in walk.values))


def _beyond(walk: Piece, after: tuple[datetime, UUID] | None) -> Piece:
    if after is None:
        return Piece("TRUE", ())
    due_at, last = after
    if "IS NOT NULL" in walk.sql:
        return Piece("FALSE", ()) if due_at == FAR else Piece("(due_at, id) > (%s, %s)", after)
    return Piece("id > %s", (last,)) if due_at == FAR else Piece("TRUE", ())


def _union(pieces: Sequence[Piece], *, limit: int) -> list[Task]:
    if not pieces:
        return []
    tail = f"ORDER BY due_at, id LIMIT {limit:d}"
    cut = [f"(SELECT {NAMED} FROM duties_standing WHERE {piece.sql} {tail})" for piece in pieces]
    sql = f"SELECT DISTINCT ON (due_at, id) {NAMED} FROM ({' UNION ALL '.join(cut)}) AS walked {tail}"
    return [_task(row) for row in _rows(sql, [value for piece in pieces for value in piece.values])]


def _task(row: Sequence[Any]) -> Task:
    told = dict(zip(COLUMNS, row, strict=True))
    return Task(**{**told, "reasons": json.loads(told["reasons"])})


def _rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
