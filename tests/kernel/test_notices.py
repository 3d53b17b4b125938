"""The notice of a year, read row by row: each fault names its row and why."""

from datetime import date

import pytest

from shouwang.kernel.notices import due_off, read_notice
from shouwang.kernel.workdays import shipped

WHOLE_2027 = "day,kind\n" + "".join(f"{day},rest\n" for day in sorted(due_off(2027)))


def faults(text, year=2027):
    return [(one.row, one.code, one.day) for one in read_notice(text, year=year).faults]


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_shipped_year_passes_as_a_notice(year):
    days = shipped().official[year]
    rows = [f"{day},rest" for day in sorted(days.rest)] + [f"{day},work" for day in sorted(days.work)]
    read = read_notice("day,kind\n" + "\n".join(rows), year=year)
    assert (read.faults, read.days) == ((), days)


def test_chinese_words_and_a_spreadsheets_dates_are_read():
    read = read_notice(WHOLE_2027 + "2027/1/3,班\n2027/1/4, 休\n", year=2027)
    assert read.faults == ()
    assert (date(2027, 1, 3) in read.days.work, date(2027, 1, 4) in read.days.rest) == (True, True)


@pytest.mark.parametrize(
    "row, code, day",
    [
        ("2027-01-05,work", "no_weekend", "2027-01-05"),
        ("2027-01-01,rest", "twice", "2027-01-01"),
        ("2027-01-01,work", "both_kinds", "2027-01-01"),
        ("2026-12-31,rest", "wrong_year", "2026-12-31"),
        ("2027-02-30,rest", "not_a_day", "2027-02-30"),
        ("2027-03-06,holiday", "kind_unknown", "holiday"),
    ],
)
def test_a_bad_row_is_named_with_its_reason(row, code, day):
    assert faults(WHOLE_2027 + row) == [(len(due_off(2027)) + 2, code, day)]


def test_a_statutory_day_is_not_worked_and_does_not_lack():
    without = WHOLE_2027.replace("2027-10-01,rest\n", "")
    assert faults(without) == [(0, "holiday_missing", "2027-10-01")]
    worked = without + "2027-10-02,work\n"
    assert (13 + 1, "both_kinds", "2027-10-02") in faults(worked)


def test_other_columns_and_an_empty_file_are_no_notice():
    assert faults("tag,art\n2027-01-01,rest\n")[-1] == (1, "no_columns", "")
    assert faults("")[-1] == (1, "no_columns", "")
