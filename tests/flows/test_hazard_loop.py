"""One hazard from report to closure, as the people of 红旗社区 live it; each refusal says why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from shouwang.domains.duties.queries import standings_about, tallies
from shouwang.domains.files.checking import FileRefused
from shouwang.domains.files.queries import attachments_of
from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.queries import month_counts, state_counts, steps_of
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.advance_hazard import Move, advance_hazard, open_acts
from shouwang.flows.keep_house import catch_up
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.report_hazard import Photo, Report, report_hazard
from shouwang.flows.whistle import Whistle, whistle
from shouwang.kernel.codes import case_code
from shouwang.simulation.pictures import photo
from tests.cast import COUNTY, GRID, NEXT_GRID, STREET
from tests.prefectures import HERE, here

pytestmark = pytest.mark.django_db
# The month in which what was reported on Tuesday is due.
MONTH = {5: "2026-12", 4: "2026-11"}[HERE.general_workdays]
TUESDAY = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
BEFORE = Photo(data=photo(Random(1), cleared=False))
AFTER = Photo(data=photo(Random(1), cleared=True), purpose="after")
BLOCKED = Report(
    key="phone-1", region=GRID, kind=here("exit_blocked"), site=here("old_compound"), place="2号楼1单元",
    found_at=TUESDAY, photos=(BEFORE,),
)  # fmt: skip


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


def reported(actor, report=BLOCKED, *, now=TUESDAY):
    return Case.objects.get(pk=report_hazard(actor, report, now=now).id)


def codes(refused):
    return [reason.code for reason in refused.value.decision.reasons]


def test_two_cases_that_draw_the_same_code_are_told_apart(cast, monkeypatch):
    first = reported(cast["liming"])
    chance = (1 << 40) - 1
    later = mint(TUESDAY + HOUR)
    alike = UUID(int=later.int & ~chance | first.id.int & chance)
    assert case_code(COUNTY, alike) == first.code
    drawn = iter([alike])
    monkeypatch.setattr("shouwang.flows.report_hazard.mint", lambda at: next(drawn, None) or mint(at))
    again = replace(BLOCKED, key="phone-2", found_at=TUESDAY + HOUR, place="3号楼")
    second = reported(cast["liming"], again, now=TUESDAY + HOUR)
    assert next(drawn, None) is None and second.id != alike and second.code != first.code
    assert report_hazard(cast["liming"], again, now=TUESDAY + 2 * HOUR).id == second.id
    assert [file.purpose for file in attachments_of(COUNTY, second.id)] == ["before"]
    catch_up(now=TUESDAY + HOUR)
    assert verify(COUNTY).faults == []


def test_a_blocked_exit_is_graded_given_fixed_rechecked_and_counted(cast):
    case = reported(cast["liming"])
    assert (case.grade, case.state, case.department, case.body) == (
        "general",
        "assigned",
        here("fire_station"),
        STREET,
    )
    # so many working days on
    assert case.due_at.astimezone().date().isoformat() == {5: "2026-12-01", 4: "2026-11-30"}[HERE.general_workdays]

    fixed = Move(act="submit", note="旧家具已搬走", photos=(AFTER,))
    advance_hazard(cast["cuizhe"], case.id, fixed, now=TUESDAY + HOUR)
    closed = advance_hazard(cast["zhangzhiqiang"], case.id, Move(act="pass"), now=TUESDAY + 2 * HOUR)
    assert closed.state == "closed"

    catch_up(now=TUESDAY + 3 * HOUR)
    assert [step.act for step in steps_of(closed)] == ["report", "submit", "pass"]
    assert [file.purpose for file in attachments_of(COUNTY, case.id)] == ["before", "after"]
    assert state_counts([COUNTY], length=9) == {
        (STREET, "assigned"): 0,
        (STREET, "closed"): 1,
        (STREET, "submitted"): 0,
    }
    assert month_counts([COUNTY], length=9, month="2026-11")[(STREET, "closed_in_time")] == 1
    loop = next(s for s in standings_about(COUNTY, case.id) if s.duty == here("hazard_closed_loop"))
    assert (loop.verdict, loop.region, loop.clause) == ("met", STREET, here("07-31"))
    assert tallies([COUNTY], duty=here("hazard_closed_loop"), month="2026-11", length=9)[STREET].met == 1
    assert verify(COUNTY).faults == []


def test_judging_again_moves_no_number(cast):
    reported(cast["liming"])
    catch_up(now=TUESDAY + HOUR)
    first = tallies([COUNTY], duty=here("hazard_closed_loop"), month=MONTH, length=9)
    catch_up(now=TUESDAY + 2 * HOUR)
    assert tallies([COUNTY], duty=here("hazard_closed_loop"), month=MONTH, length=9) == first
    assert first[STREET].due == 1


def test_a_deadline_that_passes_makes_the_duty_overdue_without_any_act(cast):
    case = reported(cast["liming"])
    catch_up(now=TUESDAY + HOUR)
    catch_up(now=TUESDAY + timedelta(days=30))
    loop = next(s for s in standings_about(COUNTY, case.id) if s.duty == here("hazard_closed_loop"))
    assert loop.verdict == "overdue"
    assert tallies([COUNTY], duty=here("hazard_closed_loop"), month=MONTH, length=9)[STREET].due == 0


def test_fixed_on_the_spot_is_one_step_with_both_photos_and_stays_in_the_grid(cast):
    case = reported(cast["liming"], replace(BLOCKED, fixed=True, photos=(BEFORE, AFTER)))
    assert (case.grade, case.state, case.department, case.body) == ("minor", "submitted", here("grid"), GRID)
    advance_hazard(cast["piaoyingshun"], case.id, Move(act="pass"), now=TUESDAY + HOUR)
    assert month_counts([COUNTY], length=9, month="2026-11")[(STREET, "closed_in_grid")] == 1


def test_fixed_on_the_spot_without_the_second_photo_is_refused_by_field(cast):
    with pytest.raises(Unfit) as refused:
        reported(cast["liming"], replace(BLOCKED, fixed=True))
    assert list(refused.value.fields) == ["after"]
    assert Case.objects.count() == 0


def test_nobody_closes_their_own_repair(cast):
    case = reported(cast["liming"], replace(BLOCKED, fixed=True, photos=(BEFORE, AFTER)))
    with pytest.raises(Refused) as refused:
        advance_hazard(cast["liming"], case.id, Move(act="pass"), now=TUESDAY + HOUR)
    assert "not_held" in codes(refused) and "same_person" in codes(refused)
    assert refused.value.decision.clauses == (here("07-31"),)


def test_a_failed_recheck_sends_it_back_and_needs_a_reason(cast):
    case = reported(cast["liming"])
    advance_hazard(cast["cuizhe"], case.id, Move(act="submit", photos=(AFTER,)), now=TUESDAY + HOUR)
    with pytest.raises(Refused) as refused:
        advance_hazard(cast["wangjianguo"], case.id, Move(act="fail"), now=TUESDAY + 2 * HOUR)
    assert codes(refused) == ["reason_missing"]
    back = advance_hazard(
        cast["wangjianguo"], case.id, Move(act="fail", note="还有一半没清走"), now=TUESDAY + 2 * HOUR
    )
    assert back.state == "rectifying"


def test_sent_twice_from_a_bad_network_it_is_one_case(cast):
    first = report_hazard(cast["liming"], BLOCKED, now=TUESDAY)
    again = report_hazard(cast["liming"], BLOCKED, now=TUESDAY + HOUR)
    assert (again.id, again.replayed) == (first.id, True)
    with pytest.raises(KeyReused):
        report_hazard(cast["liming"], replace(BLOCKED, kind=here("wiring")), now=TUESDAY)
    with pytest.raises(KeyReused):
        report_hazard(cast["piaoyingshun"], BLOCKED, now=TUESDAY)
    assert Case.objects.count() == 1


def test_a_grid_member_reports_only_in_the_own_grid(cast):
    with pytest.raises(Refused) as refused:
        report_hazard(cast["liming"], replace(BLOCKED, region=NEXT_GRID), now=TUESDAY)
    assert codes(refused) == ["outside_territory"]


def test_acting_on_what_one_saw_an_hour_ago_is_refused(cast):
    case = reported(cast["liming"])
    advance_hazard(cast["cuizhe"], case.id, Move(act="start", version=1), now=TUESDAY + HOUR)
    with pytest.raises(Moved):
        advance_hazard(cast["zhangzhiqiang"], case.id, Move(act="start", version=1), now=TUESDAY + HOUR)


def test_a_summoned_department_sees_its_one_case(cast):
    seen, other = reported(cast["liming"]), reported(cast["liming"], replace(BLOCKED, key="phone-2"))
    housing = Whistle(departments=[here("housing")], need="请来看看楼道")
    with pytest.raises(NotSeen):
        advance_hazard(cast["zhoumin"], seen.id, Move(act="start"), now=TUESDAY)
    whistle(cast["cuizhe"], seen.id, housing, now=TUESDAY + HOUR)
    with pytest.raises(Refused):  # it sees the case now; it was not given it
        advance_hazard(cast["zhoumin"], seen.id, Move(act="start"), now=TUESDAY + 2 * HOUR)
    with pytest.raises(NotSeen):
        advance_hazard(cast["zhoumin"], other.id, Move(act="start"), now=TUESDAY + 2 * HOUR)
    with pytest.raises(Refused) as refused:
        whistle(cast["cuizhe"], seen.id, housing, now=TUESDAY + 3 * HOUR)
    assert codes(refused) == ["called_before"]
    assert verify(COUNTY).faults == []


def test_a_case_given_to_another_department_is_acted_on_there(cast):
    case = reported(cast["liming"])
    move = Move(act="reassign", department=here("housing"), body=COUNTY)
    advance_hazard(cast["zhangzhiqiang"], case.id, move, now=TUESDAY + HOUR)
    with pytest.raises(Refused) as refused:
        advance_hazard(cast["cuizhe"], case.id, Move(act="start"), now=TUESDAY + 2 * HOUR)
    assert codes(refused) == ["not_assignee"]
    assert (
        advance_hazard(cast["zhoumin"], case.id, Move(act="start"), now=TUESDAY + 2 * HOUR).state
        == "rectifying"
    )


def test_a_case_is_given_only_to_bodies_of_its_own_place(cast):
    case = reported(cast["liming"])
    elsewhere = Move(act="reassign", department=here("fire_station"), body=NEXT_GRID[:9] + "002")
    with pytest.raises(Unfit) as refused:
        advance_hazard(cast["cuizhe"], case.id, elsewhere, now=TUESDAY + HOUR)
    assert list(refused.value.fields) == ["body"]


def test_each_is_offered_only_what_the_rules_allow(cast):
    case = reported(cast["liming"])
    assert {t.act for t in open_acts(cast["cuizhe"], case)} == {"start", "submit", "reassign", "merge"}
    assert open_acts(cast["liming"], case) == []
    assert {t.act for t in open_acts(cast["hanxue"], case)} == {"reassign", "reject", "merge"}


def test_a_file_that_only_calls_itself_a_photo_is_refused(cast):
    with pytest.raises(FileRefused):
        report_hazard(
            cast["liming"], replace(BLOCKED, photos=(Photo(data=b"<svg onload=alert(1)>"),)), now=TUESDAY
        )
    assert Case.objects.count() == 0
