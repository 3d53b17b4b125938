"""The lunar calendar by formula agrees with the published festivals, leap months and terms."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.festivals import statutory
from shouwang.kernel.lunar import FIRST, LAST, TERMS, Lunar, lunar, moving_day, read_moving, solar, term

# Every leap month from 2004 to 2050, the disputed eleventh of 2033 among them.
LEAP = {
    2004: 2, 2006: 7, 2009: 5, 2012: 4, 2014: 9, 2017: 6, 2020: 4, 2023: 2, 2025: 6, 2028: 5, 2031: 3, 2033: 11,
    2036: 6, 2039: 5, 2042: 2, 2044: 7, 2047: 5, 2050: 3,
}  # fmt: skip
DAYS = st.dates(date(2004, 2, 1), date(2050, 12, 31))


@pytest.mark.parametrize("year", range(2008, 2051))
def test_the_statutory_festivals_are_those_of_the_table(year):
    found = {solar(Lunar(year, 1, 1)), term(year, "清明"), solar(Lunar(year, 5, 5)), solar(Lunar(year, 8, 15))}
    assert found <= statutory(year)


@pytest.mark.parametrize("year", range(FIRST, LAST + 1))
def test_a_year_has_its_leap_month_and_no_other(year):
    found = []
    for month in range(1, 13):
        try:
            solar(Lunar(year, month, 1, leap=True))
        except ValueError:
            continue
        found.append(month)
    assert found == ([LEAP[year]] if year in LEAP else [])


@pytest.mark.parametrize(
    "year, name, day",
    [
        (2008, "小满", date(2008, 5, 21)), (2014, "惊蛰", date(2014, 3, 6)), (2016, "小暑", date(2016, 7, 7)),
        (2019, "夏至", date(2019, 6, 21)), (2021, "冬至", date(2021, 12, 21)), (2021, "立春", date(2021, 2, 3)),
        (2017, "立春", date(2017, 2, 3)), (2024, "立春", date(2024, 2, 4)), (2026, "清明", date(2026, 4, 5)),
        (2026, "春分", date(2026, 3, 20)),
    ],
)  # fmt: skip
def test_terms_fall_on_their_published_day(year, name, day):
    assert term(year, name) == day


@given(DAYS)
def test_there_and_back_is_the_same_day(day):
    assert solar(lunar(day)) == day


@given(DAYS)
def test_tomorrow_is_the_next_lunar_day_or_the_first_of_a_month(day):
    if day < date(2050, 12, 31):
        today, next_ = lunar(day), lunar(day + timedelta(days=1))
        assert next_.day in (today.day + 1, 1)
        assert next_.day != 1 or today.day in (29, 30)


def test_terms_of_a_year_are_in_order_a_fortnight_apart():
    for year in range(FIRST, LAST + 1):
        days = [term(year, name) for name in TERMS]
        assert all(14 <= (later - one).days <= 16 for one, later in zip(days, days[1:], strict=False))


def test_a_moving_day_is_read_in_one_spelling():
    texts = ("农历8-15", "lunar 8-15", "农历8月15日", "清明", "09-03", "农历13-1")
    assert [read_moving(text) for text in texts] == ["农历8-15", "农历8-15", "农历8-15", "清明", None, None]
    assert (moving_day("农历8-15", 2026), moving_day("清明", 2051)) == (date(2026, 9, 25), None)


@pytest.mark.parametrize(
    "asked", [lambda: term(2051, "清明"), lambda: term(2026, "夏天"), lambda: solar(Lunar(2026, 2, 31))]
)
def test_what_is_not_known_is_refused(asked):
    with pytest.raises(ValueError):
        asked()
