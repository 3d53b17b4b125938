"""A leader passes a task on: the delegate sees that task and nothing else, the body goes on owing the duty."""

from dataclasses import replace

import pytest

from shouwang.domains.duties.lists import Wanted, one, tasks
from shouwang.domains.duties.models import Delegation, Notice
from shouwang.domains.ledger.models import Evidence, Line
from shouwang.flows.delegate_task import Order, answer_delegation, candidates, delegate_task, take_back
from shouwang.flows.enter_record import Entry, enter_record
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from shouwang.flows.see_tasks import task_sight
from tests.cast import COUNTY, NEXT_STREET, STREET
from tests.flows.records_story import MEETS, scan
from tests.prefectures import here
from tests.task_story import DAY, Street

pytestmark = pytest.mark.django_db


def meeting(street: Street):
    return street.standing("t_meeting", STREET, "2026-11")


def order(street: Street, login: str, **more) -> Order:
    who = street.cast[login]
    return Order(receiver=who.id, county=who.county, **more)


def passed(street: Street, login: str = "linmeihua", **more) -> Delegation:
    giver = street.cast["zhangzhiqiang"]
    return delegate_task(giver, meeting(street).id, order(street, login, **more), now=street.now)


def answered(street: Street, given: Delegation, login: str = "linmeihua", *, accept: bool = True, words: str = ""):
    who = street.cast[login]
    return answer_delegation(who, given.county, given.id, accept=accept, words=words, now=street.now + DAY)


def mine(street: Street, login: str) -> list[tuple[str, str]]:
    found = tasks(task_sight(street.cast[login]).mine(), Wanted())
    return [(task.duty, task.region) for task in found.rows]


def test_until_it_is_accepted_it_stays_with_the_giver_and_afterwards_the_body_still_owes_it(street: Street):
    given = passed(street, note="请把会开了")
    assert given.state == "offered" and ("t_meeting", STREET) in mine(street, "cuizhe")
    answered(street, given)
    given.refresh_from_db()
    assert given.state == "accepted" and given.answered_at == street.now + DAY
    assert ("t_meeting", STREET) in mine(street, "cuizhe")
    assert meeting(street).verdict == "due"


def test_the_delegate_sees_that_task_and_no_other_of_the_street(street: Street):
    before = mine(street, "linmeihua")
    passed(street)
    assert set(mine(street, "linmeihua")) - set(before) == {("t_meeting", STREET)}
    sight = task_sight(street.cast["linmeihua"])
    assert one(sight, meeting(street).id) is not None
    assert one(sight, street.standing("t_crane", STREET, "2026").id) is None
    assert one(sight, street.standing("t_meeting", NEXT_STREET, "2026-11").id) is None


def test_nobody_else_sees_it(street: Street):
    passed(street)
    for login in ("liming", "sunyulan", "liuyang", "songshan"):
        assert one(task_sight(street.cast[login]), meeting(street).id) is None


def test_one_ledger_line_for_each_act_and_the_accepted_one_is_evidence(street: Street):
    given = passed(street, note="请把会开了")
    answered(street, given)
    lines = Line.objects.filter(county=COUNTY, object=given.id).order_by("id")
    assert [(line.act, line.actor, line.post) for line in lines] == [
        ("delegate", street.cast["zhangzhiqiang"].id, here("station_head")),
        ("accept_delegation", street.cast["linmeihua"].id, here("committee_member")),
    ]
    assert Evidence.objects.get(line=lines[1].id).kind == "duties.delegated"


def test_of_several_posts_the_line_names_the_one_that_leads(street: Street):
    """张志强 holds a post of the same body that leads nothing, and it stands first among his."""
    head, member = street.cast["zhangzhiqiang"], street.cast["linmeihua"].posts
    both = replace(head, posts=(replace(member[0], region=STREET), *head.posts))
    given = delegate_task(both, meeting(street).id, order(street, "linmeihua"), now=street.now)
    assert Line.objects.get(object=given.id).post == here("station_head")


def test_each_side_is_told(street: Street):
    given = passed(street)
    answered(street, given, accept=False, words="下月产假")
    told = Notice.objects.order_by("at").values_list("sort", "recipient")
    assert list(told) == [
        ("offered", street.cast["linmeihua"].id), ("declined", street.cast["zhangzhiqiang"].id),
    ]  # fmt: skip


def test_declining_needs_a_reason_and_gives_the_task_back(street: Street):
    given = passed(street)
    with pytest.raises(Unfit) as unfit:
        answered(street, given, accept=False)
    assert "answer" in unfit.value.fields
    answered(street, given, accept=False, words="下月产假")
    assert ("t_meeting", STREET) not in mine(street, "linmeihua")
    assert passed(street, "nanchengjun").state == "offered"


def test_it_is_not_passed_on_twice(street: Street):
    passed(street)
    with pytest.raises(Refused) as refused:
        passed(street, "nanchengjun")
    assert refused.value.decision.reasons[0].code == "delegation_twice"
    assert refused.value.decision.clauses[0] == here("03-12")


