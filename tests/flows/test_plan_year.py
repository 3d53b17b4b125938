"""A year is planned: generated, adjusted, handed in, approved by another person, broken down, replaced by a version."""

from dataclasses import replace

import pytest

from shouwang.domains.duties.models import Notice, Plan
from shouwang.domains.duties.plans import in_force, versions
from shouwang.domains.ledger.models import Evidence, Line
from shouwang.flows import plan_year
from shouwang.flows.plan_items import Change, Own
from shouwang.flows.plan_year import Seen
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.see_plans import below, progress
from tests.cast import COMMUNITY, COUNTY, NEXT_STREET, STREET
from tests.prefectures import here
from tests.task_story import DAY, Street

pytestmark = pytest.mark.django_db
SEEN = Seen(region=STREET, year=2026)


def drafted(street: Street, login: str = "cuizhe", region: str = STREET) -> Plan:
    return plan_year.start(street.cast[login], region, 2026, now=street.now)


def approved(street: Street) -> Plan:
    drafted(street)
    plan_year.hand_in(street.cast["cuizhe"], SEEN, now=street.now + DAY)
    return plan_year.approve(street.cast["wangjianguo"], SEEN, now=street.now + 2 * DAY)


def keys(plan: Plan) -> list[str]:
    return [item["key"] for item in plan.items]


def refused(call) -> str:
    with pytest.raises(Refused) as found:
        call()
    assert found.value.decision.clauses
    return found.value.decision.reasons[0].code


def test_a_draft_holds_every_period_of_what_the_street_owes_and_nothing_of_the_village(street: Street):
    plan = drafted(street)
    assert [key for key in keys(plan) if key.startswith("t_meeting")] == [
        f"t_meeting|2026-{n:02d}" for n in range(1, 13)
    ]
    assert f"{here('hazard_closed_loop')}|" in keys(plan) and "t_crane|2026" in keys(plan)
    assert not any(key.startswith(("t_census", "t_joint", "t_daily")) for key in keys(plan))


def test_what_cannot_be_told_yet_says_what_is_missing(street: Street):
    crane = next(item for item in drafted(street).items if item["duty"] == "t_crane")
    assert [reason["code"] for reason in crane["unsure"]] == ["fact_missing"]


def test_an_item_is_adjusted_within_its_days_by_a_person_of_the_body(street: Street):
    drafted(street)
    cuizhe = street.cast["cuizhe"]
    plan = plan_year.adjust(
        cuizhe, SEEN, "t_meeting|2026-12", Change(day="2026-12-08", person=str(cuizhe.id), note="结合冬春火灾防控"),
        now=street.now,
    )  # fmt: skip
    item = next(one for one in plan.items if one["key"] == "t_meeting|2026-12")
    assert (item["day"], item["person"], item["note"]) == ("2026-12-08", str(cuizhe.id), "结合冬春火灾防控")
    with pytest.raises(Unfit) as unfit:
        plan_year.adjust(
            cuizhe,
            SEEN,
            "t_meeting|2026-12",
            Change(day="2026-11-30", person=str(street.cast["liming"].id)),
            now=street.now,
        )
    assert set(unfit.value.fields) == {"day", "person"}


def test_own_items_come_and_go_and_the_packs_stay(street: Street):
    drafted(street)
    cuizhe = street.cast["cuizhe"]
    plan = plan_year.add(cuizhe, SEEN, Own(title="敬老院用电专项检查", day="2026-12-10"), now=street.now)
    own = keys(plan)[-1]
    assert plan.items[-1]["title"] == "敬老院用电专项检查"
    with pytest.raises(NotSeen):
        plan_year.leave_out(cuizhe, SEEN, "t_meeting|2026-12", now=street.now)
    assert own not in keys(plan_year.leave_out(cuizhe, SEEN, own, now=street.now))
    with pytest.raises(Unfit):
        plan_year.add(cuizhe, SEEN, Own(title=" ", day="2027-01-10"), now=street.now)


