"""Workers of the duty benchmark: processes of their own, as `shouwang worker` is, one on each core."""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any


def begin(registers: Mapping[str, Sequence[Any]]) -> None:
    """Start Django, and keep the registers as the rooms of places and homes will: read county by county."""
    import django

    django.setup()
    from shouwang.flows import judge_bodies
    from shouwang.gateways.collecting import JUDGING, collect_seldom

    for name, known in registers.items():
        by_county: dict[str, list[Any]] = {}
        for entry in known:
            by_county.setdefault(entry.region[:6], []).append(entry)
        judge_bodies.REGISTERS[name] = lambda county, kept=by_county: kept.get(county, [])
    collect_seldom(JUDGING)


def ready(_: int) -> None:
    """Connected, the pack read, as one that has been running for a while; the other gets its turn, too."""
    from django.db import connection

    from shouwang.flows.sight import pack

    pack()
    connection.ensure_connection()
    time.sleep(0.3)


def judged(county: str, now: datetime) -> float:
    """Judge a county; the seconds it took."""
    from shouwang.flows.judge_duties import judge_duties

    begun = time.perf_counter()
    judge_duties(county, now=now)
    return time.perf_counter() - begun