def test_taken_back_it_is_gone_from_the_delegates_list(street: Street):
    given = passed(street)
    answered(street, given)
    take_back(street.cast["wangjianguo"], given.county, given.id, now=street.now + 2 * DAY)
    assert ("t_meeting", STREET) not in mine(street, "linmeihua")
    with pytest.raises(Refused):
        take_back(street.cast["wangjianguo"], given.county, given.id, now=street.now + 2 * DAY)


def test_an_answer_is_the_delegates_own_and_only_leaders_take_back(street: Street):
    given = passed(street)
    for login in ("cuizhe", "nanchengjun", "liuyang"):
        with pytest.raises(NotSeen):
            answered(street, given, login)
    for login in ("nanchengjun", "linmeihua", "liuyang"):
        with pytest.raises(NotSeen):
            take_back(street.cast[login], given.county, given.id, now=street.now)


@pytest.mark.parametrize(
    ("giver", "receiver", "why"),
    [
        ("hanxue", "linmeihua", "not_held"),  # 县里不能替街道派
        ("zhangzhiqiang", "hanxue", "delegation_outside"),
        ("zhangzhiqiang", "zhangzhiqiang", "delegation_to_oneself"),
    ],
)
def test_who_may_not(street: Street, giver: str, receiver: str, why: str):
    with pytest.raises(Refused) as refused:
        delegate_task(street.cast[giver], meeting(street).id, order(street, receiver), now=street.now)
    assert refused.value.decision.reasons[0].code == why


@pytest.mark.parametrize("giver", ["liuyang", "sunyulan", "liming"])
def test_who_does_not_see_it_is_not_even_told_that_it_is_there(street: Street, giver: str):
    with pytest.raises(NotSeen):
        delegate_task(street.cast[giver], meeting(street).id, order(street, "linmeihua"), now=street.now)


def test_somebody_without_a_post_cannot_be_asked(street: Street):
    with pytest.raises(Refused) as refused:
        passed(street, "liuyang")
    assert refused.value.decision.reasons[0].code == "delegation_outside"


def test_with_the_periods_that_follow_next_months_meeting_comes_too(street: Street):
    answered(street, passed(street, onward=True))
    street.pass_to(street.now + 16 * DAY)
    periods = [task.period for task in tasks(task_sight(street.cast["linmeihua"]).mine(), Wanted()).rows]
    assert "2026-11" in periods and "2026-12" in periods


def test_without_them_it_does_not(street: Street):
    answered(street, passed(street))
    street.pass_to(street.now + 16 * DAY)
    found = tasks(task_sight(street.cast["linmeihua"]).mine(), Wanted()).rows
    assert [task.period for task in found if task.duty == "t_meeting"] == ["2026-11"]


def test_the_people_offered_are_of_the_street_and_never_the_verifier(street: Street):
    task = one(task_sight(street.cast["zhangzhiqiang"]), meeting(street).id)
    found = {one.name for one in candidates(street.cast["zhangzhiqiang"], task, text="", on=street.now.date())}
    assert {"崔哲", "林美花", "李明"} <= found
    assert not {"韩雪", "赵国栋", "刘洋", "张志强"} & found


def entry(key: str, *, region: str = STREET, type_: str = MEETS, **values: str) -> Entry:
    told = {"held_on": "2026-11-12", "kind": here("火灾风险研判专题会"), "topic": "冬季火灾防控", **values}
    return Entry(key=key, type=type_, region=region, values=told, papers=scan())


def test_the_delegate_enters_the_record_the_task_asks_for_and_it_meets_the_duty(street: Street):
    linmeihua = street.cast["linmeihua"]
    given = passed(street)
    with pytest.raises(Refused):
        enter_record(linmeihua, entry("before"), now=street.now)
    answered(street, given)
    enter_record(linmeihua, entry("after"), now=street.now + DAY)
    street.pass_to(street.now + DAY)
    assert meeting(street).verdict == "met"


def test_and_no_other_record_body_or_month(street: Street):
    linmeihua = street.cast["linmeihua"]
    answered(street, passed(street))
    for told in (
        entry("next street", region=NEXT_STREET), entry("other month", held_on="2026-10-12"),
        entry("other type", type_=here("waiver")), entry("the county's", region=COUNTY),
    ):  # fmt: skip
        with pytest.raises((Refused, Unfit)):
            enter_record(linmeihua, told, now=street.now + DAY)
    assert meeting(street).verdict == "due"


def test_taken_back_the_form_is_closed_too(street: Street):
    given = passed(street)
    answered(street, given)
    take_back(street.cast["zhangzhiqiang"], given.county, given.id, now=street.now + DAY)
    with pytest.raises(Refused):
        enter_record(street.cast["linmeihua"], entry("late"), now=street.now + DAY)
