"""After a hazard is closed: its reporter is answered and may object once; some closings are looked at again by lot."""

from dataclasses import replace

import pytest

from shouwang.domains.duties.queries import standings_about
from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.queries import month_counts, state_counts, steps_of
from shouwang.domains.hazards.reviews import Lot, waiting_within
from shouwang.domains.hazards.telling_rows import Review
from shouwang.domains.ledger.queries import root_over
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.advance_hazard import Move, advance_hazard, open_acts
from shouwang.flows.ask_recheck import ask_recheck, rechecks_of
from shouwang.flows.draw_reviews import PERCENT, draw_reviews, drawn_of
from shouwang.flows.keep_house import catch_up
from shouwang.flows.refusal import NotSeen, Refused
from shouwang.flows.sight import pack_of, sight
from shouwang.kernel.lots import lot_falls
from tests.cast import CAST, COUNTY, NEXT_STREET, STREET, Member, enter
from tests.flows.closing_story import AFTER, DAY, HOUR, STILL, TUESDAY, closed, codes, fixed, reported
from tests.prefectures import here

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


def every_closing_is_drawn(monkeypatch):
    monkeypatch.setattr("shouwang.flows.draw_reviews.drawn_of", lambda cases, lot: list(cases))


def test_the_reporter_is_answered_in_words_once_for_this_outcome(cast):
    case = closed(cast, reported(cast["liming"]), now=TUESDAY + HOUR)
    with pytest.raises(Refused) as refused:
        advance_hazard(cast["cuizhe"], case.id, Move(act="answer"), now=TUESDAY + 3 * HOUR)
    assert codes(refused) == ["words_missing"]
    words = Move(act="answer", note="楼道里的旧家具已经搬走，谢谢您。")
    answered = advance_hazard(cast["cuizhe"], case.id, words, now=TUESDAY + 3 * HOUR)
    assert (answered.state, answered.closed_at) == ("closed", case.closed_at)
    with pytest.raises(Refused) as refused:
        advance_hazard(cast["cuizhe"], case.id, words, now=TUESDAY + 4 * HOUR)
    assert codes(refused) == ["answered_before"]


def test_whoever_reported_objects_once_with_a_photo_and_the_county_hears_of_it(cast):
    case = closed(cast, reported(cast["liming"]), now=TUESDAY + HOUR)
    before = case.due_at
    with pytest.raises(Refused) as refused:
        advance_hazard(cast["liming"], case.id, Move(act="dispute"), now=TUESDAY + DAY)
    assert codes(refused) == ["picture_missing"]
    with pytest.raises(Refused) as refused:
        advance_hazard(cast["hanxue"], case.id, Move(act="dispute", photos=(STILL,)), now=TUESDAY + DAY)
    assert codes(refused) == ["not_held", "not_reporter"] or codes(refused) == ["not_reporter"]

    said = Move(act="dispute", photos=(STILL,), note="又堆上了")
    again = advance_hazard(cast["liming"], case.id, said, now=TUESDAY + DAY)
    assert (again.state, again.closed_at) == ("rectifying", None) and again.due_at > before
    told = {row.recipient for row in notices("disputed")}
    assert cast["hanxue"].id in told and cast["liuyang"].id not in told

    closed(cast, again, now=TUESDAY + 2 * DAY)
    with pytest.raises(Refused) as refused:
        advance_hazard(cast["liming"], case.id, said, now=TUESDAY + 3 * DAY)
    assert codes(refused) == ["disputed_before"]
    assert verify(COUNTY).faults == []


def notices(sort):
    from shouwang.domains.duties.models import Notice

    return list(Notice.objects.filter(sort=sort))


def test_a_reopened_case_is_taken_out_of_every_count_of_its_own_month(cast):
    case = closed(cast, reported(cast["liming"]), now=TUESDAY + HOUR)
    november = {"length": 9, "month": "2026-11"}
    assert month_counts([COUNTY], **november)[(STREET, "closed_in_time")] == 1
    december = TUESDAY + 10 * DAY
    advance_hazard(cast["liming"], case.id, Move(act="dispute", photos=(STILL,)), now=december)
    assert month_counts([COUNTY], **november)[(STREET, "closed")] == 0
    assert month_counts([COUNTY], **november)[(STREET, "closed_in_time")] == 0
    closed(cast, Case.objects.get(id=case.id), now=december + HOUR)
    assert month_counts([COUNTY], length=9, month="2026-12")[(STREET, "closed")] == 1
    assert state_counts([COUNTY], length=9)[(STREET, "closed")] == 1


