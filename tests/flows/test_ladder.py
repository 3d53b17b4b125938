"""What is not done is followed up: each step once, on working days, told to those who must know."""

import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwang.domains.duties.models import Notice, Step
from shouwang.domains.ledger.models import Evidence, Line
from shouwang.flows.climb_ladder import climb_ladder
from tests.cast import COMMUNITY, COUNTY, NEXT_STREET, STREET
from tests.prefectures import HERE, here
from tests.task_story import DAY, MONDAY, Street

pytestmark = pytest.mark.django_db
# The meeting is due on Monday, 30 November; some working days before it is the day of the reminder.
REMINDED = (12 - HERE.reminded_before) * DAY


def steps(duty: str, region: str) -> list[str]:
    return list(Step.objects.filter(duty=duty, region=region).order_by("at", "id").values_list("rung", flat=True))


def told(street: Street, login: str, rung: str) -> int:
    return Notice.objects.filter(recipient=street.cast[login].id, sort=rung).count()


def test_some_working_days_before_the_day_the_station_is_reminded_once(street: Street):
    street.pass_to(MONDAY + REMINDED - DAY)
    assert steps("t_meeting", STREET) == []
    street.pass_to(MONDAY + REMINDED)
    street.pass_to(MONDAY + REMINDED + timedelta(hours=3))
    assert steps("t_meeting", STREET) == ["remind"]
    assert told(street, "cuizhe", "remind") == 1 and told(street, "hanxue", "remind") == 0


def test_the_step_is_a_line_and_evidence_and_meets_nothing(street: Street):
    street.pass_to(MONDAY + REMINDED)
    step = Step.objects.get(duty="t_meeting", region=STREET)
    line = Line.objects.get(county=COUNTY, object=step.id)
    assert (line.room, line.act, line.actor, line.clause) == ("duties", "remind", None, here("08-02"))
    said = Evidence.objects.get(line=line.id)
    assert said.kind == "duties.reminded" and said.facts == {"duty": "t_meeting", "period": "2026-11"}
    assert street.standing("t_meeting", STREET, "2026-11").verdict == "due"


def test_the_next_street_gets_its_own_step_and_nobody_of_this_street_hears_of_it(street: Street):
    street.pass_to(MONDAY + REMINDED)
    assert steps("t_meeting", NEXT_STREET) == ["remind"]
    heard = Notice.objects.filter(region=NEXT_STREET).values_list("recipient", flat=True)
    assert list(heard) == []


def test_overdue_it_climbs_one_rung_after_another(street: Street):
    street.pass_to(MONDAY + REMINDED)
    for days in range(15, 40):
        street.pass_to(MONDAY + days * DAY)
    assert steps("t_meeting", STREET) == list(HERE.chain)
    assert told(street, "hanxue", "supervise") >= 1
    assert (told(street, "hanxue", "letter") >= 1) is ("letter" in HERE.chain)
    assert told(street, "quanzhenhu", "level_up") >= 1 and told(street, "cuizhe", "level_up") == 0


def test_nothing_happens_on_a_saturday(street: Street):
    street.pass_to(MONDAY + 14 * DAY)
    before = Step.objects.count()
    # 12月5日是星期六；督办在下一个工作日。
    assert climb_ladder(COUNTY, now=MONDAY + 19 * DAY) == 0
    assert Step.objects.count() == before


def test_who_meets_the_duty_is_left_alone(street: Street):
    standing = street.standing("t_meeting", STREET, "2026-11")
    standing.verdict = "met"
    standing.save()
    climb_ladder(COUNTY, now=MONDAY + REMINDED)
    assert steps("t_meeting", STREET) == []


def test_a_missing_fact_climbs_nowhere(street: Street):
    assert street.standing("t_crane", STREET, "2026").verdict == "undetermined"
    for days in (30, 45, 60, 90):
        street.pass_to(MONDAY + days * DAY)
    assert steps("t_crane", STREET) == []


def test_a_village_head_hears_of_what_his_village_owes(street: Street):
    street.pass_to(MONDAY + (45 - HERE.reminded_before) * DAY)
    assert "remind" in steps("t_census", COMMUNITY)
    assert told(street, "liuguozhu", "remind") == 1 and told(street, "xushulan", "remind") == 0


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 60), max_size=20), st.integers())
def test_each_step_at_most_once_whatever_the_order_of_worker_runs(street: Street, days, seed):
    """Workers that start late, twice, or with a wrong clock: no step is taken twice, no notice sent twice."""
    for day in random.Random(seed).sample(days, len(days)) + days:
        climb_ladder(COUNTY, now=MONDAY + day * DAY)
    taken = list(Step.objects.values_list("duty", "subject", "due_on", "rung"))
    assert len(taken) == len(set(taken))
    assert Line.objects.filter(room="duties").count() == len(taken)
    assert Notice.objects.count() == Notice.objects.values("event", "recipient").distinct().count()
