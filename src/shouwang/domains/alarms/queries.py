"""Alarms as lists, always within a reach: the desk by gravity, trouble by cause, what is over, and news by position."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from shouwang.domains.areas.pieces import Piece, seen
from shouwang.rules.alarms import URGENT

from .models import OPEN, Acknowledgement, Alarm, Proposal, Pulse, Step, Watch
from .scopes import Sight

PULSE = ("rings", "news", "said_test", "heard_at", "cleared_at", "position", "active")
ALARM = (
    "id", "county", "region", "kind", "cause", "place", "note", "state", "raised_at", "call_by", "due_at", "settled_at",
    "household", "site",
)  # fmt: skip
COLUMNS = (*ALARM, *PULSE, "proposed", "levels", "rank")
# A fire first; then what is verified, by its clock; then what a result has been found for.
RANK = """CASE WHEN a.state = 'real' OR (r.cause IS NOT NULL AND a.state IN ('ringing', 'verifying', 'unreachable'))
  THEN 0 WHEN a.state IN ('ringing', 'verifying', 'unreachable') THEN 1 ELSE 2 END"""
# By the id alone: in the first minute of a storm the database has no figures of it, takes the index of the county as
# good, and would read all alarms of the county once for each.
JOINED = "a.id = p.id AND a.county || '' = p.county"
ROWS = f"""
SELECT {", ".join(f"a.{name}" for name in ALARM)}, {", ".join(f"p.{name}" for name in PULSE)}, r.cause AS proposed,
  ARRAY(SELECT k.level::text FROM alarms_acknowledgement k WHERE k.county = a.county AND k.alarm_id = a.id) AS levels,
  {RANK} AS rank
FROM ({{pulses}}) p JOIN alarms_alarm a ON {JOINED}
LEFT JOIN alarms_proposal r ON r.county = a.county AND r.alarm_id = a.id
"""
URGENT_SQL = ", ".join(f"'{kind}'" for kind in URGENT)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page; `after` is the key of its last row, None on the last page."""

    rows: list[dict[str, Any]]
    after: tuple[int, UUID] | None


def open_fires(pieces: Sequence[Piece], *, after: tuple[int, UUID] | None = None, limit: int = 50) -> Page:
    """What may be a fire, the gravest first, then by its clock; a storm of trouble is not among it."""
    active, ended = _active(pieces, f"kind IN ({URGENT_SQL})"), _real_after_all(pieces)
    walk = Piece(f"{active.sql} UNION {ended.sql}", (*active.values, *ended.values))
    sql = f"SELECT * FROM ({ROWS.format(pulses=walk.sql)}) AS u WHERE rank < 2"
    return _page(sql, walk.values, after, limit)


def open_trouble(
    pieces: Sequence[Piece],
    *,
    folded: Collection[tuple[str, str]],
    after: tuple[int, UUID] | None = None,
    limit: int = 50,
) -> Page:
    """Trouble of devices that no storm holds, the newest last."""
    walk = _active(pieces, f"kind NOT IN ({URGENT_SQL})")
    sql = f"SELECT * FROM ({ROWS.format(pulses=walk.sql)}) AS u WHERE state = 'trouble'"
    values = list(walk.values)
    if folded:
        sql += " AND NOT ((left(region, 9), cause) IN (SELECT * FROM unnest(%s::text[], %s::text[])))"
        values += [[township for township, _cause in folded], [cause for _township, cause in folded]]
    return _page(sql, values, after, limit)