def test_the_duty_to_close_the_loop_is_owed_again_when_a_closing_did_not_hold(cast):
    case = closed(cast, reported(cast["liming"]), now=TUESDAY + HOUR)
    catch_up(now=TUESDAY + 3 * HOUR)
    assert loop_of(case) == "met"
    advance_hazard(cast["liming"], case.id, Move(act="dispute", photos=(STILL,)), now=TUESDAY + DAY)
    catch_up(now=TUESDAY + DAY + HOUR)
    assert loop_of(case) == "due"
    closed(cast, Case.objects.get(id=case.id), now=TUESDAY + 2 * DAY)
    catch_up(now=TUESDAY + 3 * DAY)
    assert loop_of(case) == "met"


def loop_of(case):
    return next(s for s in standings_about(COUNTY, case.id) if s.duty == here("hazard_closed_loop")).verdict


def test_the_lot_falls_on_a_share_and_anybody_can_draw_again():
    falls = [n for n in range(20_000) if lot_falls(b"root", str(n), 5)]
    assert 900 < len(falls) < 1100
    assert falls == [n for n in range(20_000) if lot_falls(b"root", str(n), 5)]
    assert not any(lot_falls(b"root", str(n), 0) for n in range(100))
    assert all(lot_falls(b"root", str(n), 100) for n in range(100))


def test_a_closing_that_was_drawn_waits_for_the_level_above_and_is_confirmed_there(cast, monkeypatch):
    every_closing_is_drawn(monkeypatch)
    case = closed(cast, reported(cast["liming"]), now=TUESDAY + HOUR)
    catch_up(now=TUESDAY + DAY)
    assert draw_reviews(COUNTY, now=TUESDAY + DAY) == 0, "it was drawn already"
    review = Review.objects.get()
    assert (review.body, review.department, review.why) == (COUNTY, here("committee_office"), "lot")
    assert bytes(review.root) == root_over(COUNTY, [case.id], "pass")
    assert [one.case_id for one in waiting_within(sight(cast["hanxue"]))] == [case.id]
    assert waiting_within(sight(cast["liuyang"])) == []

    with pytest.raises(Refused) as refused:
        advance_hazard(cast["zhangzhiqiang"], case.id, Move(act="review_pass"), now=TUESDAY + DAY + HOUR)
    assert codes(refused) == ["same_closer"]
    with pytest.raises(Refused) as refused:
        advance_hazard(cast["cuizhe"], case.id, Move(act="review_pass"), now=TUESDAY + DAY + HOUR)
    assert codes(refused) == ["same_person"]
    kept = advance_hazard(cast["hanxue"], case.id, Move(act="review_pass"), now=TUESDAY + DAY + HOUR)
    assert (kept.state, kept.closed_at) == ("closed", case.closed_at)
    assert waiting_within(sight(cast["hanxue"])) == []
    with pytest.raises(Refused) as refused:
        advance_hazard(cast["hanxue"], case.id, Move(act="review_pass"), now=TUESDAY + 2 * DAY)
    assert codes(refused) == ["not_drawn"]


def test_a_closing_that_does_not_hold_is_opened_again(cast, monkeypatch):
    every_closing_is_drawn(monkeypatch)
    case = closed(cast, reported(cast["liming"]), now=TUESDAY + HOUR)
    catch_up(now=TUESDAY + DAY)
    failed = Move(act="review_fail", note="门后仍然堵着")
    again = advance_hazard(cast["hanxue"], case.id, failed, now=TUESDAY + DAY + HOUR)
    assert (again.state, again.closed_at) == ("rectifying", None)
    assert month_counts([COUNTY], length=9, month="2026-11")[(STREET, "closed")] == 0
    assert verify(COUNTY).faults == []


