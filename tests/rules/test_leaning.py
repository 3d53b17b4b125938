"""Which duties lean on a value, and how many undetermined verdicts a sheet would let be judged."""

from datetime import date

from msgspec import structs

from shouwang.policy import Value
from shouwang.rules.leaning import Undetermined, judged_with, lacking, leaned_on, leaning
from tests.rules.duty_cast import HOUSE

TODAY = date(2026, 11, 25)


def without(*names, pack=HOUSE):
    unset = (Value(provenance="unset", since=pack.since),)
    changed = {name: structs.replace(pack.parameters[name], values=unset) for name in names}
    return pack.replaced({**pack.parameters, **changed})


def wanting(duty, *names, period="", n=1, more=()):
    reasons = [{"code": "value_unset", "params": {"parameter": name}} for name in names]
    return Undetermined(duty, period, [*reasons, *more], n)


def test_every_number_a_duty_is_judged_by_is_found():
    assert leaned_on(HOUSE, HOUSE.duties["meeting"])[:2] == ("t.grace", "meeting.analysis.per_month")
    assert {"t.valid", "t.drills"} <= set(leaned_on(HOUSE, HOUSE.duties["drill"]))
    assert "station.staff.by" in leaned_on(HOUSE, HOUSE.duties["staff"])
    assert set(leaned_on(HOUSE, HOUSE.duties["harvest"])) == {"season.harvest.starts", "season.harvest.ends"}


def test_a_case_leans_on_the_clock_of_its_grade_alone():
    assert leaned_on(HOUSE, HOUSE.duties["hazard_minor_same_visit"]) == ("hazard.minor.hours",)
    assert set(leaned_on(HOUSE, HOUSE.duties["hazard_closed_loop"])) >= {
        *HOUSE.clocks.values(),
        "workday.closes",
    }
    assert HOUSE.duties["hazard_closed_loop"] in leaning(HOUSE)["hazard.general.workdays"]


def test_what_is_undetermined_is_counted_with_the_value_it_wants():
    pack = without("t.valid", "t.drills", "season.harvest.ends")
    groups = [
        wanting("drill", "t.valid", n=40),
        wanting("drill", "t.valid", "t.drills", n=2),
        Undetermined("harvest", "", [{"code": "season_unset", "params": {"duty": "harvest"}}], 7),
        Undetermined("brigade", "", [{"code": "fact_missing", "params": {"fact": "profile.residents"}}], 9),
    ]
    assert lacking(pack, groups, on=TODAY) == {"t.valid": 42, "t.drills": 2, "season.harvest.ends": 7}


def test_a_sheet_is_promised_only_what_it_settles():
    before = without("t.valid", "t.drills", "brigade.residents.persons")
    after = without("t.drills", "brigade.residents.persons")
    groups = [
        wanting("drill", "t.valid", n=40),  # t.drills is still wanting, though not told
        wanting("brigade", "brigade.residents.persons", n=3),
    ]
    assert judged_with(before, after, groups, since=TODAY) == 0
    assert judged_with(before, HOUSE, groups, since=TODAY) == 40  # a threshold needs its fact besides
    held = wanting("drill", "t.valid", n=5, more=[{"code": "fact_missing", "params": {"fact": "x.y"}}])
    assert judged_with(before, HOUSE, [held], since=TODAY) == 0


def test_periods_that_ended_before_the_sheet_stay_as_they_are():
    before = without("t.grace")
    groups = [
        wanting("meeting", "t.grace", period="2026-10", n=8), wanting("meeting", "t.grace", period="2026-11", n=8)
    ]  # fmt: skip
    assert judged_with(before, HOUSE, groups, since=TODAY) == 8


def test_what_was_opened_earlier_takes_the_values_of_that_day():
    """A report's clock runs by the day it was reported; the month alone does not say which day that was."""
    before = without("hazard.report.hours")
    groups = [
        wanting("hazard_reported_at_once", "hazard.report.hours", period=month)
        for month in ("2026-11", "2026-12")
    ]
    assert judged_with(before, HOUSE, groups, since=TODAY) == 1
