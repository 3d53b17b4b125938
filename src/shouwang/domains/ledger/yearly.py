"""Evidence of a year counted by area, as it stands now: what was amended counts as it is, what was taken back not."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import connection
from psycopg.types.json import Jsonb

from shouwang.kernel.lineage import NONE, Lineage
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
    counties: Sequence[str], told: Counted, *, length: int, since: datetime, lineage: Lineage = NONE
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
        known = [lineage.depth(length), zone, told.sum, lineage.counties_with(counties), told.kind, since]
        cursor.execute(statement, [*known, *asked])
        found = {(area, year): total if told.sum else n for area, year, n, total in cursor.fetchall()}
    return lineage.folded(found, length)


def _any_of(want: object) -> list[Jsonb]:
    wanted: Collection[object] = want if isinstance(want, tuple) else (want,)
    return [Jsonb(one) for one in wanted]
