"""12345: an order comes, is a case, is answered in time; sent again it changes nothing but what changed."""

from datetime import timedelta

import pytest

from shouwang.domains.duties.queries import standings_about
from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.queries import steps_of
from shouwang.domains.hazards.telling_rows import Contribution
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.hotline_answers import hotline_answers, waiting_orders
from shouwang.flows.hotline_orders import OrderRow, take_orders
from shouwang.flows.keep_house import catch_up
from shouwang.flows.refusal import NotSeen, Refused
from tests.cast import COUNTY, NEXT_STREET, OTHER_COUNTY, STREET
from tests.flows.closing_story import DAY, HOUR, TUESDAY, closed, codes
from tests.prefectures import here

pytestmark = pytest.mark.django_db
ORDER = {
    "order": "DH20261124-0071", "received_on": "2026-11-24", "reply_due_on": "2026-12-01", "area": STREET,
    "kind": here("通道堵塞"), "place": "丹江小区5号楼", "content": "楼道里堆着旧沙发，推不开门",
    "caller_name": "吕秀英", "caller_phone": "13812345678",
}  # fmt: skip


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


def taken(actor, *orders, now=TUESDAY):
    return take_orders(actor, [OrderRow(number=n, cells=one) for n, one in enumerate(orders, 1)], now=now)


def test_an_order_is_a_case_and_its_answer_goes_back_in_time(cast):
    platform = cast["rexian12345"]
    found = taken(platform, ORDER)
    case = Case.objects.get()
    assert found.new == {1: case.code} and not found.refused
    assert (case.channel, case.kind, case.department) == (here("hotline"), here("exit_blocked"), here("fire_station"))
    told = Contribution.objects.get()
    assert (told.outside, told.openness, told.answer_due_at.astimezone().date().isoformat()) == (
        "DH20261124-0071",
        "named",
        "2026-12-01",
    )
    catch_up(now=TUESDAY + HOUR)
    due = hotline_answers(platform, since=-1, now=TUESDAY + HOUR)
    assert [(one.order, one.answered_at, one.in_time) for one in due.rows] == [("DH20261124-0071", None, None)]

    closed(cast, case, now=TUESDAY + 2 * HOUR)
    said = Move(act="answer", note="旧沙发已搬走，楼道畅通。")
    advance_hazard(cast["cuizhe"], case.id, said, now=TUESDAY + DAY)
    catch_up(now=TUESDAY + 2 * DAY)
    news = hotline_answers(platform, since=due.position, now=TUESDAY + 2 * DAY)
    assert [(one.words, one.in_time, one.state) for one in news.rows] == [("旧沙发已搬走，楼道畅通。", True, "closed")]
    assert hotline_answers(platform, since=news.position, now=TUESDAY + 2 * DAY).rows == []
    duty = next(s for s in standings_about(COUNTY, told.id) if s.duty == here("hotline_hazard_answered"))
    assert duty.verdict == "met"
    assert verify(COUNTY).faults == []


def test_an_order_nobody_answered_is_overdue_and_says_so(cast):
    taken(cast["rexian12345"], ORDER)
    catch_up(now=TUESDAY + 30 * DAY)
    told = Contribution.objects.get()
    duty = next(s for s in standings_about(COUNTY, told.id) if s.duty == here("hotline_hazard_answered"))
    assert duty.verdict == "overdue"
    assert [one.in_time for one in hotline_answers(cast["hanxue"], since=-1, now=TUESDAY + 30 * DAY).rows] == [False]


def test_delivered_twice_it_is_one_case_and_the_same_answer(cast):
    first = taken(cast["rexian12345"], ORDER)
    again = taken(cast["rexian12345"], ORDER, now=TUESDAY + DAY)
    assert again.same == first.new and Case.objects.count() == 1
    assert taken(cast["hanxue"], ORDER, now=TUESDAY + DAY).same == first.new
    assert [step.act for step in steps_of(Case.objects.get())] == ["report"]


def test_a_changed_order_is_a_step_and_moves_the_day_of_the_answer(cast):
    taken(cast["rexian12345"], ORDER)
    later = {**ORDER, "reply_due_on": "2026-12-04", "content": "来电人补充：晚上也推不开"}
    assert taken(cast["rexian12345"], later, now=TUESDAY + DAY).changed
    assert taken(cast["rexian12345"], later, now=TUESDAY + 2 * DAY).same
    told = Contribution.objects.get()
    assert told.answer_due_at.astimezone().date().isoformat() == "2026-12-04"
    changed = steps_of(Case.objects.get())[1]
    assert (changed.act, changed.note) == ("order_changed", "来电人补充：晚上也推不开")
    assert verify(COUNTY).faults == []


def test_what_cannot_be_taken_comes_back_with_every_reason_and_the_rest_is_kept(cast):
    bad = {
        "order": "", "received_on": "昨天", "area": "不存在街道", "kind": "飞碟", "content": "x" * 501,
        "satisfied": "也许", "openness": "蒙面",
    }  # fmt: skip
    found = taken(cast["rexian12345"], bad, ORDER)
    assert set(found.refused[1]) == {"order", "received_on", "area", "kind", "content", "satisfied", "openness"}
    assert list(found.new) == [2]
    ahead = taken(cast["rexian12345"], {**ORDER, "order": "2", "received_on": "2027-01-01"})
    assert set(ahead.refused[1]) == {"received_on"}


def test_another_countys_street_is_refused_by_its_column(cast):
    found = taken(cast["rexian12345"], {**ORDER, "area": f"{OTHER_COUNTY}001"})
    assert set(found.refused[1]) == {"area"}


def test_a_station_neither_learns_nor_changes_an_order_of_the_next_street_and_finds_its_own_behind_many(cast):
    taken(cast["rexian12345"], {**ORDER, "area": NEXT_STREET})
    mine = {**ORDER, "order": "DH-2", "reply_due_on": "2026-12-08"}
    taken(cast["rexian12345"], mine)
    station = cast["cuizhe"]
    found = taken(station, {**ORDER, "content": "改过的话"}, mine)
    assert set(found.refused[1]) == {"order"} and list(found.same) == [2]
    assert Contribution.objects.get(outside=ORDER["order"]).note == ORDER["content"]
    assert [one.order for one in waiting_orders(station, now=TUESDAY, limit=1)] == ["DH-2"]


def test_whether_the_caller_was_content_is_kept_after_the_answer(cast):
    platform = cast["rexian12345"]
    taken(platform, ORDER)
    early = taken(platform, {**ORDER, "satisfied": "是"}, now=TUESDAY + HOUR)
    assert set(early.refused[1]) == {"satisfied"}
    case = closed(cast, Case.objects.get(), now=TUESDAY + 2 * HOUR)
    advance_hazard(cast["cuizhe"], case.id, Move(act="answer", note="已清走"), now=TUESDAY + DAY)
    assert taken(platform, {**ORDER, "satisfied": "否"}, now=TUESDAY + 2 * DAY).changed
    assert Contribution.objects.get().satisfied is False


def test_the_platforms_account_sees_no_case_and_a_grid_member_takes_no_orders(cast):
    taken(cast["rexian12345"], ORDER)
    with pytest.raises(Refused) as refused:
        taken(cast["liming"], ORDER)
    assert codes(refused) == ["channel_closed"]
    for stranger in ("liuyang", "zhoumin"):
        with pytest.raises(Refused):
            hotline_answers(cast[stranger], since=-1, now=TUESDAY)
    with pytest.raises(NotSeen):
        advance_hazard(cast["sunyulan"], Case.objects.get().id, Move(act="start"), now=TUESDAY + timedelta(hours=1))
