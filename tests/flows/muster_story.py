"""A whistle as the people of 红旗社区 blow it: the grid member calls, departments come or send it back."""

from datetime import UTC, datetime, timedelta
from random import Random

from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.muster_queries import musters_of
from shouwang.flows.advance_muster import Go, advance_muster
from shouwang.flows.photos import Photo
from shouwang.flows.report_hazard import Report, report_hazard
from shouwang.flows.whistle import Whistle, whistle
from shouwang.simulation.pictures import photo
from tests.cast import COUNTY, GRID, Member, enter
from tests.prefectures import here

TUESDAY = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AFTER = Photo(data=photo(Random(1), cleared=True), purpose="after")
LANE = Report(
    key="lane-1", region=GRID, kind=here("lane_occupied"), site=here("old_compound"), place="2号楼东侧消防通道",
    found_at=TUESDAY,
)  # fmt: skip
NEED = "请来人把废弃车辆拖走，把通道划线"
OFFICER = here("dept_officer")
URBAN = Member(login="mengchao", name="孟超", region=COUNTY, kind=OFFICER, department=here("urban_management"))
POWER = Member(login="duanlei", name="段磊", region=COUNTY, kind=OFFICER, department=here("power"))
PROPERTY = here("property_management")


def reported(actor, report=LANE, *, now=TUESDAY):
    return Case.objects.get(pk=report_hazard(actor, report, now=now).id)


def whistled(actor, case, *departments, now=TUESDAY + HOUR, need=NEED):
    """The calls by department."""
    whistle(actor, case.id, Whistle(departments=departments, need=need), now=now)
    return calls(case)


def calls(case):
    return {one.department: one for one in musters_of(case)}


def go(actor, muster, act, *, now, **brought):
    return advance_muster(actor, muster.case_id, muster.id, Go(act=act, **brought), now=now)


def codes(refused):
    return [reason.code for reason in refused.value.decision.reasons]


def company(cast):
    """Those of departments the cast has nobody of."""
    return {**cast, **{one.login: enter(one) for one in (URBAN, POWER)}}
