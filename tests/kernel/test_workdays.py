"""Working days are those of the State Council's notices, and provisional where there is none yet."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.festivals import statutory
from shouwang.kernel.workdays import Calendar, Deadline, load, shipped

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
EVERY_OFFICIAL_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
official_days = st.dates(FIRST, LAST)
any_days = st.dates(date(2003, 1, 1), date(2060, 12, 31))


def test_every_official_day_agrees_with_the_published_notices() -> None:
    calendar = shipped()
    assert [
        day for day in EVERY_OFFICIAL_DAY if calendar.is_workday(day) != chinese_calendar.is_workday(day)
    ] == []


def test_a_second_reading_of_the_notices_agrees_where_both_are_certain() -> None:
    """31 December 2005 is the one day the two libraries read differently: the notice of 2006 had it worked."""
    other = holidays.country_holidays("CN", years=range(2004, 2027))
    doubtful = [
        day for day in EVERY_OFFICIAL_DAY if chinese_calendar.is_workday(day) != other.is_working_day(day)
    ]
    assert doubtful == [date(2005, 12, 31)]
    calendar = shipped()
    assert [
        day
        for day in EVERY_OFFICIAL_DAY
        if day not in doubtful and calendar.is_workday(day) != other.is_working_day(day)
    ] == []


def test_the_official_years_are_2004_to_2026() -> None:
    assert sorted(shipped().official) == list(range(2004, 2027))


@given(st.dates(date(2027, 1, 1), date(2199, 12, 31)))
def test_later_years_are_provisional(day: date) -> None:
    assert not shipped().is_official(day)
    assert shipped().add(day, 1).provisional
    if day.weekday() >= 5 or day in statutory(day.year):
        assert not shipped().is_workday(day)
    else:
        assert shipped().is_workday(day)


def test_a_deadline_over_the_national_holiday_counts_the_made_up_saturday() -> None:
    # 2026: off from 1 to 7 October, worked on 20 September and 10 October.
    assert shipped().add(date(2026, 9, 30), 3) == Deadline(date(2026, 10, 10), provisional=False)


def test_a_deadline_that_runs_into_a_year_without_notice_says_so() -> None:
    assert shipped().add(date(2026, 12, 30), 1) == Deadline(date(2026, 12, 31), provisional=False)
    assert shipped().add(date(2026, 12, 30), 2) == Deadline(date(2027, 1, 4), provisional=True)


def test_counting_back_out_of_a_year_without_notice_stays_provisional() -> None:
    assert shipped().add(date(2027, 1, 1), -1) == Deadline(date(2026, 12, 31), provisional=False)
    assert shipped().add(date(2027, 1, 5), -2) == Deadline(date(2026, 12, 31), provisional=True)


def test_spring_festival_2027_is_kept_free_before_anybody_announced_it() -> None:
    week = [date(2027, 2, day) for day in range(1, 13)]
    assert [day.day for day in week if not shipped().is_workday(day)] == [5, 6, 7, 8]


def test_a_new_notice_replaces_the_guess() -> None:
    notice = load("\ufeffday,kind\n2027-01-01,rest\n2027-01-04,rest\n2027-01-09,work\n2027-10-01,rest\n")
    calendar = Calendar({**shipped().official, **notice.official})
    assert calendar.add(date(2026, 12, 31), 5) == Deadline(date(2027, 1, 9), provisional=False)


@pytest.mark.parametrize("year", range(2008, 2027))
def test_the_table_of_festivals_lies_in_the_days_off_that_were_announced(year: int) -> None:
    # Before 2025 the eve of Spring Festival and 2 May were not days off by statute.
    known = {day for day in statutory(year) if year >= 2025 or (day.month, day.day) != (5, 2)}
    eve = min(known - {date(year, 1, 1)})
    worked = {day for day in known if shipped().is_workday(day)}
    assert worked <= ({eve} if year < 2025 else set())


@given(any_days, st.integers(1, 120))
def test_a_deadline_is_a_working_day_and_counts_back(day: date, n: int) -> None:
    due = shipped().add(day, n).day
    assert shipped().is_workday(due)
    assert shipped().between(day, due) == n
    assert shipped().between(day, due - timedelta(days=1)) == n - 1


@given(any_days, st.integers(1, 120))
def test_reminders_count_backwards_alike(day: date, n: int) -> None:
    before = shipped().add(day, -n).day
    assert shipped().is_workday(before)
    assert shipped().between(day, before) == -n
    assert before < day


@given(any_days)
def test_nought_days_from_a_day_is_that_day(day: date) -> None:
    assert shipped().add(day, 0) == Deadline(day, provisional=False)
    assert shipped().between(day, day) == 0


@given(official_days, st.integers(0, 60), st.integers(0, 60))
def test_days_add_up(day: date, first: int, then: int) -> None:
    calendar = shipped()
    assert calendar.add(calendar.add(day, first).day, then).day == calendar.add(day, first + then).day


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("day,kind\n2027-02-30,rest\n", "^day: '2027-02-30' is not a date"),
        ("day,kind\n2027-02-05,off\n", "^kind: 'off' on 2027-02-05"),
        ("day,kind\n2027-02-05\n", "^kind: '' on 2027-02-05"),
        ("date,type\n2027-02-05,rest\n", "^day: '' is not a date"),
        ("day,kind\n2027-02-05,rest\n2027-02-05,work\n", "^day: 2027-02-05 is given twice"),
        ("day,kind\n2027-01-01,rest\n", "^year: 2027 .* works on 2027-10-01"),
    ],
)
def test_a_faulty_notice_is_refused_by_field_and_reason(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        load(text)
