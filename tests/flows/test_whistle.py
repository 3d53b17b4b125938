"""网格吹哨、部门报到: three departments are called; one comes, one sends it back and is overruled, one is late."""

from dataclasses import replace

import pytest

from shouwang.domains.duties.notices import unseen
from shouwang.domains.duties.queries import standings_about
from shouwang.domains.hazards.muster_queries import in_sight as calls_in_sight
from shouwang.domains.hazards.queries import one, steps_of
from shouwang.domains.ledger.queries import evidence_about
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.ask_recheck import ask_recheck
from shouwang.flows.keep_house import catch_up
from shouwang.flows.people_told import People
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.sight import pack_of, sight
from shouwang.flows.whistle import Whistle, may_whistle, suggestions, whistle
from shouwang.rules.tasks import own_part
from tests.cast import COUNTY, NEXT_STREET, PREFECTURE, STREET, Member, enter
from tests.flows.muster_story import (
    AFTER,
    DAY,
    HOUR,
    LANE,
    NEED,
    TUESDAY,
    calls,
    codes,
    company,
    go,
    reported,
    whistled,
)
from tests.flows.records_story import settle_areas
from tests.prefectures import HERE, here

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def people(cast):
    return company(cast)


def verdict(muster, *, now):
    catch_up(now=now)
    found = [one for one in standings_about(COUNTY, muster.id) if one.duty == here("whistle_answered")]
    return found[0].verdict if found else ""


def in_sight_of(person, case):
    return one(sight(person), case.id) is not None


def sorts(person):
    return [one.sort for one in unseen(person.id, [COUNTY, PREFECTURE])]


def test_three_are_called_one_comes_one_sends_it_back_and_one_is_late(people):
    liming, chief, office = people["liming"], people["piaoyingshun"], people["hanxue"]
    case = reported(liming)
    called = whistled(liming, case, here("urban_management"), here("police"), here("power"))
    assert {one.state for one in called.values()} == {"called"}
    assert sorts(people["mengchao"]) == ["whistled"] and sorts(people["jinhao"]) == ["whistled"]
    assert sorts(liming) == []

    # The police come; the grid's chief, who is there, confirms it.
    go(people["jinhao"], called[here("police")], "set_out", now=TUESDAY + 2 * HOUR)
    go(chief, calls(case)[here("police")], "arrive", now=TUESDAY + 3 * HOUR)
    go(people["jinhao"], calls(case)[here("police")], "tell", note="车主已联系，车已挪走", now=TUESDAY + 4 * HOUR)
    go(liming, calls(case)[here("police")], "sign", now=TUESDAY + 5 * HOUR)
    assert calls(case)[here("police")].state == "settled"
    assert verdict(called[here("police")], now=TUESDAY + 6 * HOUR) == "met"

    # The power company sends it back; the grid disagrees; the committee office decides, and it stands in the case.
    go(people["duanlei"], called[here("power")], "bounce", reason="not_our_trade", note="此处没有电力设施",
       now=TUESDAY + 2 * HOUR)  # fmt: skip
    go(liming, calls(case)[here("power")], "dispute", note="配电箱就在通道边", now=TUESDAY + 3 * HOUR)
    assert sorts(office) == ["muster_disputed"]
    go(office, calls(case)[here("power")], "order", note="配电箱归供电企业，应当到场", now=TUESDAY + 4 * HOUR)
    assert [(step.act, step.note) for step in steps_of(case)][-1] == ("rule", "配电箱归供电企业，应当到场")
    with pytest.raises(Refused) as refused:
        go(people["duanlei"], calls(case)[here("power")], "bounce", reason="no_power", note="还是不归我们",
           now=TUESDAY + 5 * HOUR)  # fmt: skip
    assert "decided_already" in codes(refused)

    # Urban management never comes: overdue, and a late arrival is said to be late.
    assert verdict(called[here("urban_management")], now=TUESDAY + 3 * DAY) == "overdue"
    go(chief, calls(case)[here("urban_management")], "arrive", now=TUESDAY + 3 * DAY)
    assert verdict(called[here("urban_management")], now=TUESDAY + 3 * DAY + HOUR) == "met_late"
    came = [e for e in evidence_about(COUNTY, [called[here("urban_management")].id]) if e.kind == "hazard.answered"]
    assert [e.facts["in_time"] for e in came] == [False]
    assert verify(COUNTY).faults == []


