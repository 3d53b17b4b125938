"""Lists, counts and single records, always within a sight."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count
from psycopg.pq import Format

from shouwang.domains.areas.pieces import Piece, seen
from shouwang.domains.ledger.totals import counts
from shouwang.kernel.lineage import NONE, Lineage

from .making import measure
from .models import Record, Step, Unmasking
from .scopes import Sight
from .wanting import Wanted

ROW = (
    "id", "county", "region", "type", "form", "occurred_on", "period", "name", "values", "state", "lacking",
    "entered_by", "entered_at", "external_id", "way", "version",
)  # fmt: skip
ORDER = "occurred_on DESC, id DESC"
Key = tuple[date, UUID]


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a keyset-paged list; `after` is the key of its last row, None on the last page."""

    rows: list[dict[str, Any]]
    after: Key | None


def one(sight: Sight, record_id: UUID) -> Record | None:
    """A record in sight, else None: what may not be seen does not exist."""
    return Record.objects.filter(seen(sight.pieces()), id=record_id).first()


def known_of(sight: Sight, ids: Iterable[UUID]) -> set[UUID]:
    """Which of some ids are records in sight."""
    return set(Record.objects.filter(seen(sight.pieces()), id__in=list(ids)).values_list("id", flat=True))


def newest(sight: Sight, wanted: Wanted, *, limit: int = 50, after: Key | None = None) -> Page:
    """Records of a type in sight, the latest day first, in one statement whatever the territory."""
    asked = wanted.piece()
    if after is not None:
        asked &= Piece("(occurred_on, id) < (%s, %s)", after)
    rows = _merged([piece & asked for piece in sight.pieces()], limit=limit + 1)
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows=rows[:limit], after=(last["occurred_on"], last["id"]) if last else None)


def _merged(pieces: Sequence[Piece], *, limit: int) -> list[dict[str, Any]]:
    """Each piece walks its own index to `limit` rows; the union is then cut (design §3, Region code)."""
    if not pieces:
        return []
    # A union compares whole rows, and JSON compares by value: ids suffice, the rows are read once.
    walk = f"(SELECT id, county, occurred_on FROM records_record WHERE {{}} ORDER BY {ORDER} LIMIT {limit:d})"
    ids = " UNION ".join(walk.format(piece.sql) for piece in pieces)
    if len(pieces) > 1:
        ids += f" ORDER BY {ORDER} LIMIT {limit:d}"
    columns = ", ".join(f'r."{name}"' for name in ROW)
    sql = (
        f"SELECT {columns} FROM ({ids}) AS w"
        " JOIN records_record r ON r.county = w.county AND r.id = w.id ORDER BY r.occurred_on DESC, r.id DESC"
    )
    with connection.cursor() as cursor:
        cursor.cursor.format = Format.BINARY
        cursor.execute(sql, [value for piece in pieces for value in piece.values])
        return [dict(zip(ROW, row, strict=True)) for row in cursor.fetchall()]


def waiting(sight: Sight, types: Iterable[str], *, state: str = "entered") -> dict[str, int]:
    """How many records of each type stand in a state; exact."""
    rows = Record.objects.filter(seen(sight.pieces()), type__in=list(types), state=state)
    return dict(rows.values_list("type").annotate(n=Count("pk")).order_by("type"))


def year_counts(
    counties: Sequence[str], types: Iterable[str], *, year: int, length: int, lineage: Lineage = NONE
) -> Mapping[tuple[str, str], int]:
    """Records that happened in a year, by (area of `length` digits, type); folded and pending."""
    measures = {measure(type_): type_ for type_ in types}
    months = [f"{year}-{month:02d}" for month in range(1, 13)]
    found = counts(counties, measures, length=length, period=months, lineage=lineage)
    return {(area, measures[name]): n for (area, name), n in found.items()}


def year_counts_in_sight(sight: Sight, types: Iterable[str], *, year: int) -> dict[str, int]:
    """The same for who sees only some records of an area: counted row by row."""
    rows = Record.objects.filter(
        seen(sight.pieces()), type__in=list(types), occurred_on__range=(date(year, 1, 1), date(year, 12, 31))
    ).exclude(state="withdrawn")
    return dict(rows.values_list("type").annotate(n=Count("pk")).order_by("type"))


def records_of(counties: Iterable[str], ids: Sequence[UUID], *, at_once: int = 1000) -> dict[UUID, Record]:
    """Many records by id, whoever may see them."""
    found: dict[UUID, Record] = {}
    for start in range(0, len(ids), at_once):
        some = Record.objects.filter(county__in=set(counties), id__in=ids[start : start + at_once])
        found |= {record.id: record for record in some}
    return found


def steps_of(record: Record) -> list[Step]:
    return list(Step.objects.filter(county=record.county, record=record).order_by("at", "id"))


def unmaskings_of(record: Record) -> list[Unmasking]:
    return list(Unmasking.objects.filter(county=record.county, record=record).order_by("at", "id"))


def of_type(county: str, type_: str, *, limit: int = 500) -> list[Record]:
    """The newest records of a type in a county that were not withdrawn, whoever may see them."""
    rows = Record.objects.filter(county=county, type=type_).exclude(state="withdrawn")
    return list(rows.order_by("-occurred_on", "-id")[:limit])


def known_outside(
    counties: Iterable[str], type_: str, external_ids: Iterable[str]
) -> dict[tuple[str, str], UUID]:
    """The records of a type that came in before, {(county, external id): id}."""
    rows = Record.objects.filter(
        county__in=set(counties), type=type_, external_id__in=[one for one in set(external_ids) if one]
    )
    return {
        (county, outside): id_ for county, outside, id_ in rows.values_list("county", "external_id", "id")
    }
