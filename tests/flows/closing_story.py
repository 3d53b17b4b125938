"""A week in 渤海街道 as far as the closing of hazards is concerned: reported, fixed, passed, and what comes after."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from shouwang.domains.hazards.models import Case
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.report_hazard import Photo, Report, report_hazard
from shouwang.simulation.pictures import photo
from tests.cast import GRID
from tests.prefectures import here

TUESDAY = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEFORE = Photo(data=photo(Random(1), cleared=False))
AFTER = Photo(data=photo(Random(1), cleared=True), purpose="after")
STILL = Photo(data=photo(Random(2), cleared=False))
BLOCKED = Report(
    key="phone-1", region=GRID, kind=here("exit_blocked"), site=here("old_compound"), place="2号楼1单元",
    found_at=TUESDAY,
    photos=(BEFORE,),
)  # fmt: skip


def reported(actor, *, now=TUESDAY, **more):
    told = replace(BLOCKED, **{"key": f"phone-{now.isoformat()}", "found_at": now, **more})
    return Case.objects.get(pk=report_hazard(actor, told, now=now).id)


def fixed(cast, case, *, now):
    return advance_hazard(cast["cuizhe"], case.id, Move(act="submit", photos=(AFTER,)), now=now)


def closed(cast, case, *, now):
    """Fixed by 崔哲, passed by 张志强."""
    fixed(cast, case, now=now)
    return advance_hazard(cast["zhangzhiqiang"], case.id, Move(act="pass"), now=now + HOUR)


def codes(refused):
    return [reason.code for reason in refused.value.decision.reasons]
