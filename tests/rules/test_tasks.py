"""Task lists in general: what is mine is what I perform, and no step of the ladder is ever taken twice."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.codes import covers
from shouwang.kernel.workdays import shipped
from shouwang.rules.delegating import Station, Wish, may_delegate
from shouwang.rules.ladder import Debt, steps_due
from shouwang.rules.planning import day_fits, plan_of
from shouwang.rules.seen import Body
from shouwang.rules.tasks import own_part, performs
from tests.rules.duty_cast import HOUSE
from tests.rules.task_situations import LADDER

AREAS = (
    "222400", "222401", "222401001", "222401001001", "222401001001001", "222401002", "222401002001", "222403",
)  # fmt: skip
posts = st.builds(
    lambda kind, area: Station(kind, HOUSE.posts[kind].department or "", area, (area,)),
    st.sampled_from(sorted(HOUSE.posts)),
    st.sampled_from(AREAS),
)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
LOOP = HOUSE.duties["hazard_closed_loop"]


@given(st.lists(posts, max_size=3), st.sampled_from(sorted(HOUSE.duties)), st.sampled_from(AREAS))
def test_my_part_is_what_my_posts_perform(held, name, region):
    duty = HOUSE.duties[name]
    level = (
        {6: "county", 9: "township", 12: "village", 15: "grid"}[len(region)]
        if region != "222400"
        else "prefecture"
    )
    if level != duty.bearer.level:
        return
    mine = any(
        name in part.duties and (part.area == region if part.exact else covers(part.area, region))
        for part in own_part(HOUSE, held)
    )
    assert mine == any(performs(post, duty, region) for post in held)


@given(days, days, st.lists(days, max_size=40), st.sampled_from(("due", "overdue")))
def test_a_worker_that_runs_when_it_likes_takes_each_step_at_most_once(due_on, known_on, runs, verdict):
    taken = []
    for today in runs:
        now_overdue = verdict if today <= due_on else "overdue"
        debt = Debt(due_on, known_on, now_overdue, tuple(taken))
        taken += steps_due(HOUSE, shipped(), LOOP, debt, on=today).verdict
    assert len(taken) == len(set(taken))
    assert set(taken) <= set(LADDER)


@given(days, days, days)
def test_a_higher_step_never_comes_before_a_lower_one(due_on, known_on, today):
    found = steps_due(HOUSE, shipped(), LOOP, Debt(due_on, known_on, "overdue"), on=today).verdict
    assert found == LADDER[1 : 1 + len(found)]


@given(days, days, days)
def test_no_step_is_taken_on_a_day_off(due_on, known_on, today):
    found = steps_due(HOUSE, shipped(), LOOP, Debt(due_on, known_on, "overdue"), on=today)
    assert shipped().is_workday(today) or not found.verdict
    assert found.reasons and set(found.clauses) <= set(HOUSE.rows)


@given(days, days)
def test_nobody_is_reminded_of_what_came_in_today_or_is_over(due_on, known_on):
    for offset in range(-20, 30):
        today = due_on + timedelta(days=offset)
        found = steps_due(HOUSE, shipped(), LOOP, Debt(due_on, known_on, "due"), on=today).verdict
        if found:
            assert today > known_on and today >= due_on - timedelta(days=15)


@given(posts, posts, st.sampled_from(AREAS))
def test_a_delegate_always_belongs_inside_the_body_and_never_verifies(giver, receiver, region):
    found = may_delegate(HOUSE, LOOP, Wish(region, "due", (giver,), (receiver,)))
    assert found.reasons and set(found.clauses) <= set(HOUSE.rows)
    if found.verdict:
        assert covers(region, receiver.region) and receiver.kind != LOOP.verifier and giver.region == region


@given(st.integers(2023, 2035), st.sampled_from(("222401", "222401001", "222401001001", "222401001001001")))
def test_a_plan_names_each_period_once_and_days_inside_it_fit(year, region):
    level = {6: "county", 9: "township", 12: "village", 15: "grid"}[len(region)]
    now = datetime(year, 1, 2, tzinfo=HOUSE.zone)
    lines = plan_of(HOUSE, shipped(), Body(region, level), year, now=now)
    assert len({one.key for one in lines}) == len(lines)
    for line in lines:
        assert HOUSE.duties[line.duty].bearer.level == level
        if line.last is not None:
            assert line.first is None or line.first <= line.last
            assert day_fits(line, line.last, year) and not day_fits(line, line.last + timedelta(days=1), year)
