"""Evidence of a year counted by area, as it stands now: what was amended counts as it is, what was taken back not."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import connection
from psycopg.types.json import Jsonb

from shouwang.policy.indicator_shapes import Counted
from shouwang.rules.seen import CHANGING

NEWEST = """
SELECT DISTINCT ON (county, subject) region, occurred_at, facts FROM ledger_evidence
WHERE county = ANY(%s) AND kind = %s ORDER BY county, subject, line DESC, id DESC
"""
EVERY = "SELECT region, occurred_at, facts FROM ledger_evidence WHERE county = ANY(%s) AND kind = %s"
BY_YEAR = """
SELECT left(region, %s), date_part('year', occurred_at AT TIME ZONE %s)::int, count(*),
  coalesce(sum((facts->>%s)::bigint), 0)::bigint
FROM ({evidence}) AS known
WHERE occurred_at >= %s AND NOT facts ? 'withdrawn' {where}
GROUP BY 1, 2
"""


def by_year(
    counties: Sequence[str], told: Counted, *, length: int, since: datetime
) -> dict[tuple[str, int], int]:
    """{(area of `length` digits, year): how many, or the sum of a fact} of what occurred since a moment."""
    names, values = list(told.where), [_any_of(want) for want in told.where.values()]
    statement = BY_YEAR.format(
        evidence=NEWEST if told.kind.startswith(CHANGING) else EVERY,
        where="AND facts->%s = ANY(%s::jsonb[]) " * len(names),
    )
    asked = [asked for pair in zip(names, values, strict=True) for asked in pair]
    zone = str(since.tzinfo)
    with connection.cursor() as cursor:
        cursor.execute(statement, [length, zone, told.sum, list(counties), told.kind, since, *asked])
        return {(area, year): total if told.sum else n for area, year, n, total in cursor.fetchall()}


def _any_of(want: object) -> list[Jsonb]:
    wanted: Collection[object] = want if isinstance(want, tuple) else (want,)
    return [Jsonb(one) for one in wanted]
