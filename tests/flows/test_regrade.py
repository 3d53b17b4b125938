"""A case is graded again: more is known, a group discussed it, the work is sent anew; each refusal says why."""

from datetime import UTC, datetime, timedelta

import pytest

from shouwang.domains.duties.models import Standing
from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.queries import state_counts, steps_of
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.advance_hazard import Move, advance_hazard, open_acts
from shouwang.flows.keep_house import catch_up
from shouwang.flows.move_deadline import Wish, move_deadline
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.regrade_hazard import Stated, judge_again, regrade_hazard
from shouwang.flows.report_hazard import Report, report_hazard
from tests.cast import COUNTY, GRID, STREET
from tests.flows.adoption_story import bring_in_counties
from tests.prefectures import here, only_in_yanbian

OF_2017 = only_in_yanbian("the standard of 2017 stands in the tables of Yanbian alone")
AT_ONCE = only_in_yanbian("that a grid reports at once is a duty of Yanbian's")
pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
LATER = TUESDAY + timedelta(hours=3)
BLOCKED = Report(
    key="k", region=GRID, kind=here("exit_blocked"), site=here("shop"), place="渤海街118号", found_at=TUESDAY
)
DISCUSSED = Stated(discussed_on="2026-11-24", names="赵国栋、韩雪，崔哲", found_major=True, note="出口全部锁死")


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    bring_in_counties()


@pytest.fixture
def case(cast):
    return report_hazard(cast["liming"], BLOCKED, now=TUESDAY).case


def refusal(actor, case, stated, error=Refused, now=LATER):
    with pytest.raises(error) as told:
        regrade_hazard(actor, case.id, stated, now=now)
    return told.value


def test_the_place_was_a_school_the_station_head_states_it_and_it_is_kept(cast, case):
    assert (case.grade, case.site) == ("general", here("shop"))
    found = judge_again(cast["zhangzhiqiang"], case.id, Stated(facts={"site": here("school")}), now=LATER)
    assert (found.grade, found.is_new) == ("general", False)
    done = regrade_hazard(cast["zhangzhiqiang"], case.id, Stated(facts={"site": here("school")}), now=LATER)
    assert done.site == here("school") and done.due_at == case.due_at
    step = steps_of(done)[-1]
    assert step.act == "regrade" and here("hazard-grade:way_out_crowded") in [one["code"] for one in step.reasons]
    assert "study_needed" in [one["code"] for one in step.reasons]


def test_by_a_discussion_it_is_major_and_goes_to_the_county_with_a_clock_of_its_own(cast, case):
    done = regrade_hazard(cast["zhaoguodong"], case.id, DISCUSSED, now=LATER)
    assert (done.grade, done.department, done.body) == ("major", here("committee_office"), COUNTY)
    assert done.due_at > case.due_at and done.facts["determined_major"] is True
    step = steps_of(done)[-1]
    told = {one["code"]: one["params"] for one in step.reasons}
    assert told["discussed"] == {"n": 3, "on": "2026-11-24"} and "discussion_least_unset" in told
    assert step.note == "赵国栋、韩雪、崔哲\n出口全部锁死"
    catch_up(now=LATER)
    assert verify(COUNTY).faults == []


def test_duties_of_the_earlier_grade_are_owed_no_more(cast, case):
    catch_up(now=TUESDAY)
    before = set(Standing.objects.filter(subject=case.id).values_list("duty", flat=True))
    assert here("hazard_general_supervised") in before
    regrade_hazard(cast["zhaoguodong"], case.id, DISCUSSED, now=LATER)
    catch_up(now=LATER)
    after = dict(Standing.objects.filter(subject=case.id).values_list("duty", "due_at"))
    assert here("hazard_general_supervised") not in after and here("hazard_major_put_to_government") in after
    assert after[here("hazard_major_fixed")] == Case.objects.get(id=case.id).due_at


def test_what_was_under_repair_is_sent_anew_and_counts_follow(cast, case):
    advance_hazard(cast["cuizhe"], case.id, Move(act="start"), now=TUESDAY)
    regrade_hazard(cast["zhaoguodong"], case.id, DISCUSSED, now=LATER)
    catch_up(now=LATER)
    assert {key[1]: n for key, n in state_counts([COUNTY], length=6).items() if n} == {"assigned": 1}


def test_a_discussion_may_take_it_back(cast, case):
    regrade_hazard(cast["zhaoguodong"], case.id, DISCUSSED, now=LATER)
    taken = Stated(discussed_on="2026-11-24", names="赵国栋、韩雪、崔哲", found_major=False)
    done = regrade_hazard(cast["zhaoguodong"], case.id, taken, now=LATER)
    assert (done.grade, done.department, done.body) == ("general", here("fire_station"), STREET)