def test_the_clock_runs_from_the_sending_whether_or_not_anybody_signs_for_it(people):
    case = reported(people["liming"])
    (muster,) = whistled(people["liming"], case, here("police")).values()
    by = {"yanbian-2023": "2026-11-25T17:30:00+08:00", "jiye-2025": "2026-11-26T18:00:00+08:00"}[HERE.pack]
    assert muster.due_at.astimezone().isoformat() == by
    go(people["jinhao"], muster, "set_out", now=TUESDAY + 20 * HOUR)
    assert calls(case)[here("police")].due_at == muster.due_at


def test_a_department_does_not_confirm_its_own_coming(people):
    case = reported(people["liming"])
    (muster,) = whistled(people["liming"], case, here("police")).values()
    with pytest.raises(Refused) as refused:
        go(people["jinhao"], muster, "arrive", now=TUESDAY + 2 * HOUR)
    assert {"side_site", "own_arrival"} <= set(codes(refused))
    with pytest.raises(NotSeen):  # the grid next door does not even see it
        go(people["sunyulan"], muster, "arrive", now=TUESDAY + 2 * HOUR)
    with pytest.raises(Refused) as refused:  # nor does the county's office confirm from its desk
        go(people["hanxue"], muster, "arrive", now=TUESDAY + 2 * HOUR)
    assert codes(refused) == ["side_site"]


def test_a_department_let_go_reads_its_own_call_and_the_case_no_more(people):
    case = reported(people["liming"])
    called = whistled(people["liming"], case, here("power"), here("police"))
    far = people["duanlei"]
    assert in_sight_of(far, case)
    go(far, called[here("power")], "bounce", reason="not_our_trade", note="没有电力设施", now=TUESDAY + 2 * HOUR)
    assert in_sight_of(far, case)
    go(people["liming"], calls(case)[here("power")], "let_go", now=TUESDAY + 3 * HOUR)
    assert not in_sight_of(far, case)
    assert [one.department for one in calls_in_sight(sight(far))] == [here("power")]


def test_in_a_station_of_two_a_neighbour_rechecks_what_was_whistled_for(people):
    """崔哲 whistles and repairs, 张志强 is away: the next street's station looks, and sees nothing else."""
    case, cuizhe = reported(people["liming"]), people["cuizhe"]
    other = reported(people["liming"], replace(LANE, key="lane-2", place="3号楼"))
    head = {"kind": here("station_head"), "department": here("fire_station")}
    next_door = enter(Member(login="weiran", name="魏然", region=NEXT_STREET, **head))
    (muster,) = whistled(cuizhe, case, here("urban_management")).values()
    go(cuizhe, muster, "arrive", now=TUESDAY + 2 * HOUR)
    go(people["mengchao"], calls(case)[here("urban_management")], "tell", note="已拖走", now=TUESDAY + 3 * HOUR)
    advance_hazard(cuizhe, case.id, Move(act="submit", photos=(AFTER,)), now=TUESDAY + 4 * HOUR)
    assert not in_sight_of(next_door, case)
    ask_recheck(cuizhe, case.id, NEXT_STREET, now=TUESDAY + 5 * HOUR)
    assert in_sight_of(next_door, case) and not in_sight_of(next_door, other)
    closed = advance_hazard(next_door, case.id, Move(act="pass"), now=TUESDAY + 6 * HOUR)
    go(cuizhe, calls(case)[here("urban_management")], "sign", now=TUESDAY + 7 * HOUR)
    assert (closed.state, calls(case)[here("urban_management")].state) == ("closed", "settled")
    assert verify(COUNTY).faults == []


