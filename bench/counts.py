"""Counts by state and area of a whole prefecture, exact while deltas wait, beside counting the rows again."""

import time
from collections.abc import Callable

from django.db import connection
from django.utils import timezone

from bench.callers import grids
from bench.plain import Measured
from bench.printing import Finding
from bench.seeding import seed
from bench.stage import Stage, say
from shouwang.domains.areas.queries import counties
from shouwang.domains.hazards.queries import state_counts
from shouwang.flows.sight import pack

TOWNSHIP = 9
RECOUNT = "SELECT left(region, 9), state, count(*) FROM hazards_case GROUP BY 1, 2"
# Five thousand counts wait unfolded, as they do while everybody is at work.
TAKEN = """
WITH waiting AS (
  UPDATE ledger_total SET amount = amount - 1
  WHERE id IN (SELECT id FROM ledger_total WHERE amount > 1 LIMIT 5000) RETURNING county, region, measure, period
)
INSERT INTO ledger_delta (id, county, region, measure, period, amount)
SELECT gen_random_uuid(), county, region, measure, period, 1 FROM waiting
"""


def measure(house: Stage, *, rows: int, seconds: float) -> tuple[dict[str, str], list[Finding]]:
    seed(house, grids(), pack(), rows=rows, now=timezone.now(), traces=())
    with connection.cursor() as cursor:
        cursor.execute(TAKEN)
        cursor.execute("VACUUM ANALYZE ledger_total, ledger_delta")
    wanted = counties()
    say("counting")
    found = _timed(lambda: state_counts(wanted, length=TOWNSHIP), seconds)
    say("counting the rows again")
    begun = time.perf_counter()
    recounted = _recounted()
    took = time.perf_counter() - begun
    counted = state_counts(wanted, length=TOWNSHIP)
    wrong = {key: n for key, n in counted.items() if n}.items() ^ recounted.items()
    about = {
        "hazards on record": f"{rows:,}",
        "GROUP BY over the table": f"{took * 1000:,.0f} ms",
        "numbers that differ from the recount": f"{len(wrong)}",
    }
    return about, [
        Finding(work="counts by state and township", measured=found, unit="ms", required=50),
        Finding(work="numbers that differ from a recount", measured=Measured(rate=len(wrong)), unit="", required=0),
    ]


def _timed(count: Callable[[], object], seconds: float) -> Measured:
    took: list[float] = []
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        begun = time.perf_counter()
        count()
        took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    middle = took[len(took) // 2]
    return Measured(rate=middle, p50=middle, p95=took[int(len(took) * 0.95)], done=len(took))


def _recounted() -> dict[tuple[str, str], int]:
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT)
        return {(area, state): n for area, state, n in cursor.fetchall()}