@OF_2017[0]
@OF_2017[1]
def test_a_case_of_an_older_standard_is_judged_by_it(cast):
    """2024: GB 35181-2017 was in force; its exit width makes it major, and three must discuss it."""
    then = datetime(2024, 5, 10, 2, 0, tzinfo=UTC)
    told = Report(key="old", region=GRID, kind=here("other"), site=here("shop"), found_at=then)
    old = report_hazard(cast["liming"], told, now=then).case
    narrow = {"exit_width_percent": "70"}
    no = refusal(cast["zhaoguodong"], old, Stated(facts=narrow))
    assert [one.code for one in no.decision.reasons] == ["minutes_missing"]
    two = Stated(facts=narrow, discussed_on="2026-11-24", names="赵国栋、韩雪", found_major=True)
    no = refusal(cast["zhaoguodong"], old, two)
    assert [(one.code, dict(one.params)) for one in no.decision.reasons] == [("discussion_small", {"least": 3, "n": 2})]
    three = Stated(facts=narrow, discussed_on="2026-11-24", names="赵国栋、韩雪、崔哲", found_major=True)
    assert regrade_hazard(cast["zhaoguodong"], old.id, three, now=LATER).grade == "major"


def test_elements_of_the_old_standard_are_not_asked_of_a_new_case(cast, case):
    no = refusal(cast["zhaoguodong"], case, Stated(facts={"exit_width_percent": "70"}), Unfit)
    assert list(no.fields) == ["exit_width_percent"]


@pytest.mark.parametrize(
    "stated, field",
    [
        (Stated(), "facts"),
        (Stated(facts={"site": here("shop")}), "facts"),
        (Stated(facts={"site": "casino"}), "site"),
        (Stated(facts={"people_affected": "many"}), "people_affected"),
        (Stated(facts={"people_affected": "-1"}), "people_affected"),
        (Stated(discussed_on="2026-11-24", names="赵国栋"), "found_major"),
        (Stated(found_major=True, names="赵国栋", discussed_on="yesterday"), "discussed_on"),
        (Stated(found_major=True, names="赵国栋", discussed_on="2027-01-01"), "discussed_on"),
        (Stated(found_major=True, names=" ", discussed_on="2026-11-24"), "names"),
        (Stated(facts={"site": here("school")}, note="啊" * 501), "note"),
        (Stated(facts={"site": here("school")}, note="a\x00"), "note"),
    ],
)
def test_what_cannot_be_read_is_named(cast, case, stated, field):
    assert field in refusal(cast["zhaoguodong"], case, stated, Unfit).fields
    assert Case.objects.get(id=case.id).version == 1


def test_only_those_who_may_determine_make_it_major(cast, case):
    no = refusal(cast["zhangzhiqiang"], case, DISCUSSED)
    assert [dict(one.params) for one in no.decision.reasons] == [{"action": "hazards.determine"}]
    assert no.decision.clauses == (here("02-07"),)


def test_who_may_not_grade_is_told_and_the_outsider_sees_nothing(cast, case):
    no = refusal(cast["liming"], case, Stated(facts={"site": here("school")}))
    assert [one.code for one in no.decision.reasons] == ["not_held"]
    refusal(cast["liuyang"], case, DISCUSSED, NotSeen)
    refusal(cast["sunyulan"], case, DISCUSSED, NotSeen)


def test_it_is_no_plain_step_and_is_not_offered_as_one(cast, case):
    assert "regrade" not in [one.act for one in open_acts(cast["zhaoguodong"], case)]
    with pytest.raises(Refused) as told:
        advance_hazard(cast["zhaoguodong"], case.id, Move(act="regrade"), now=LATER)
    assert "facts_missing" in [one.code for one in told.value.decision.reasons]


def test_who_looked_at_an_older_state_is_told(cast, case):
    regrade_hazard(cast["zhangzhiqiang"], case.id, Stated(version=1, facts={"site": here("school")}), now=LATER)
    refusal(cast["zhangzhiqiang"], case, Stated(version=1, facts={"site": here("hospital")}), Moved)


def test_a_closed_case_is_not_graded_again(cast, case):
    case.state = "closed"
    case.save()
    no = refusal(cast["zhaoguodong"], case, DISCUSSED)
    assert [one.code for one in no.decision.reasons] == ["no_such_step"]


@AT_ONCE[0]
@AT_ONCE[1]
def test_what_the_report_itself_made_owed_is_owed_still(cast, case):
    """朴英顺's grid reported it at once: graded again, that is not forgotten, nor does the story change how it came."""
    catch_up(now=TUESDAY)
    before = Standing.objects.get(subject=case.id, duty=here("hazard_reported_at_once"))
    regrade_hazard(cast["zhaoguodong"], case.id, DISCUSSED, now=LATER)
    catch_up(now=LATER)
    after = Standing.objects.get(subject=case.id, duty=here("hazard_reported_at_once"))
    assert (before.verdict, after.verdict) == ("met", "met")


def test_a_pause_of_the_earlier_clock_ends_and_cannot_bring_it_back(cast, case):
    paused = move_deadline(
        cast["cuizhe"], case.id, Wish(act="pause", reason="parts", note="等防火门到货"), now=TUESDAY
    )
    found = regrade_hazard(cast["zhaoguodong"], case.id, DISCUSSED, now=LATER)
    assert found.due_at != paused.due_at
    for one in ("cuizhe", "zhaoguodong"):
        with pytest.raises((Refused, NotSeen)):
            move_deadline(cast[one], case.id, Wish(act="resume"), now=LATER)
    assert Case.objects.get(id=case.id).due_at == found.due_at