def test_once_only_is_it_sent_back_then_the_office_rules(people):
    case = reported(people["liming"])
    (muster,) = whistled(people["liming"], case, here("power")).values()
    back = {"reason": "handled", "note": "物业已在处理"}
    go(people["duanlei"], muster, "bounce", now=TUESDAY + 2 * HOUR, **back)
    go(people["liming"], muster, "insist", note="物业没有来人", now=TUESDAY + 3 * HOUR)
    with pytest.raises(Refused) as refused:
        go(people["duanlei"], muster, "bounce", now=TUESDAY + 4 * HOUR, **back)
    assert codes(refused) == ["bounces_spent"]
    again = go(people["duanlei"], muster, "appeal", now=TUESDAY + 4 * HOUR, **back)
    assert again.state == "disputed" and again.ruling_due_at is not None
    with pytest.raises(Refused) as refused:
        go(people["cuizhe"], muster, "uphold", note="我来定", now=TUESDAY + 5 * HOUR)
    assert codes(refused) == ["side_arbiter"]
    ruled = go(people["hanxue"], muster, "uphold", note="确由物业负责", instead=here("property_management"),
               now=TUESDAY + 5 * HOUR)  # fmt: skip
    assert (ruled.state, ruled.ruling) == ("released", "upheld")
    instead = calls(case)[here("property_management")]
    assert (instead.state, instead.need) == ("called", NEED)
    assert verdict(muster, now=TUESDAY + 3 * DAY) == "waived"
    assert steps_of(case)[-1].clauses[0] == here("02-09")
    assert go(people["liming"], instead, "arrive", now=TUESDAY + 6 * HOUR).state == "arrived"


def test_who_whistled_or_was_called_does_not_rule_on_it(people):
    settle_areas()
    case = reported(people["liming"])
    (muster,) = whistled(people["hanxue"], case, here("power")).values()
    go(people["duanlei"], muster, "bounce", reason="no_power", note="没有执法权", now=TUESDAY + 2 * HOUR)
    go(people["hanxue"], muster, "dispute", note="有供用电合同", now=TUESDAY + 3 * HOUR)
    with pytest.raises(Refused) as refused:
        go(people["hanxue"], muster, "order", note="应当到", now=TUESDAY + 4 * HOUR)
    assert codes(refused) == ["not_impartial"]
    assert go(people["quanzhenhu"], muster, "order", note="应当到", now=TUESDAY + 4 * HOUR).state == "called"


def test_a_result_goes_back_once_and_is_then_signed_as_it_is(people):
    case, liming, police = reported(people["liming"]), people["liming"], people["jinhao"]
    (muster,) = whistled(liming, case, here("police")).values()
    go(liming, muster, "arrive", now=TUESDAY + 2 * HOUR)
    go(police, muster, "tell", note="已贴通知", photos=(AFTER,), now=TUESDAY + 3 * HOUR)
    with pytest.raises(Refused) as refused:
        go(liming, muster, "sign_unsettled", note="车还在", now=TUESDAY + 4 * HOUR)
    assert codes(refused) == ["return_first"]
    go(liming, muster, "return", note="车还在", now=TUESDAY + 4 * HOUR)
    go(police, muster, "tell", note="再贴通知", now=TUESDAY + 5 * HOUR)
    with pytest.raises(Refused) as refused:
        go(liming, muster, "return", note="车仍在", now=TUESDAY + 6 * HOUR)
    assert codes(refused) == ["returns_spent"]
    assert go(liming, muster, "sign_unsettled", note="车仍在", now=TUESDAY + 6 * HOUR).state == "unsettled"


def test_a_case_that_ends_frees_who_was_not_late_and_nobody_else(people):
    case = reported(people["liming"])
    called = whistled(people["liming"], case, here("police"), here("power"))
    late = whistled(people["liming"], reported(people["liming"], LANE.__class__(**{**vars(LANE), "key": "lane-2"})),
                    here("police"))[here("police")]  # fmt: skip
    advance_hazard(people["cuizhe"], case.id, Move(act="submit", photos=(AFTER,)), now=TUESDAY + 2 * HOUR)
    advance_hazard(people["zhangzhiqiang"], case.id, Move(act="pass"), now=TUESDAY + 3 * HOUR)
    assert {one.state for one in calls(case).values()} == {"lapsed"}
    advance_hazard(people["zhangzhiqiang"], late.case_id, Move(act="reject", note="重复"), now=TUESDAY + 4 * DAY)
    assert verdict(called[here("police")], now=TUESDAY + 5 * DAY) == "waived"
    assert verdict(late, now=TUESDAY + 5 * DAY) == "overdue"
    assert verify(COUNTY).faults == []