def test_whoever_wrote_it_does_not_approve_it(street: Street):
    chief = street.cast["zhangzhiqiang"]
    drafted(street, "cuizhe")
    plan_year.adjust(chief, SEEN, "t_meeting|2026-12", Change(note="排在上旬"), now=street.now)
    plan_year.hand_in(street.cast["cuizhe"], SEEN, now=street.now)
    assert refused(lambda: plan_year.approve(chief, SEEN, now=street.now)) == "plan_same_person"
    plan = plan_year.approve(street.cast["wangjianguo"], SEEN, now=street.now)
    assert (plan.state, plan.approved_post) == ("approved", here("town_leader"))
    assert in_force(STREET, 2026).id == plan.id


def test_of_several_posts_the_one_that_approves_is_named(street: Street):
    """王建国 sits at the station as well, and that post stands first among his."""
    drafted(street)
    plan_year.hand_in(street.cast["cuizhe"], SEEN, now=street.now)
    leader = street.cast["wangjianguo"]
    both = replace(leader, posts=(*street.cast["cuizhe"].posts, *leader.posts))
    assert plan_year.approve(both, SEEN, now=street.now).approved_post == here("town_leader")


def test_before_it_is_handed_in_there_is_nothing_to_approve(street: Street):
    drafted(street)
    leader = street.cast["wangjianguo"]
    assert refused(lambda: plan_year.approve(leader, SEEN, now=street.now)) == "plan_not_waiting"
    assert refused(lambda: plan_year.approve(street.cast["cuizhe"], SEEN, now=street.now)) == "not_held"


def test_sent_back_with_a_reason_it_is_a_draft_again(street: Street):
    drafted(street)
    plan_year.hand_in(street.cast["cuizhe"], SEEN, now=street.now)
    assert refused(
        lambda: plan_year.adjust(street.cast["cuizhe"], SEEN, "t_meeting|2026-12", Change(), now=street.now)
    ) == "plan_not_draft"  # fmt: skip
    with pytest.raises(Unfit):
        plan_year.send_back(street.cast["wangjianguo"], SEEN, " ", now=street.now)
    plan = plan_year.send_back(street.cast["wangjianguo"], SEEN, "十二月排两次", now=street.now)
    assert (plan.state, plan.answer) == ("draft", "十二月排两次")
    told = Notice.objects.filter(sort="return_plan").values_list("recipient", flat=True)
    assert list(told) == [street.cast["cuizhe"].id]


def test_an_approved_plan_changes_only_by_a_version_with_a_reason(street: Street):
    approved(street)
    cuizhe = street.cast["cuizhe"]
    assert refused(
        lambda: plan_year.adjust(cuizhe, SEEN, "t_meeting|2026-12", Change(), now=street.now)
    ) == "plan_approved"  # fmt: skip
    with pytest.raises(Unfit):
        plan_year.revise(cuizhe, STREET, 2026, "", now=street.now)
    plan_year.revise(cuizhe, STREET, 2026, "县里增加了一次联合检查", now=street.now)
    assert [(one.version, one.state) for one in versions(STREET, 2026)] == [(2, "draft"), (1, "approved")]
    assert in_force(STREET, 2026).version == 1
    plan_year.hand_in(cuizhe, SEEN, now=street.now)
    plan_year.approve(street.cast["wangjianguo"], SEEN, now=street.now)
    assert in_force(STREET, 2026).version == 2


def test_two_drafts_of_one_year_do_not_stand_beside_each_other(street: Street):
    drafted(street)
    with pytest.raises(Moved):
        drafted(street, "zhangzhiqiang")


def test_who_looked_at_an_older_state_is_told(street: Street):
    drafted(street)
    plan_year.adjust(street.cast["cuizhe"], SEEN, "t_meeting|2026-12", Change(note="一"), now=street.now)
    with pytest.raises(Moved):
        old = Seen(region=STREET, year=2026, revision=1)
        plan_year.adjust(street.cast["cuizhe"], old, "t_meeting|2026-12", Change(note="二"), now=street.now)


