"""A deadline of 2027 is provisional until the notice comes; then it moves, once, and who it concerns is told once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from shouwang.domains.duties.models import Notice, Redated, Standing
from shouwang.domains.duties.notices import unseen
from shouwang.domains.hazards.models import Case, Muster
from shouwang.domains.hazards.muster_queries import muster_steps_of
from shouwang.domains.hazards.queries import steps_of
from shouwang.domains.ledger.models import Evidence, Line
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.import_calendar import Entered, import_calendar
from shouwang.flows.keep_house import catch_up
from shouwang.flows.refusal import Refused, Unfit
from shouwang.flows.regrade_hazard import Stated, regrade_hazard
from shouwang.flows.report_hazard import Report, report_hazard
from shouwang.flows.working_days import workdays_of
from shouwang.kernel.notices import due_off
from tests.cast import COUNTY, GRID, PREFECTURE
from tests.flows.adoption_story import YANJI, bring_in_counties
from tests.flows.closing_story import AFTER, BEFORE, DAY
from tests.flows.muster_story import whistled
from tests.prefectures import HERE, here, only_in_yanbian

IN_DAYS = only_in_yanbian("the clock of a call runs in days, which a day off moves; the league's runs in hours")
pytestmark = pytest.mark.django_db
DECEMBER = datetime(2026, 12, 29, 1, 30, tzinfo=UTC)
NEWS = DECEMBER + timedelta(hours=4)
HOUR = timedelta(hours=1)
MONDAY = date(2027, 1, 4)
# Days on from 29 December: Friday is New Year, then the weekend; one later when Monday is bridged.
LAST = date(2027, 1, 1 + HERE.general_workdays)
LATER = LAST + timedelta(days=1)
BLOCKED = Report(key="p-1", region=GRID, kind=here("exit_blocked"), site=here("old_compound"), found_at=DECEMBER)


def notice(*more, number="国办发明电〔2026〕7号", year=2027, region=PREFECTURE):
    rows = [f"{day},rest" for day in sorted(due_off(year))] + [f"{day},{kind}" for day, kind in more]
    return Entered(region=region, year=year, number=number, content="\n".join(["day,kind", *rows]).encode())


BRIDGED = notice((MONDAY, "rest"))


@pytest.fixture(autouse=True)
def counties(db, settings, tmp_path):
    settings.HOME = tmp_path
    bring_in_counties()


@pytest.fixture
def case(cast):
    return Case.objects.get(pk=report_hazard(cast["liming"], BLOCKED, now=DECEMBER).id)


def told(person):
    return [one.sort for one in unseen(person.id, [COUNTY, PREFECTURE]) if one.sort == "redated"]


def test_an_open_hazard_moves_with_its_steps_its_people_and_its_line(cast, case):
    assert (case.due_at.astimezone().date(), case.due_provisional) == (LAST, True)
    done = import_calendar(BRIDGED, actor=cast["quanzhenhu"], now=NEWS)
    assert [(one.code, one.before.date(), one.after.date()) for one in done.cases] == [
        (case.code, LAST, LATER)
    ]
    case.refresh_from_db()
    assert (case.due_at.date(), case.due_provisional, case.version) == (LATER, False, 2)
    step = steps_of(case)[-1]
    assert (step.act, step.reasons[0]["code"], step.reasons[0]["params"]["after"]) == (
        "redate",
        "due_moved",
        str(LATER),
    )
    assert (told(cast["liming"]), told(cast["cuizhe"]), told(cast["hanxue"])) == (["redated"], ["redated"], [])
    assert Line.objects.get(object=done.id).act == "enter_notice"
    assert Evidence.objects.filter(kind="calendar.notice", subject=done.id).exists()


def test_entering_it_twice_moves_and_tells_nothing_more(cast, case):
    first = import_calendar(BRIDGED, actor=None, now=NEWS)
    catch_up(now=NEWS)
    lines, notices = Line.objects.count(), Notice.objects.count()
    again = import_calendar(BRIDGED, actor=None, now=NEWS + HOUR)
    catch_up(now=NEWS + HOUR)
    assert (again.replayed, again.id, again.cases) == (True, first.id, [])
    assert (Line.objects.count(), Notice.objects.count()) == (lines, notices)


def test_a_deadline_that_stays_is_no_longer_in_doubt_and_nobody_is_disturbed(cast, case):
    import_calendar(notice(), actor=None, now=NEWS)
    case.refresh_from_db()
    assert (case.due_at.date(), case.due_provisional) == (LAST, False)
    assert steps_of(case)[-1].reasons[0]["code"] == "due_sure"
    assert told(cast["liming"]) == []


def test_a_corrected_notice_moves_what_the_first_one_had_moved(cast, case):
    import_calendar(BRIDGED, actor=None, now=NEWS)
    longer = notice((MONDAY, "rest"), (date(2027, 1, 5), "rest"), number="国办发明电〔2026〕8号")
    done = import_calendar(longer, actor=None, now=NEWS + HOUR)
    assert [one.after.date() for one in done.cases] == [LATER + timedelta(days=1)]


def test_the_duty_goes_by_the_deadline_of_the_case_and_the_ledger_stands(cast, case):
    catch_up(now=DECEMBER)
    import_calendar(BRIDGED, actor=None, now=NEWS)
    catch_up(now=NEWS)
    of_case = Standing.objects.get(subject=case.id, duty=here("hazard_closed_loop"))
    assert of_case.due_at.date() == LATER
    for county in (COUNTY, PREFECTURE):
        assert verify(county).faults == []


def test_what_bodies_owe_in_working_days_moves_as_one_act_and_is_told_once(cast):
    catch_up(now=DECEMBER)
    before = {
        (one.duty, one.subject): one.due_at
        for one in Standing.objects.filter(county=COUNTY, due_at__gte=datetime(2027, 1, 1, tzinfo=UTC))
    }
    done = import_calendar(BRIDGED, actor=None, now=NEWS)
    rows = list(Redated.objects.filter(county=COUNTY, notice=done.id))
    assert rows
    for row in rows:
        assert before[row.duty, row.subject] == row.before != row.after
        assert Standing.objects.get(county=COUNTY, duty=row.duty, subject=row.subject).due_at == row.after
    assert len({row.line for row in rows}) == 1
    per_person = Notice.objects.filter(sort="redated").values_list("recipient", flat=True)
    assert len(per_person) == len(set(per_person)) > 0
    catch_up(now=NEWS + HOUR)
    assert Redated.objects.filter(county=COUNTY).count() == len(rows)
    assert verify(COUNTY).faults == []


def test_what_was_graded_or_opened_anew_moves_by_the_clock_that_runs_now(cast, case):
    """Graded major on the 30th, its clock is that of a major one from that day."""
    stated = Stated(discussed_on="2026-12-30", names="赵国栋、韩雪、崔哲", found_major=True)
    again = regrade_hazard(cast["zhaoguodong"], case.id, stated, now=DECEMBER + DAY)
    was = again.due_at
    done = import_calendar(BRIDGED, actor=None, now=NEWS + DAY)
    assert [(one.id, one.before) for one in done.cases] == [(case.id, was)] and done.cases[0].after > was
    catch_up(now=NEWS + DAY)
    assert verify(COUNTY).faults == []


def test_a_closing_that_did_not_hold_moves_too(cast, case):
    advance_hazard(cast["cuizhe"], case.id, Move(act="submit", photos=(AFTER,)), now=DECEMBER + HOUR)
    advance_hazard(cast["zhangzhiqiang"], case.id, Move(act="pass"), now=DECEMBER + 2 * HOUR)
    disputed = Move(act="dispute", note="还堵着", photos=(BEFORE,))
    opened = advance_hazard(cast["liming"], case.id, disputed, now=DECEMBER + DAY)
    done = import_calendar(BRIDGED, actor=None, now=NEWS + DAY)
    assert [(one.id, one.before) for one in done.cases] == [(case.id, opened.due_at)]


@IN_DAYS[0]
@IN_DAYS[1]
def test_a_department_that_was_called_has_a_day_longer_as_well(cast, case):
    eve = datetime(2026, 12, 31, 1, 30, tzinfo=UTC)
    call = whistled(cast["liming"], case, here("housing"), now=eve)[here("housing")]
    import_calendar(BRIDGED, actor=None, now=eve + HOUR)
    moved = Muster.objects.get(id=call.id)
    assert moved.due_at > call.due_at and not moved.due_provisional and moved.version == call.version + 1
    assert muster_steps_of(case)[-1].act == "redate"
    assert [one.sort for one in unseen(cast["zhoumin"].id, [COUNTY]) if one.sort == "muster_redated"]
    import_calendar(BRIDGED, actor=None, now=eve + 2 * HOUR)
    catch_up(now=eve + 2 * HOUR)
    assert Muster.objects.get(id=call.id).version == moved.version
    assert verify(COUNTY).faults == []


def test_the_calendar_is_that_of_the_prefecture_alone(cast):
    import_calendar(BRIDGED, actor=None, now=NEWS)
    assert not workdays_of(GRID).is_workday(MONDAY)
    assert workdays_of(YANJI).is_official(MONDAY)
    assert workdays_of("220100").is_workday(MONDAY)


@pytest.mark.parametrize(
    "entered, field",
    [
        (replace(BRIDGED, number="七号"), "number"),
        (replace(BRIDGED, region=COUNTY), "region"),
        (notice((date(2027, 1, 5), "work")), "row:0"),
    ],
)
def test_what_cannot_be_taken_is_named_and_nothing_is_kept(entered, field):
    with pytest.raises(Unfit) as unfit:
        import_calendar(entered, actor=None, now=NEWS)
    assert list(unfit.value.fields) == [field]
    assert not Line.objects.filter(act="enter_notice").exists()


@pytest.mark.parametrize("login", ["hanxue", "liming", "liuyang"])
def test_only_the_office_of_the_prefecture_enters_it(cast, login):
    with pytest.raises(Refused):
        import_calendar(BRIDGED, actor=cast[login], now=NEWS)