def test_the_tables_say_whom_to_call_and_why(people):
    case = reported(people["liming"])
    pack = pack_of(case.county, now=TUESDAY)
    found = suggestions(case, pack=pack, now=TUESDAY)
    assert [one.department for one in found.verdict] == [here("urban_management"), here("police"), here("housing")]
    said = [pack.explain(why, "zh") for one in found.verdict for why in one.reasons]
    assert here("住宅、自建房由住建部门督导") in said and not any(word.isascii() for word in said)


def test_an_industry_without_a_regulator_is_for_the_county_to_decide(people):
    new = LANE.__class__(**{**vars(LANE), "kind": here("other"), "site": here("new_industry"), "key": "new-1"})
    case = reported(people["liming"], new)
    found = suggestions(case, pack=pack_of(case.county, now=TUESDAY), now=TUESDAY)
    assert found.verdict == () and found.clauses == (here("02-09"),)


def test_what_is_typed_is_checked_and_who_may_not_is_told(people):
    case, liming = reported(people["liming"]), people["liming"]
    for asked, field in (
        (Whistle(departments=[], need=NEED), "departments"),
        (Whistle(departments=[here("housing"), "magic"], need=NEED), "departments"),
        (Whistle(departments=[here("housing")], need="长" * 301), "need"),
    ):
        with pytest.raises(Unfit) as unfit:
            whistle(liming, case.id, asked, now=TUESDAY)
        assert list(unfit.value.fields) == [field]
    with pytest.raises(Refused) as refused:
        whistled(liming, case, here("housing"), need="  ")
    assert codes(refused) == ["sentence_missing"]
    with pytest.raises(Refused) as refused:
        whistled(people["jinhao"], case, here("housing"))
    assert codes(refused) == ["side_caller"]
    with pytest.raises(NotSeen):
        whistled(people["liuyang"], case, here("housing"))
    whistled(liming, case, here("housing"))
    with pytest.raises(Refused) as refused:
        whistled(liming, case, here("housing"), now=TUESDAY + 2 * HOUR)
    assert codes(refused) == ["called_before"]
    with pytest.raises(Moved):
        whistle(liming, case.id, Whistle(departments=[here("police")], need=NEED, version=1), now=TUESDAY + 2 * HOUR)
    pack = pack_of(case.county, now=TUESDAY)
    assert may_whistle(people["songshan"], case, pack=pack)  # a building chief, one of the three chiefs
    assert not may_whistle(people["wupeng"], case, pack=pack)


def test_in_a_station_of_two_the_whistler_confirms_and_the_level_above_rechecks(people):
    """崔哲 whistles and repairs: nobody else of the station is there."""
    case, cuizhe = reported(people["liming"]), people["cuizhe"]
    (muster,) = whistled(cuizhe, case, here("police")).values()
    assert go(cuizhe, muster, "arrive", now=TUESDAY + 2 * HOUR).state == "arrived"
    advance_hazard(cuizhe, case.id, Move(act="submit", photos=(AFTER,)), now=TUESDAY + 3 * HOUR)
    with pytest.raises(Refused) as refused:
        advance_hazard(cuizhe, case.id, Move(act="pass"), now=TUESDAY + 4 * HOUR)
    assert codes(refused) == ["same_person"]
    closed = advance_hazard(people["zhaoguodong"], case.id, Move(act="pass"), now=TUESDAY + 4 * HOUR)
    assert (closed.state, closed.body) == ("closed", STREET)


def test_only_the_department_that_was_called_is_followed_up(people):
    """姜涛 of education has the same kind of post as 孟超, and nothing to do with it."""
    case = reported(people["liming"])
    (muster,) = whistled(people["liming"], case, here("urban_management")).values()
    told = People(pack_of(case.county, now=TUESDAY), COUNTY, TUESDAY.date())
    duty = told.pack.duties[here("whistle_answered")]
    verdict(muster, now=TUESDAY + 5 * DAY)
    (one,) = [found for found in standings_about(COUNTY, muster.id) if found.duty == duty.id]
    assert told.told(duty, one, "supervise") & {people["mengchao"].id, people["zhoumin"].id} == {people["mengchao"].id}
    assert duty.id not in {name for part in own_part(told.pack, people["zhoumin"].posts) for name in part.duties}