def test_approving_the_countys_plan_offers_the_streets_their_part_and_so_on_down(street: Street):
    county = Seen(region=COUNTY, year=2026)
    hanxue, leader = street.cast["hanxue"], street.cast["guoqiang"]
    plan_year.start(hanxue, COUNTY, 2026, now=street.now)
    plan_year.add(hanxue, county, Own(title="冬春火灾防控会战", day="2026-12-01", below=True), now=street.now)
    plan_year.hand_in(hanxue, county, now=street.now)
    top = plan_year.approve(leader, county, now=street.now)
    told = set(Notice.objects.filter(sort="approve_plan").values_list("recipient", flat=True))
    assert street.cast["cuizhe"].id in told and street.cast["liuguozhu"].id not in told

    part = drafted(street)
    handed = [item for item in part.items if item["above"]]
    assert part.above == top.id and [item["title"] for item in handed] == ["冬春火灾防控会战"]
    assert handed[0]["below"] is False
    rows = {row.place.code: row for row in below(COUNTY, 2026, on=street.now.date())}
    assert rows[STREET].plan.state == "draft" and rows[NEXT_STREET].plan is None


def test_a_newer_plan_above_shows_and_the_next_version_takes_over_what_it_hands_down(street: Street):
    approved(street)
    county = Seen(region=COUNTY, year=2026)
    plan_year.start(street.cast["hanxue"], COUNTY, 2026, now=street.now)
    plan_year.add(street.cast["hanxue"], county, Own(title="冬春火灾防控会战", below=True), now=street.now)
    plan_year.hand_in(street.cast["hanxue"], county, now=street.now)
    plan_year.approve(street.cast["guoqiang"], county, now=street.now)
    assert {row.place.code: row.behind for row in below(COUNTY, 2026, on=street.now.date())}[STREET]
    newer = plan_year.revise(street.cast["cuizhe"], STREET, 2026, "并入县里的会战", now=street.now)
    assert [item["title"] for item in newer.items if item["above"]] == ["冬春火灾防控会战"]


def test_a_villages_plan_is_written_in_the_village_and_approved_in_the_street(street: Street):
    village = Seen(region=COMMUNITY, year=2026)
    drafted(street, "liuguozhu", COMMUNITY)
    plan_year.hand_in(street.cast["liuguozhu"], village, now=street.now)
    told = set(Notice.objects.filter(sort="hand_in_plan").values_list("recipient", flat=True))
    assert street.cast["zhangzhiqiang"].id in told and street.cast["hanxue"].id not in told
    assert plan_year.approve(street.cast["zhangzhiqiang"], village, now=street.now).state == "approved"


def test_progress_is_read_from_the_standings(street: Street):
    plan = drafted(street)
    found = progress(plan)
    assert found["t_meeting|2026-11"].task.verdict == "due"
    assert found["t_meeting|2026-03"].task is None
    assert found["t_crane|2026"].task.verdict == "undetermined"


def test_each_act_is_one_line_and_the_approval_is_evidence(street: Street):
    plan = approved(street)
    acts = list(
        Line.objects.filter(county=COUNTY, object=plan.id).order_by("id").values_list("act", flat=True)
    )
    assert acts == ["start_plan", "hand_in_plan", "approve_plan"]
    said = Evidence.objects.get(kind="duties.plan_approved")
    assert said.facts == {"year": 2026, "version": 1, "period": "2026", "handed": 0} and said.region == STREET


@pytest.mark.parametrize("login", ["liuyang", "sunyulan", "liming", "jiangtao"])
def test_who_does_not_see_the_street_sees_no_plan_of_it(street: Street, login: str):
    drafted(street)
    for act in (plan_year.hand_in, plan_year.approve):
        with pytest.raises((NotSeen, Refused)):
            act(street.cast[login], SEEN, now=street.now)
    with pytest.raises((NotSeen, Refused)):
        drafted(street, login, NEXT_STREET)


def test_the_county_looks_at_the_streets_plan_but_does_not_write_it(street: Street):
    drafted(street)
    assert refused(
        lambda: plan_year.adjust(street.cast["hanxue"], SEEN, "t_meeting|2026-12", Change(), now=street.now)
    ) == "not_held"  # fmt: skip