def test_a_day_is_drawn_from_the_first_published_root_over_its_closings(cast, monkeypatch):
    seen = []

    def half_of_them(cases, lot):
        seen.append(lot)
        return drawn_of(cases, replace(lot, percent=50))

    monkeypatch.setattr("shouwang.flows.draw_reviews.drawn_of", half_of_them)
    cases = [
        closed(cast, reported(cast["liming"], key=f"door-{n}", place=f"{n}单元"), now=TUESDAY + HOUR)
        for n in range(6)
    ]
    assert draw_reviews(COUNTY, now=TUESDAY + DAY) == 0 and not Review.objects.exists()
    catch_up(now=TUESDAY + DAY)
    root = root_over(COUNTY, [case.id for case in cases], "pass")
    pack = pack_of(COUNTY, now=TUESDAY)
    day = (TUESDAY + HOUR).astimezone(pack.zone).date()
    lot = Lot(day=day, root=root, percent=int(pack.value(PERCENT, on=day).value))
    assert seen == [lot] and 0 < lot.percent < 100
    expected = drawn_of(cases, replace(lot, percent=50))
    assert {one.case_id for one in Review.objects.all()} == {one.id for one in expected}


def test_where_the_station_has_nobody_else_a_neighbour_sees_this_one_case_and_passes_it(cast):
    post = {"kind": here("station_head"), "department": here("fire_station")}
    wei = enter(Member(login="weiran", name="魏然", region=NEXT_STREET, **post))
    case = fixed(cast, reported(cast["liming"]), now=TUESDAY + HOUR)
    other = reported(cast["liming"], now=TUESDAY + 2 * HOUR, kind=here("wiring"), place="3号楼")
    with pytest.raises(NotSeen):
        advance_hazard(wei, case.id, Move(act="pass"), now=TUESDAY + 2 * HOUR)
    ask_recheck(cast["zhangzhiqiang"], case.id, NEXT_STREET, now=TUESDAY + 2 * HOUR)
    assert {row.recipient for row in notices("recheck_asked")} == {wei.id}
    assert "pass" in {arrow.act for arrow in open_acts(wei, case)}
    with pytest.raises(NotSeen):
        advance_hazard(wei, other.id, Move(act="start"), now=TUESDAY + 3 * HOUR)
    with pytest.raises(Refused) as refused:
        ask_recheck(cast["zhangzhiqiang"], case.id, NEXT_STREET, now=TUESDAY + 2 * HOUR)
    assert codes(refused) == ["recheck_asked_before"]
    assert advance_hazard(wei, case.id, Move(act="pass"), now=TUESDAY + 3 * HOUR).state == "closed"
    assert [step.act for step in steps_of(case)] == ["report", "submit", "pass"]


def test_it_is_said_whether_others_are_there_or_the_level_above_must(cast):
    case = fixed(cast, reported(cast["liming"]), now=TUESDAY + HOUR)
    pack = pack_of(COUNTY, now=TUESDAY)
    assert rechecks_of(case, pack=pack, now=TUESDAY).reasons[0].code == "recheck_by_others"


@pytest.fixture
def two_of_them(db):
    """A street where nobody but 崔哲 works, and the county above it."""
    wanted = {"liming", "cuizhe", "hanxue"}
    return {member.login: enter(member) for member in CAST if member.login in wanted}


def test_a_station_where_only_the_fixer_works_is_rechecked_by_the_county(two_of_them):
    case = fixed(two_of_them, reported(two_of_them["liming"]), now=TUESDAY + HOUR)
    found = rechecks_of(case, pack=pack_of(COUNTY, now=TUESDAY), now=TUESDAY)
    assert found.reasons[0].code == "recheck_by_above"
    assert found.verdict.above == (here("county_office"),) and found.verdict.own == ()
    passed = advance_hazard(two_of_them["hanxue"], case.id, Move(act="pass"), now=TUESDAY + 2 * HOUR)
    assert passed.state == "closed"


def test_photos_of_the_dispute_stand_beside_those_of_the_fix(cast):
    from shouwang.domains.files.queries import attachments_of

    case = closed(cast, reported(cast["liming"]), now=TUESDAY + HOUR)
    advance_hazard(cast["liming"], case.id, Move(act="dispute", photos=(STILL,)), now=TUESDAY + DAY)
    assert len(attachments_of(COUNTY, case.id)) == 3 and AFTER
