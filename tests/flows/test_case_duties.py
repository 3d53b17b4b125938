"""Duties about a case: of many departments only the one it is with is followed up for it (02-06, 02-07, 09-17)."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import pytest

from shouwang.domains.duties.models import Standing
from shouwang.domains.ledger.sealing import seal_county
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.judge_duties import judge_duties
from shouwang.flows.people_told import People
from shouwang.flows.sight import pack_of
from shouwang.rules.tasks import own_part
from tests.cast import COUNTY
from tests.flows import closing_story as story
from tests.flows.muster_story import DAY, HOUR, TUESDAY, company, reported
from tests.prefectures import here

pytestmark = pytest.mark.django_db


GIVEN = (("reassign", "housing", "zhoumin"), ("reassign", "urban_management", "mengchao"))


class Owed(NamedTuple):
    region: str
    duty: str
    subject: UUID
    due_at: datetime


@pytest.fixture
def people(cast, settings, tmp_path):
    settings.HOME = tmp_path
    return company(cast)


def told_by_house(case, *, now):
    pack = pack_of(COUNTY, now=now)
    duty = next(one for one in pack.duties.values() if one.bearer.of_case)
    owed = Owed(COUNTY, duty.id, case.id, now)
    return duty, People(pack, COUNTY, now.date()).told(duty, owed, "supervise")


def test_whoever_a_case_is_given_to_is_told_and_no_other_department(people):
    """段磊 of power holds the same kind of post as 周敏 of housing and 孟超 of urban management."""
    case = reported(people["liming"])
    officers = {people[name].id: name for name in ("zhoumin", "mengchao", "duanlei")}
    for n, (act, department, login) in enumerate(GIVEN):
        move = Move(act=act, department=here(department), body=COUNTY, note="不属本部门")
        case = advance_hazard(people["hanxue"], case.id, move, now=TUESDAY + (n + 1) * HOUR)
        duty, told = told_by_house(case, now=TUESDAY + DAY)
        assert {officers[one] for one in told & officers.keys()} == {login}
        for one in officers:
            mine = own_part(pack_of(COUNTY, now=TUESDAY), people[officers[one]].posts)
            assert duty.id not in {name for part in mine for name in part.duties}


def test_what_is_closed_while_a_round_runs_counts_at_the_next(cast, own_home):
    """07-31: the round had asked the time before the closing and read the lines after it."""
    case = story.reported(cast["liming"])
    judged(now=TUESDAY)
    story.closed(cast, case, now=TUESDAY + HOUR)
    began = TUESDAY + 2 * HOUR - timedelta(milliseconds=50)
    assert judged(now=began) == {"due"}
    assert judged(now=began + timedelta(seconds=1)) == {"met"}


def test_a_closing_by_a_fast_clock_holds_up_no_other_and_counts_in_its_time(cast, own_home):
    """07-31: the clock of one machine is hours fast; what was closed elsewhere counts at once."""
    first, other = story.reported(cast["liming"]), story.reported(cast["liming"], key="other")
    story.closed(cast, first, now=TUESDAY + 3 * HOUR)
    assert judged(now=TUESDAY) == {"due"}
    story.closed(cast, other, now=TUESDAY + HOUR)
    assert judged(now=TUESDAY + 2 * HOUR) == judged(now=TUESDAY + 3 * HOUR) == {"due", "met"}
    assert judged(now=TUESDAY + 4 * HOUR) == {"met"}


def judged(*, now):
    seal_county(COUNTY, now=now)
    while judge_duties(COUNTY, now=now):
        continue
    duties = pack_of(COUNTY, now=now).duties.values()
    by_closing = [one.id for one in duties if one.evidence.kind == "hazard.closed"]
    return set(Standing.objects.filter(county=COUNTY, duty__in=by_closing).values_list("verdict", flat=True))
