"""Cases kept in the ledger without any face, for the stories of the ledger tests."""

from datetime import UTC, datetime, timedelta

from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.services import Step, move_case, open_case
from shouwang.domains.ledger.acts import before
from shouwang.domains.ledger.minting import mint, salt
from shouwang.kernel.codes import case_code, county_of

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
MINGDONG = "222405105201001"


def new_case(region: str = MINGDONG, *, at: datetime = NOON) -> Case:
    case_id, county = mint(at), county_of(region)
    return Case(
        id=case_id,
        county=county,
        region=region,
        salt=salt(),
        code=case_code(county, case_id),
        kind="exit_blocked",
        place="卫生室旁",
        grade="general",
        state="assigned",
        channel="patrol",
        department="fire_station",
        body=region[:9],
        found_at=at,
        reported_at=at,
        due_at=at + timedelta(days=5),
    )


def step(act: str, source: str, target: str, *, at: datetime = NOON) -> Step:
    return Step(
        act=act,
        source=source,
        target=target,
        actor=mint(at),
        post="grid_member",
        at=at,
        pack="yanbian-2023 test",
        clause="07-15",
    )


def reported(region: str = MINGDONG, *, at: datetime = NOON) -> Case:
    case = new_case(region, at=at)
    open_case(case, step("report", "", "assigned", at=at))
    return case


def started(case: Case, *, at: datetime = NOON + timedelta(hours=1)) -> Case:
    earlier = before(case, "version")
    case.state, case.version = "rectifying", case.version + 1
    move_case(case, step("start", "assigned", "rectifying", at=at), earlier=earlier)
    return case
