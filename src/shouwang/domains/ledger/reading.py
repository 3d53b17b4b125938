"""Evidence read in bulk, as rules see it: the tail of a county, kinds of it, and all about some subjects."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, TypeAlias

import msgspec
from django.db import connection

from shouwang.kernel.ids import ENTROPY, uuid7
from shouwang.rules.seen import Seen

from .queries import reached_by

# Moments travel as microseconds, facts as text: what is alike in many rows is read once.
MICROS = "(extract(epoch FROM {}) * 1000000)::bigint"
COLUMNS = (
    f"e.kind, e.subject::text, {MICROS.format('e.occurred_at')}, {MICROS.format('e.recorded_at')}, e.region,"
    " e.facts::text, e.line"
)
EPOCH, MICRO = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
# Beside its position a reader remembers by which moment it read last, and how late what it passed over was written.
MOMENT, AHEAD = ".moment", ".ahead"
LINES = "SELECT id, position, at FROM ledger_line WHERE county = %s AND position > %s ORDER BY position LIMIT %s"
# How many lines come next, up to where, and the latest moment of those written later than the one asked about.
NEXT = f"SELECT count(*), max(position), max(at) FILTER (WHERE at > %s) FROM ({LINES}) AS l"
TAIL = f"""
SELECT {COLUMNS} FROM ({LINES}) AS l JOIN ledger_evidence e ON e.county = %s AND e.line = l.id
WHERE l.at <= %s ORDER BY l.position, e.id
"""
# Ids are in order of time, so that lines of a while are found without an index of their own.
SINCE_KNOWN = f"""
SELECT {COLUMNS} FROM ledger_line l JOIN ledger_evidence e ON e.county = %s AND e.line = l.id
WHERE l.county = %s AND l.id BETWEEN %s AND %s AND l.at > %s AND l.at <= %s AND l.position <= %s
ORDER BY l.position, e.id
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


class Tail(NamedTuple):
    """Evidence that a reader has not seen, and what it is to remember once it has: {cursor: position}."""

    seen: list[Seen]
    marks: dict[str, int]


def tail(county: str, reader: str, *, now: datetime, limit: int) -> Tail:
    """Evidence of the next `limit` sealed lines.

    Rules do not know yet what was written later than `now`: while the round ran, or by a machine whose clock is fast.
    Such lines are passed over, hold up no other, and are read once their moment has come.
    """
    moment, ahead = f"{reader}{MOMENT}", f"{reader}{AHEAD}"
    marks = {name: at for (_county, name), at in reached_by([county], [reader, moment, ahead]).items()}
    known, until, last = marks.get(moment, 0), marks.get(ahead, 0), marks.get(reader, -1)
    start, micros, is_some_ahead = [county, last, limit], (now - EPOCH) // MICRO, until > known
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [now, *start])
        n, position, later = cursor.fetchone()
    seen = _read(TAIL, [*start, county, now]) if n else []
    if is_some_ahead:
        seen += _come_due(county, since=EPOCH + known * MICRO, now=now, last=last)
    told = {reader: position} if n else {}
    if n or is_some_ahead:
        told[moment] = micros
        # Of two processes the one that began earlier may come second: it does not know what the other read.
        if later or known > micros:
            told[ahead] = max(until, known, (later - EPOCH) // MICRO if later else 0)
    return Tail(seen, told)


def _come_due(county: str, *, since: datetime, now: datetime, last: int) -> list[Seen]:
    """What was passed over and is no longer ahead."""
    ids = [uuid7(since, bytes(ENTROPY)), uuid7(now, b"\xff" * ENTROPY)]
    return _read(SINCE_KNOWN, [county, county, *ids, since, now, last])


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
