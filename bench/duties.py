"""A prefecture-day of duties: loaded, evaluated, written; and again after new evidence. Grown to a nation."""

import os
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from bench.duty_seeding import Country, entries, write
from bench.plain import Measured
from bench.printing import Finding
from bench.stage import Stage, say
from shouwang.domains.areas.queries import bodies_of, counties
from shouwang.domains.duties.models import Standing
from shouwang.domains.ledger.queries import advance
from shouwang.flows import judge_bodies
from shouwang.flows.judge_duties import READER, judge_duties, owed_since
from shouwang.flows.sight import pack
from shouwang.rules.world import Entry, bodies

SITES, HOMES, FRESH = 50_000, 20_000, 10_000
GROWTH = (10, 100, 400)


def measure(house: Stage, *, rows: int, seconds: float) -> tuple[dict[str, str], list[Finding]]:
    """`rows` and `seconds` do not matter here: the country is always the same."""
    now, places = timezone.now(), counties()
    areas = [area for county in places for area in bodies_of(county, now.date())]
    registers = _registers([region for region, level, _ in areas if level == "village"])
    _keep(registers)
    country = Country(pack(), bodies(areas, {}), registers, now)
    evidence = write(house, country.year(), start={}, batch=True)
    for county in places:
        owed_since(county, now.date(), now=now)
        advance(county, READER, 0, now=now)

    say("judging the whole prefecture")
    whole, each = _judged(places, now)
    standings = Standing.objects.count()
    write(house, country.day(FRESH), start=dict.fromkeys(places, 0), batch=False)
    say(f"judging {FRESH:,} new rows of evidence")
    fresh, _ = _judged(places, now + timedelta(seconds=1))

    about = {
        "country": f"{len(areas):,} areas, {SITES:,} places, {HOMES:,} homes, {len(pack().duties)} duties",
        "evidence of a year": f"{evidence:,} rows",
        "standings": f"{standings:,}",
        "growth": "counties share nothing, so what they cost adds up: reckoned from what was measured,"
        f" on the {os.cpu_count()} cores of this machine, and with a worker a county",
        **{f"{n}×": _grown(n, whole, max(each)) for n in GROWTH},
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


def _keep(registers: dict[str, list[Entry]]) -> None:
    """As the rooms of places and homes will: each register read county by county."""
    for name, known in registers.items():
        by_county: dict[str, list[Entry]] = {}
        for entry in known:
            by_county.setdefault(entry.region[:6], []).append(entry)
        judge_bodies.REGISTERS[name] = lambda county, kept=by_county: kept.get(county, [])


def _judged(places: Sequence[str], now: datetime) -> tuple[float, list[float]]:
    """Seconds for all counties, and for each, one after the other in one process."""
    each = []
    for county in places:
        begun = time.perf_counter()
        judge_duties(county, now=now)
        each.append(time.perf_counter() - begun)
    return sum(each), each


def _grown(times: int, whole: float, largest: float) -> str:
    cores = os.cpu_count() or 1
    return f"{whole * times:,.0f} s of work, {whole * times / cores:,.0f} s here; {largest:.1f} s by county"