def trouble_now(pieces: Sequence[Piece], *, most: int = 20000) -> list[tuple[str, str, str, datetime]]:
    """(township, cause, source, since when) of all trouble that stands, for seeing what came at once."""
    walk = _active(pieces, f"kind NOT IN ({URGENT_SQL})")
    sql = (
        "SELECT left(a.region, 9), a.cause, p.source, a.raised_at "
        f"FROM ({walk.sql}) p JOIN alarms_alarm a ON {JOINED} LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*walk.values, most])
        return list(cursor.fetchall())


def newest(pieces: Sequence[Piece], *, after: UUID | None = None, limit: int = 50) -> Page:
    """Everything that rang, the newest first, whatever became of it."""
    if not pieces:
        return Page(rows=[], after=None)
    beyond = "" if after is None else "AND id < %s "
    tail = f"{beyond}ORDER BY id DESC LIMIT {limit + 1:d}"
    walk = " UNION ".join(f"(SELECT * FROM alarms_pulse WHERE {piece.sql} {tail})" for piece in pieces)
    values = [value for piece in pieces for value in (*piece.values, *([after] if after else []))]
    rows = _rows(f"{ROWS.format(pulses=walk)} ORDER BY a.id DESC LIMIT {limit + 1:d}", values)
    return Page(rows=rows[:limit], after=(0, rows[limit - 1]["id"]) if len(rows) > limit else None)


def news_after(pieces: Sequence[Piece], after: Mapping[str, int], *, limit: int = 200) -> list[dict[str, Any]]:
    """Alarms changed beyond the position last seen of each county, as they stand now, in the order of the changes.

    A county that `after` does not name has no news: begin with `positions`. Positions are those of a county alone.
    """
    known = [(piece, after[county]) for piece in pieces if (county := str(piece.values[0])) in after]
    if not known:
        return []
    tail = f"position > %s ORDER BY position LIMIT {limit:d}"
    walk = " UNION ".join(f"(SELECT * FROM alarms_pulse WHERE {piece.sql} AND {tail})" for piece, _at in known)
    values = [value for piece, at in known for value in (*piece.values, at)]
    return _rows(f"{ROWS.format(pulses=walk)} ORDER BY p.position LIMIT {limit:d}", values)


def positions(counties: Collection[str]) -> dict[str, int]:
    """{county: the newest position}, -1 where nothing rang yet: where to begin to listen."""
    rows = Pulse.objects.filter(county__in=counties).values("county").annotate(last=Max("position"))
    return dict.fromkeys(counties, -1) | {row["county"]: row["last"] for row in rows.order_by()}


def one(sight: Sight, alarm_id: UUID) -> Alarm | None:
    """An alarm in sight, else None: what may not be seen does not exist."""
    return Alarm.objects.filter(Q(id=alarm_id), seen(sight.pieces())).first()


def pulse_of(alarm: Alarm) -> Pulse:
    return Pulse.objects.get(county=alarm.county, id=alarm.id)


def steps_of(alarm: Alarm) -> list[Step]:
    return list(Step.objects.filter(county=alarm.county, alarm=alarm).order_by("at", "id"))


def last_steps_of(alarm: Alarm, *, limit: int | None) -> tuple[list[Step], int]:
    """The newest steps in their order, and how many were before them."""
    rows = Step.objects.filter(county=alarm.county, alarm=alarm)
    found = list(rows.order_by("-at", "-id")[:limit])
    before = rows.count() - len(found) if limit is not None and len(found) == limit else 0
    return found[::-1], before


def known_to(alarm: Alarm) -> list[Acknowledgement]:
    return list(Acknowledgement.objects.filter(county=alarm.county, alarm=alarm).order_by("at"))


def proposal_of(alarm: Alarm) -> Proposal | None:
    return Proposal.objects.filter(county=alarm.county, alarm=alarm).first()


def beside(alarm: Alarm, *, limit: int = 10) -> list[Alarm]:
    """What else rings at the same site, or burns there: not what was settled or has stopped."""
    rows = _still(alarm.county, [alarm.site]).exclude(id=alarm.id)
    return list(rows.order_by("-raised_at")[:limit])


def still_at(county: str, sites: Collection[str]) -> list[Alarm]:
    """What rings or burns at some sites, in one statement."""
    return list(_still(county, sites))


def _still(county: str, sites: Collection[str]) -> QuerySet[Alarm]:
    ringing = Pulse.objects.filter(county=county, active=True, cleared_at=None).values("id")
    rows = Alarm.objects.filter(county=county, site__in=sites, state__in=(*OPEN, "trouble"))
    return rows.filter(Q(id__in=ringing) | Q(state="real"))


def false_alarms_of(county: str, device: UUID, *, part: str, since: datetime) -> int:
    """How often a detector of a device rang without a fire since a moment."""
    rows = Alarm.objects.filter(county=county, device=device, part=part, raised_at__gte=since)
    return rows.filter(state="false_alarm").count()


def counted_open(pieces: Sequence[Piece]) -> int:
    """How many alarms somebody still has to find a result for."""
    return Alarm.objects.filter(seen(pieces), state__in=OPEN).count()


def _active(pieces: Sequence[Piece], which: str) -> Piece:
    """Active pulses of some kinds in any of the pieces."""
    if not pieces:
        return Piece("SELECT * FROM alarms_pulse WHERE false", ())
    parts = [f"SELECT * FROM alarms_pulse WHERE active AND {piece.sql} AND {which}" for piece in pieces]
    return Piece(" UNION ".join(parts), tuple(value for piece in pieces for value in piece.values))


def _real_after_all(pieces: Sequence[Piece]) -> Piece:
    """Pulses of fires that were taken for false alarms: their devices may long ring for another alarm."""
    if not pieces:
        return Piece("SELECT * FROM alarms_pulse WHERE false", ())
    real = "id IN (SELECT id FROM alarms_alarm WHERE state = 'real' AND county = %s)"
    parts = [f"SELECT * FROM alarms_pulse WHERE NOT active AND {piece.sql} AND {real}" for piece in pieces]
    values = tuple(value for piece in pieces for value in (*piece.values, piece.values[0]))
    return Piece(" UNION ".join(parts), values)


def _page(sql: str, values: Sequence[Any], after: tuple[int, UUID] | None, limit: int) -> Page:
    bound = list(values)
    if after is not None:
        sql, bound = f"{sql} AND (rank, id) > (%s, %s)", [*bound, *after]
    rows = _rows(f"{sql} ORDER BY rank, id LIMIT {limit + 1:d}", bound)
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows=rows[:limit], after=(last["rank"], last["id"]) if last else None)


