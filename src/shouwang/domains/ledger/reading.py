"""Evidence read in bulk, as rules see it: the tail of a county, kinds of it, and all about some subjects."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, TypeAlias

import msgspec
from django.db import connection

from shouwang.rules.seen import Seen

from .queries import reached

# Moments travel as microseconds, facts as text: what is alike in many rows is read once.
MICROS = "(extract(epoch FROM {}) * 1000000)::bigint"
COLUMNS = (
    f"e.kind, e.subject::text, {MICROS.format('e.occurred_at')}, {MICROS.format('e.recorded_at')}, e.region,"
    " e.facts::text, e.line"
)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LINES = "SELECT id, position, at FROM ledger_line WHERE county = %s AND position > %s ORDER BY position LIMIT %s"
TAIL = f"""
SELECT {COLUMNS} FROM ({LINES}) AS l JOIN ledger_evidence e ON e.county = %s AND e.line = l.id
ORDER BY l.position, e.id
"""
# Up to the first that was written later than the moment asked about.
REACHED = f"""
SELECT count(*), max(position) FROM (
  SELECT position, bool_or(at > %s) OVER (ORDER BY position) AS later FROM ({LINES}) AS l
) AS known WHERE NOT later
"""
# What says which period it is for, or changes another row, counts from whichever day it is.
STANDS = "e.facts ?| ARRAY['period', 'amends', 'withdrawn']"
OF_KINDS = f"""
SELECT {COLUMNS} FROM ledger_evidence e WHERE e.county = %s AND e.kind = ANY(%s) AND e.occurred_at >= %s
UNION ALL
SELECT {COLUMNS} FROM ledger_evidence e
WHERE e.county = %s AND e.kind = ANY(%s) AND {STANDS} AND e.occurred_at < %s
"""
EVER = f"SELECT {COLUMNS} FROM ledger_evidence e WHERE e.county = %s AND e.kind = ANY(%s)"
# Only what was left at some places: a body itself, or within it, by the length of its region.
AT, WITHIN = "(e.kind, e.region)", "(e.kind, left(e.region, {:d}))"
AMONG = " IN (SELECT * FROM unnest(%s::text[], %s::text[]))"
SINCE = f"(e.occurred_at >= %s OR {STANDS})"
ABOUT = f"""
SELECT {COLUMNS} FROM unnest(%s::uuid[]) AS s(subject)
JOIN ledger_evidence e ON e.county = %s AND e.subject = s.subject ORDER BY e.occurred_at, e.id
"""


class Place(NamedTuple):
    """Where evidence may lie: regions cut to a length, or whole ones (0); and since when, None for any day."""

    length: int
    since: datetime | None


# Which kinds, in which regions, are wanted of each place.
Places: TypeAlias = Mapping[Place, Collection[tuple[str, str]]]


def tail(county: str, reader: str, *, now: datetime, limit: int) -> tuple[list[Seen], int | None]:
    """Evidence of the next `limit` sealed lines, and the position reached; None when no line is new.

    A round that began at `now` finds lines written while it ran: rules do not know them yet, the next round does.
    """
    seen = reached(county, reader)
    start = [county, -1 if seen is None else seen]
    with connection.cursor() as cursor:
        cursor.execute(REACHED, [now, *start, limit])
        n, position = cursor.fetchone()
    return (_read(TAIL, [*start, n, county]), position) if n else ([], None)


def of_kinds(county: str, kinds: Collection[str], *, since: datetime | None) -> list[Seen]:
    """Evidence of some kinds since a moment, and what is older but says which period it is for or changes another."""
    if not kinds:
        return []
    if since is None:
        return _read(EVER, [county, list(kinds)])
    return _read(OF_KINDS, [county, list(kinds), since] * 2)


def of_places(county: str, places: Places) -> list[Seen]:
    """Evidence of some kinds at some places alone, a few rows of many; older rows as `of_kinds` has them."""
    if not places:
        return []
    told, asked = [], []
    for (length, since), pairs in places.items():
        among = (WITHIN.format(length) if length else AT) + AMONG
        told.append(f"({among} AND {SINCE})" if since else f"({among})")
        asked += [[kind for kind, _ in pairs], [region for _, region in pairs], *([since] if since else [])]
    kinds = sorted({kind for pairs in places.values() for kind, _ in pairs})
    return _read(f"{EVER} AND ({' OR '.join(told)})", [county, kinds, *asked])


def about(county: str, subjects: Sequence[str]) -> list[Seen]:
    """All evidence about some subjects, oldest first."""
    return _read(ABOUT, [list(subjects), county]) if subjects else []


def _read(sql: str, params: list[Any]) -> list[Seen]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    moments = {micros: EPOCH + timedelta(microseconds=micros) for row in rows for micros in row[2:4]}
    facts = {text: msgspec.json.decode(text) for text in {row[5] for row in rows}}
    return [
        Seen(kind, subject, moments[occurred], moments[recorded], None, region, facts[told], line)
        for kind, subject, occurred, recorded, region, told, line in rows
    ]
