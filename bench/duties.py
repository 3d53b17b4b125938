"""A prefecture-day of duties: loaded, evaluated, written; and again after new evidence. Grown to a nation."""

import multiprocessing
import os
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from multiprocessing.pool import Pool

from django.utils import timezone

from bench.duty_seeding import Country, entries, write
from bench.duty_workers import begin, judged, ready
from bench.plain import Measured
from bench.printing import Finding
from bench.stage import Stage, say
from shouwang.domains.areas.queries import bodies_of, counties
from shouwang.domains.duties.models import Standing
from shouwang.domains.ledger.queries import advance
from shouwang.flows.judge_duties import READER, owed_since
from shouwang.flows.sight import pack
from shouwang.rules.world import Entry, bodies

SITES, HOMES, FRESH = 50_000, 20_000, 10_000
GROWTH = (10, 100, 400)
CORES = os.cpu_count() or 1


def measure(house: Stage, *, rows: int, seconds: float) -> tuple[dict[str, str], list[Finding]]:
    """`rows` and `seconds` do not matter here: the country is always the same."""
    now, places = timezone.now(), counties()
    areas = [area for county in places for area in bodies_of(county, now.date())]
    registers = _registers([region for region, level, _ in areas if level == "village"])
    country = Country(pack(), bodies(areas, {}), registers, now)
    evidence = write(house, country.year(), start={}, batch=True)
    for county in places:
        owed_since(county, now.date(), now=now)
        advance(county, READER, 0, now=now)

    with multiprocessing.get_context("spawn").Pool(CORES, begin, [registers]) as workers:
        workers.map(ready, range(CORES), chunksize=1)
        say("judging the whole prefecture")
        whole, each = _judged(workers, places, now)
        standings = Standing.objects.count()
        write(house, country.day(FRESH), start=dict.fromkeys(places, 0), batch=False)
        say(f"judging {FRESH:,} new rows of evidence")
        fresh, _ = _judged(workers, places, now + timedelta(seconds=1))

    about = {
        "country": f"{len(areas):,} areas, {SITES:,} places, {HOMES:,} homes, {len(pack().duties)} duties",
        "evidence of a year": f"{evidence:,} rows",
        "standings": f"{standings:,}",
        "judged by": f"{CORES} workers, one on each core",
        "growth": "reckoned from what was measured: counties share nothing, so what they cost adds up",
        **{f"{n}×": _grown(n, whole, each) for n in GROWTH},
    }
    return about, [
        Finding(work="a prefecture-day, whole", measured=Measured(rate=whole), unit="s", required=10),
        Finding(work=f"after {FRESH:,} new rows", measured=Measured(rate=fresh), unit="s", required=2),
    ]


def _registers(villages: Sequence[str]) -> dict[str, list[Entry]]:
    return {
        "sites": entries(villages, list(pack().sites), count=SITES, seed=1),
        "households": entries(villages, ["rural_home", "residence"], count=HOMES, seed=2),
    }


def _judged(workers: Pool, places: Sequence[str], now: datetime) -> tuple[float, list[float]]:
    """Seconds until all counties are judged by a worker on each core, and what each county took."""
    begun = time.perf_counter()
    each = workers.starmap(judged, [(county, now) for county in places], chunksize=1)
    return time.perf_counter() - begun, each


def _grown(times: int, whole: float, each: Sequence[float]) -> str:
    """Counties share nothing, so what they cost adds up."""
    work, largest = sum(each) * times, max(each)
    return f"{work:,.0f} s of work, {whole * times:,.0f} s here; {largest:.1f} s with a worker for each county"