def _rows(sql: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]


def alarms_of(county: str, ids: Collection[UUID]) -> list[Alarm]:
    return list(Alarm.objects.filter(county=county, id__in=ids)) if ids else []


def ringing_at(county: str, sites: Collection[str]) -> list[tuple[Alarm, bool]]:
    """(alarm, whether it is proposed already) of what rings at some sites."""
    active = Pulse.objects.filter(county=county, active=True).values("id")
    found = list(Alarm.objects.filter(county=county, site__in=sites, id__in=active))
    rows = Proposal.objects.filter(county=county, alarm__in=[one.id for one in found])
    proposed = set(rows.values_list("alarm", flat=True)) if found else set()
    return [(one, one.id in proposed) for one in found]


def counties_due(counties: Collection[str], now: datetime) -> list[str]:
    """Counties in which something is to be said of an alarm whose cap has run out, or soon will be."""
    rows = _unsaid().filter(county__in=counties, due_at__lte=now)
    return sorted(rows.values_list("county", flat=True).distinct())


def due_by(county: str, now: datetime, *, answer: timedelta, limit: int = 100) -> list[tuple[Alarm, bool]]:
    """(alarm, whether it is proposed) past its cap where something is still to be said, the oldest first."""
    rows = _unsaid().filter(county=county, due_at__lte=now)
    waits = Q(proposed=False) | Q(told_level__in=("", "township")) | Q(due_at__lte=now - answer)
    return [(one, one.proposed) for one in rows.filter(waits).order_by("due_at")[:limit]]


def _unsaid() -> QuerySet[Alarm]:
    """Open alarms that are not proposed, or of which a level above is not told and none there knows."""
    here = {"county": OuterRef("county"), "alarm": OuterRef("id")}
    rows = Alarm.objects.filter(~Q(told_level="prefecture"), state__in=OPEN).annotate(
        proposed=Exists(Proposal.objects.filter(**here)),
        answered=Exists(Acknowledgement.objects.filter(**here, level__in=("county", "prefecture"))),
    )
    return rows.filter(Q(proposed=False) | ~Q(told_level="county") | Q(answered=False))


def levels_knowing(county: str, alarms: Collection[UUID]) -> Mapping[UUID, set[str]]:
    """{alarm: the levels that know of it}, in one statement."""
    found: dict[UUID, set[str]] = {one: set() for one in alarms}
    rows = Acknowledgement.objects.filter(county=county, alarm__in=alarms)
    for alarm, level in rows.values_list("alarm", "level"):
        found[alarm].add(level)
    return found


def watch_at(desk: str) -> Watch | None:
    """Who is on duty at a desk now."""
    return Watch.objects.filter(county=desk[:6], region=desk, until=None).first()


def watches_at(desk: str, *, limit: int = 10) -> list[Watch]:
    """The last watches of a desk, the newest first."""
    return list(Watch.objects.filter(county=desk[:6], region=desk).order_by("-since")[:limit])


def first_rang_here(counties: Collection[str], alarm: UUID) -> bool:
    """Whether an alarm is one of ours, in whichever county."""
    return Alarm.objects.filter(county__in=counties, id=alarm).exists()


def alarm_from(counties: Collection[str], way: str, source: str) -> Alarm | None:
    """The newest alarm that came by some way from a source."""
    return Alarm.objects.filter(county__in=counties, site=f"{way}:{source}").order_by("-raised_at").first()
