"""Counting without a hot row: acts append deltas, a worker folds them, readers add what is pending."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from shouwang.kernel.codes import county_of
from shouwang.kernel.lineage import NONE, Lineage

from .minting import mint
from .models import Delta

COUNTED = """
SELECT left(region, %s) AS area, measure, sum(amount)::bigint
FROM (
  SELECT region, measure, amount FROM ledger_total
  WHERE county = ANY(%s) AND measure = ANY(%s) AND period = ANY(%s)
  UNION ALL
  SELECT region, measure, amount FROM ledger_delta
  WHERE county = ANY(%s) AND measure = ANY(%s) AND period = ANY(%s)
) AS counted
GROUP BY 1, 2
"""

MOVE = """
INSERT INTO ledger_delta (id, county, region, measure, period, amount)
SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[])
"""

# By place on disk: a plan by id goes through the whole table for each row while its statistics are old.
OF_ALL_TIME = """
SELECT left(region, %s) AS area, measure, sum(amount)::bigint
FROM (
  SELECT region, measure, amount FROM ledger_total WHERE county = ANY(%s) AND measure = ANY(%s)
  UNION ALL
  SELECT region, measure, amount FROM ledger_delta WHERE county = ANY(%s) AND measure = ANY(%s)
) AS counted
GROUP BY 1, 2
"""

FOLD = """
WITH taken AS (
  DELETE FROM ledger_delta WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM ledger_delta ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
  )) RETURNING county, region, measure, period, amount
), summed AS (
  SELECT county, region, measure, period, sum(amount) AS amount, count(*) AS n
  FROM taken GROUP BY county, region, measure, period ORDER BY county, measure, period, region
), folded AS (
  INSERT INTO ledger_total AS t (id, county, region, measure, period, amount)
  SELECT md5(concat_ws('/', county, measure, period, region))::uuid, county, region, measure, period, amount
  FROM summed
  ON CONFLICT (county, measure, period, region) DO UPDATE SET amount = t.amount + EXCLUDED.amount
)
SELECT coalesce(sum(n), 0) FROM summed
"""


def delta(region: str, measure: str, amount: int, *, at: datetime, period: str = "") -> Delta:
    """One change of a count; `period` 'YYYY-MM' for a flow of that month, '' for a stock."""
    return Delta.fresh(
        id=mint(at), county=county_of(region), region=region, measure=measure, period=period, amount=amount
    )


def move(amounts: Mapping[tuple[str, str, str], int], *, at: datetime) -> None:
    """Many changes of counts in one statement: {(region, measure, period): amount}; zeros are left out."""
    moved = [(key, amount) for key, amount in amounts.items() if amount]
    if not moved:
        return
    regions, measures, months = zip(*(key for key, _ in moved), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            MOVE,
            [
                [mint(at) for _ in moved], [county_of(one) for one in regions], list(regions),
                list(measures), list(months), [amount for _, amount in moved],
            ],
        )  # fmt: skip


def fold(limit: int = 5000) -> int:
    """Fold up to `limit` pending deltas into totals; how many were folded."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FOLD, [limit])
        return int(cursor.fetchone()[0])


def counts(
    counties: Sequence[str],
    measures: Iterable[str],
    *,
    length: int,
    period: str | Sequence[str] = "",
    lineage: Lineage = NONE,
) -> dict[tuple[str, str], int]:
    """Exact counts, {(area, measure): n}, by areas of `length` digits: folded and pending in one snapshot.

    Of several periods, such as the months of a year, it gives the sum. What merged counts where it went.
    """
    wanted, names = lineage.counties_with(counties), list(measures)
    periods = [period] if isinstance(period, str) else list(period)
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [lineage.depth(length), wanted, names, periods, wanted, names, periods])
        return lineage.folded({(area, measure): n for area, measure, n in cursor.fetchall()}, length)


def counts_of_all_time(
    counties: Sequence[str], measures: Iterable[str], *, length: int, lineage: Lineage = NONE
) -> dict[tuple[str, str], int]:
    """As `counts`, whatever the period: of a stock what stands now, since each thing is counted in one period."""
    wanted, names = lineage.counties_with(counties), list(measures)
    with connection.cursor() as cursor:
        cursor.execute(OF_ALL_TIME, [lineage.depth(length), wanted, names, wanted, names])
        return lineage.folded({(area, measure): n for area, measure, n in cursor.fetchall()}, length)
