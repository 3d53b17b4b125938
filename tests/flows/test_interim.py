"""阶段性答复: whoever told hears what is being done while the work goes on; the answer itself is still owed."""

from dataclasses import replace

import pytest

from shouwang.domains.duties.queries import standings_about
from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.telling_rows import Contribution
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.adopt_values import adopt_values
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.hotline_answers import hotline_answers, waiting_orders
from shouwang.flows.keep_house import catch_up
from shouwang.flows.refusal import NotSeen, Refused
from shouwang.flows.report_hazard import report_hazard
from shouwang.flows.tellings import Telling
from tests.cast import COUNTY, STREET
from tests.flows.adoption_story import SHEET, bring_in_counties
from tests.flows.closing_story import AFTER, BLOCKED, DAY, HOUR, TUESDAY, closed, codes, reported
from tests.flows.test_hotline import ORDER, taken
from tests.prefectures import here, only_in_yanbian

ANSWERS = only_in_yanbian("whoever told in person is owed an answer by a clock of Yanbian's own")
pytestmark = pytest.mark.django_db
SAID = "已联系物业，周五前清走旧沙发。"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    bring_in_counties()


def verdict(told, *, now):
    """How the duty to answer stands, as the house judges it."""
    catch_up(now=now)
    return next(one.verdict for one in standings_about(COUNTY, told.id) if one.duty == "reporter_answered")


def order(cast):
    taken(cast["rexian12345"], ORDER)
    return Case.objects.get()


def told_in_person(cast, **more):
    """许淑兰 of the community writes down what a neighbour says."""
    telling = Telling(name="吕秀英", phone="13812345678")
    told = replace(BLOCKED, key="walk", channel=here("walk_in"), telling=telling, **more)
    return report_hazard(cast["xushulan"], told, now=TUESDAY).case


def test_an_order_hears_what_is_being_done_and_is_still_owed_its_answer(cast):
    case, platform = order(cast), cast["rexian12345"]
    catch_up(now=TUESDAY)
    start = hotline_answers(platform, since=-1, now=TUESDAY).position
    done = advance_hazard(cast["cuizhe"], case.id, Move(act="interim", note=SAID), now=TUESDAY + HOUR)
    assert (done.state, done.due_at) == (case.state, case.due_at)
    catch_up(now=TUESDAY + HOUR)
    (row,) = hotline_answers(platform, since=start, now=TUESDAY + HOUR).rows
    assert (row.interim, row.words, row.answered_at, row.in_time) == (SAID, "", None, None)
    assert [one.order for one in waiting_orders(platform, now=TUESDAY + HOUR)] == [ORDER["order"]]


def test_the_answer_takes_its_place(cast):
    case, platform = order(cast), cast["rexian12345"]
    advance_hazard(cast["cuizhe"], case.id, Move(act="interim", note=SAID), now=TUESDAY + HOUR)
    closed(cast, case, now=TUESDAY + 2 * HOUR)
    advance_hazard(cast["cuizhe"], case.id, Move(act="answer", note="楼道畅通。"), now=TUESDAY + 4 * HOUR)
    catch_up(now=TUESDAY + 5 * HOUR)
    (row,) = hotline_answers(platform, since=-1, now=TUESDAY + 5 * HOUR).rows
    assert (row.interim, row.words, row.in_time) == ("", "楼道畅通。", True)
    assert verify(COUNTY).faults == []


def test_it_is_said_in_words_by_whoever_may_answer_and_only_while_the_work_goes_on(cast):
    case = order(cast)
    with pytest.raises(Refused) as no:
        advance_hazard(cast["cuizhe"], case.id, Move(act="interim", note=" "), now=TUESDAY + HOUR)
    assert codes(no) == ["words_missing"]
    with pytest.raises(NotSeen):
        advance_hazard(cast["sunyulan"], case.id, Move(act="interim", note=SAID), now=TUESDAY + HOUR)
    closed(cast, case, now=TUESDAY + 2 * HOUR)
    with pytest.raises(Refused) as no:
        advance_hazard(cast["cuizhe"], case.id, Move(act="interim", note=SAID), now=TUESDAY + 4 * HOUR)
    assert codes(no) == ["no_such_step"]


@ANSWERS[0]
@ANSWERS[1]
def test_while_nobody_set_the_time_nobody_is_late_to_answer(cast):
    case = told_in_person(cast)
    closed(cast, case, now=TUESDAY + HOUR)
    told = Contribution.objects.get(case=case)
    assert told.answer_due_at is None and verdict(told, now=TUESDAY + DAY) == "undetermined"


@ANSWERS[0]
@ANSWERS[1]
def test_once_it_is_set_the_answer_is_due_from_the_end_of_the_case(cast):
    case = told_in_person(cast)
    adopt_values(cast["hanxue"], replace(SHEET, values={"answer.reporter.workdays": "3"}), now=TUESDAY)
    closed(cast, case, now=TUESDAY + HOUR)
    told = Contribution.objects.get(case=case)
    assert told.answer_due_at.astimezone().date().isoformat() == "2026-11-27"
    advance_hazard(cast["cuizhe"], case.id, Move(act="answer", note="通道已清。"), now=TUESDAY + DAY)
    assert Contribution.objects.get(case=case).answered_at < told.answer_due_at
    assert verdict(told, now=TUESDAY + DAY) == "met"
    assert verify(COUNTY).faults == []


@ANSWERS[0]
@ANSWERS[1]
def test_an_answer_that_does_not_come_is_overdue_and_then_late(cast):
    case = told_in_person(cast)
    adopt_values(cast["hanxue"], replace(SHEET, values={"answer.reporter.workdays": "3"}), now=TUESDAY)
    closed(cast, case, now=TUESDAY + HOUR)
    told = Contribution.objects.get(case=case)
    assert verdict(told, now=TUESDAY + 6 * DAY) == "overdue"
    advance_hazard(cast["cuizhe"], case.id, Move(act="answer", note="通道已清。"), now=TUESDAY + 7 * DAY)
    assert verdict(told, now=TUESDAY + 7 * DAY) == "met_late"


def test_what_the_reporter_of_the_place_told_owes_nobody_an_answer(cast):
    case = reported(cast["liming"], region=BLOCKED.region)
    with pytest.raises(Refused) as no:
        advance_hazard(cast["cuizhe"], case.id, Move(act="interim", note=SAID), now=TUESDAY + HOUR)
    assert codes(no) == ["nobody_waits"]
    advance_hazard(cast["cuizhe"], case.id, Move(act="submit", photos=(AFTER,)), now=TUESDAY + 2 * HOUR)
    assert not Contribution.objects.exists() and case.region.startswith(STREET)
