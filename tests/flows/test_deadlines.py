"""时限: paused with a reason and a limit, resumed in working days, extended on approval of the level above."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from shouwang.domains.duties.queries import standings_about
from shouwang.domains.hazards.lateness import factor, late_by
from shouwang.domains.hazards.queries import newest, steps_of
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.keep_house import catch_up
from shouwang.flows.move_deadline import Wish, move_deadline
from shouwang.flows.refusal import Moved, NotSeen, Refused
from shouwang.flows.sight import pack_of, sight
from tests.cast import COUNTY
from tests.flows.muster_story import DAY, HOUR, LANE, TUESDAY, codes, reported
from tests.prefectures import only_in_yanbian

pytestmark = [pytest.mark.django_db, *only_in_yanbian("its days are counted by the clocks of Yanbian")]
PARTS = {"reason": "parts", "note": "等防火门到货"}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


def move(actor, case, act, *, now, **told):
    return move_deadline(actor, case.id, Wish(act=act, **told), now=now)


def day(at):
    return at.astimezone().strftime("%m-%d %H:%M")


def test_a_paused_clock_runs_on_with_what_was_left_in_working_days(cast):
    """24 November, five working days: to 1 December. Paused on the 25th, four are left."""
    case = reported(cast["liming"])
    assert day(case.due_at) == "12-01 17:30"
    paused = move(cast["cuizhe"], case, "pause", now=TUESDAY + DAY, **PARTS)
    assert day(paused.due_at) == "12-29 17:30"  # twenty working days at most, then the four that were left
    said = pack_of(COUNTY, now=TUESDAY).explain
    step = steps_of(case)[-1]
    assert "剩余 4个工作日" in said(_reason(step), "zh") and step.note == "等防火门到货"
    resumed = move(cast["cuizhe"], paused, "resume", now=TUESDAY + 9 * DAY)
    assert day(resumed.due_at) == "12-09 17:30"  # 3 December and four working days
    catch_up(now=TUESDAY + 9 * DAY + HOUR)
    loop = next(one for one in standings_about(COUNTY, case.id) if one.duty == "hazard_closed_loop")
    assert (loop.verdict, loop.due_at) == ("due", resumed.due_at)
    with pytest.raises(Refused) as refused:
        move(cast["cuizhe"], resumed, "pause", now=TUESDAY + 9 * DAY + HOUR, **PARTS)
    assert codes(refused) == ["pauses_spent"]
    assert verify(COUNTY).faults == []


def test_a_pause_ends_by_itself_at_its_limit(cast):
    case = reported(cast["liming"])
    paused = move(cast["cuizhe"], case, "pause", now=TUESDAY + DAY, **PARTS)
    with pytest.raises(Refused) as refused:
        move(cast["cuizhe"], paused, "resume", now=TUESDAY + 32 * DAY)
    assert "no_such_turn" in codes(refused)


def test_a_pause_needs_a_listed_reason_of_those_who_work_on_it_before_it_is_late(cast):
    case = reported(cast["liming"])
    with pytest.raises(Refused) as refused:
        move(cast["cuizhe"], case, "pause", now=TUESDAY, reason="busy", note="太忙")
    assert codes(refused) == ["reason_unlisted"]
    with pytest.raises(Refused) as refused:
        move(cast["liming"], case, "pause", now=TUESDAY, **PARTS)
    assert codes(refused) == ["side_assignee"]
    with pytest.raises(Refused) as refused:
        move(cast["cuizhe"], case, "pause", now=TUESDAY + 20 * DAY, **PARTS)
    assert codes(refused) == ["late_already"]
    with pytest.raises(NotSeen):
        move(cast["sunyulan"], case, "pause", now=TUESDAY, **PARTS)


def test_an_extension_is_asked_below_and_granted_one_level_up(cast):
    case = reported(cast["liming"])
    asked = move(cast["cuizhe"], case, "ask_extension", now=TUESDAY + DAY, workdays=3, note="业主出差")
    assert day(asked.due_at) == "12-01 17:30"
    for login in ("cuizhe", "zhangzhiqiang", "wangjianguo"):  # neither who asked nor anybody of the same township
        with pytest.raises(Refused) as refused:
            move(cast[login], asked, "grant_extension", now=TUESDAY + 2 * DAY)
        assert "side_superior" in codes(refused)
    granted = move(cast["hanxue"], asked, "grant_extension", now=TUESDAY + 2 * DAY)
    assert day(granted.due_at) == "12-04 17:30"
    with pytest.raises(Refused) as refused:
        move(cast["cuizhe"], granted, "ask_extension", now=TUESDAY + 2 * DAY, workdays=1, note="还要")
    assert codes(refused) == ["extensions_spent"]
    assert [step.act for step in steps_of(case)] == ["report", "ask_extension", "grant_extension"]


def test_too_many_days_and_a_refusal_without_a_reason_are_told(cast):
    case = reported(cast["liming"])
    with pytest.raises(Refused) as refused:
        move(cast["cuizhe"], case, "ask_extension", now=TUESDAY, workdays=11, note="慢")
    assert codes(refused) == ["too_many_days"]
    asked = move(cast["cuizhe"], case, "ask_extension", now=TUESDAY, workdays=2, note="等材料")
    with pytest.raises(Refused) as refused:
        move(cast["hanxue"], asked, "deny_extension", now=TUESDAY + HOUR)
    assert codes(refused) == ["sentence_missing"]
    with pytest.raises(Moved):
        move(cast["hanxue"], asked, "deny_extension", now=TUESDAY + HOUR, note="材料本地有", version=1)
    denied = move(cast["hanxue"], asked, "deny_extension", now=TUESDAY + HOUR, note="材料本地有")
    assert day(denied.due_at) == "12-01 17:30"


def test_a_make_up_saturday_is_a_working_day_of_an_extension(cast):
    """Reported on 28 September: due on the 12th of October; one more working day. The 10th, a Saturday, is worked."""
    before_the_feast = datetime(2026, 9, 28, 1, 30, tzinfo=UTC)
    case = reported(cast["liming"], replace(LANE, found_at=before_the_feast), now=before_the_feast)
    asked = move(cast["cuizhe"], case, "ask_extension", now=before_the_feast, workdays=2, note="国庆停工")
    granted = move(cast["hanxue"], asked, "grant_extension", now=before_the_feast + HOUR)
    assert (day(case.due_at), day(granted.due_at)) == ("10-10 17:30", "10-13 17:30")


def test_nobody_pauses_what_waits_for_a_recheck_or_is_ended(cast):
    case = reported(cast["liming"])
    ended = advance_hazard(cast["zhangzhiqiang"], case.id, Move(act="reject", note="重复"), now=TUESDAY)
    with pytest.raises(Refused) as refused:
        move(cast["cuizhe"], ended, "pause", now=TUESDAY + HOUR, **PARTS)
    assert codes(refused) == ["case_ended"]


def _reason(step):
    from shouwang.kernel.decision import Reason

    return Reason(step.reasons[0]["code"], step.reasons[0]["params"])


def test_late_by_its_own_measure(cast):
    """Reported on the 24th of November, due on the 1st of December: twice that time is gone on the 9th."""
    case = reported(cast["liming"])
    sent_back = sight(cast["hanxue"])

    def listed(times, now):
        return [row["id"] for row in newest(sent_back, where=late_by(times, now=now)).rows]

    assert listed(1, TUESDAY + 7 * DAY) == [] and listed(1, TUESDAY + 8 * DAY) == [case.id]
    assert listed(2, TUESDAY + 14 * DAY) == [] and listed(2, TUESDAY + 15 * DAY) == [case.id]
    assert round(factor(case.reported_at, case.due_at, now=TUESDAY + 15 * DAY), 1) == 2.0
