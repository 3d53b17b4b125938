"""What a case cannot be made to lose: its lateness, by grading it anew; its department, by passing it on and on."""

from datetime import timedelta

import pytest

from shouwang.domains.duties.models import Notice
from shouwang.domains.hazards.extra_time import extra_time_of
from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.queries import one as in_sight
from shouwang.domains.hazards.queries import steps_of
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.advance_hazard import Move, advance_hazard, open_acts
from shouwang.flows.keep_house import catch_up
from shouwang.flows.move_deadline import Wish, move_deadline
from shouwang.flows.refusal import NotSeen, Refused
from shouwang.flows.regrade_hazard import Stated, regrade_hazard
from shouwang.flows.sight import sight
from tests.cast import COUNTY, STREET
from tests.flows.adoption_story import bring_in_counties
from tests.flows.closing_story import DAY, HOUR, TUESDAY, codes, reported
from tests.prefectures import here

pytestmark = pytest.mark.django_db
FOUND_MAJOR = Stated(discussed_on="2026-11-24", names="赵国栋、韩雪、崔哲", found_major=True, note="出口全部锁死")
HOUSING, URBAN, POWER = here("housing"), here("urban_management"), here("power")


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    bring_in_counties()


@pytest.fixture
def case(cast):
    return reported(cast["liming"])


def passed_on(cast, case, department, *, now, act="reassign", who="hanxue", note="不属本部门"):
    return advance_hazard(cast[who], case.id, Move(act=act, department=department, body=COUNTY, note=note), now=now)


def reasons(case):
    return {one["code"]: one["params"] for one in steps_of(case)[-1].reasons}


def test_what_is_late_stays_late_when_it_is_graded_anew(cast, case):
    late = case.due_at + DAY
    done = regrade_hazard(cast["zhaoguodong"], case.id, FOUND_MAJOR, now=late)
    assert (done.grade, done.body, done.due_at) == ("major", COUNTY, case.due_at)
    assert reasons(done)["late_stays"] == {"before": case.due_at.astimezone().date().isoformat()}
    assert "due_by" not in reasons(done)


def test_what_is_not_late_yet_gets_the_clock_of_its_new_grade(cast, case):
    done = regrade_hazard(cast["zhaoguodong"], case.id, FOUND_MAJOR, now=TUESDAY + HOUR)
    assert done.due_at > case.due_at and "late_stays" not in reasons(done) and "due_by" in reasons(done)


def test_a_request_for_more_time_lapses_with_the_clock_it_was_asked_for(cast, case):
    asked = Wish(act="ask_extension", workdays=2, note="等防火门到货")
    move_deadline(cast["cuizhe"], case.id, asked, now=TUESDAY + HOUR)
    done = regrade_hazard(cast["zhaoguodong"], case.id, FOUND_MAJOR, now=TUESDAY + 2 * HOUR)
    assert [one.state for one in extra_time_of(done)] == ["lapsed"]
    assert [one.recipient for one in Notice.objects.filter(sort="extension_lapsed")] == [cast["cuizhe"].id]
    with pytest.raises(Refused):
        move_deadline(cast["quanzhenhu"], case.id, Wish(act="grant_extension"), now=TUESDAY + 3 * HOUR)
    assert Case.objects.get(id=case.id).due_at == done.due_at
    catch_up(now=TUESDAY + 3 * HOUR)
    assert verify(COUNTY).faults == []


def test_it_lapses_as_well_when_another_department_gets_the_case(cast, case):
    asked = Wish(act="ask_extension", workdays=2, note="等防火门到货")
    move_deadline(cast["cuizhe"], case.id, asked, now=TUESDAY + HOUR)
    passed_on(cast, case, HOUSING, now=TUESDAY + 2 * HOUR)
    assert [one.state for one in extra_time_of(case)] == ["lapsed"]


def test_twice_it_is_passed_on_then_the_committee_office_rules(cast, case):
    now = TUESDAY
    for department in (HOUSING, URBAN):
        now += HOUR
        passed_on(cast, case, department, now=now)
    with pytest.raises(Refused) as no:
        passed_on(cast, case, POWER, now=now + HOUR)
    assert codes(no) == ["passes_spent"]
    assert dict(no.value.decision.reasons[0].params) == {"n": 2}
    offered = [arrow.act for arrow in open_acts(cast["hanxue"], Case.objects.get(id=case.id))]
    assert "arbitrate" in offered and "reassign" not in offered
    done = passed_on(cast, case, POWER, act="arbitrate", now=now + 2 * HOUR)
    assert (done.department, done.body, done.state) == (POWER, COUNTY, "assigned")
    assert done.due_at == case.due_at
    with pytest.raises(Refused):
        passed_on(cast, case, HOUSING, now=now + 3 * HOUR)
    catch_up(now=now + 3 * HOUR)
    assert verify(COUNTY).faults == []


def test_before_that_there_is_nothing_to_rule_on(cast, case):
    with pytest.raises(Refused) as no:
        passed_on(cast, case, HOUSING, act="arbitrate", now=TUESDAY + HOUR)
    assert codes(no) == ["pass_first"]
    assert "arbitrate" not in [arrow.act for arrow in open_acts(cast["hanxue"], case)]


def test_a_ruling_says_why_and_is_not_for_the_departments_themselves(cast, case):
    for n, department in enumerate((HOUSING, URBAN), 1):
        passed_on(cast, case, department, now=TUESDAY + n * HOUR)
    with pytest.raises(Refused) as no:
        passed_on(cast, case, POWER, act="arbitrate", note="", now=TUESDAY + 4 * HOUR)
    assert codes(no) == ["reason_missing"]
    with pytest.raises(Refused) as no:
        passed_on(cast, case, POWER, act="arbitrate", who="zhangzhiqiang", now=TUESDAY + 4 * HOUR)
    assert codes(no) == ["not_held"]


def test_graded_anew_it_may_be_passed_on_again(cast, case):
    for n, department in enumerate((HOUSING, URBAN), 1):
        passed_on(cast, case, department, now=TUESDAY + n * HOUR)
    regrade_hazard(cast["zhaoguodong"], case.id, FOUND_MAJOR, now=TUESDAY + 4 * HOUR)
    passed_on(cast, case, HOUSING, now=TUESDAY + 5 * HOUR)
    assert Case.objects.get(id=case.id).department == HOUSING


def test_a_department_let_go_loses_sight_of_the_case(cast, case):
    passed_on(cast, case, HOUSING, now=TUESDAY + HOUR)
    assert in_sight(sight(cast["zhoumin"]), case.id) is not None
    passed_on(cast, case, URBAN, now=TUESDAY + 2 * HOUR)
    assert in_sight(sight(cast["zhoumin"]), case.id) is None
    with pytest.raises(NotSeen):
        advance_hazard(cast["zhoumin"], case.id, Move(act="start"), now=TUESDAY + 3 * HOUR)


def test_those_of_the_place_see_it_whoever_has_it(cast, case):
    passed_on(cast, case, HOUSING, now=TUESDAY + timedelta(hours=1))
    assert in_sight(sight(cast["cuizhe"]), case.id) is not None and case.region.startswith(STREET)
