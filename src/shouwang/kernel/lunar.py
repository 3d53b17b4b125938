"""The lunar calendar and the twenty-four solar terms (农历, 二十四节气) after GB/T 33661-2017, 2004 to 2050."""

import re
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from shouwang.kernel.heavens import SYNODIC, beijing_day, new_moon, sun_reaches

FIRST, LAST = 2004, 2050
TERMS = (
    "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
    "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
)  # fmt: skip
# The formulae are good to two minutes; this one fell a minute after midnight.
PUBLISHED = {(2008, "小满"): date(2008, 5, 21)}
# Days of a month that every lunar year has.
ALWAYS = 29
_OF_YEAR = re.compile(r"(?:农历|lunar)\s*(\d{1,2})[-月.](\d{1,2})日?")
# The first term of a year is 小寒, at 285 degrees; they follow every fifteen.
START, STEP, SOLSTICE = 285, 15, 270


class Lunar(NamedTuple):
    """A day of the lunar calendar; `leap` is a month repeated (闰月)."""

    year: int
    month: int
    day: int
    leap: bool = False


class _Month(NamedTuple):
    start: date
    number: int
    leap: bool


def term(year: int, name: str) -> date:
    """The day a solar term falls on. Raises ValueError for a year or name that is not known."""
    _known(year)
    if name not in TERMS:
        raise ValueError(f"term: '{name}' is none of {', '.join(TERMS)}")
    found = PUBLISHED.get((year, name))
    return found or beijing_day(sun_reaches(year, (START + STEP * TERMS.index(name)) % 360))


def solar(day: Lunar) -> date:
    """The day in the common calendar. Raises ValueError for one the lunar year does not have."""
    _known(day.year)
    months = _year(day.year)
    for month, following in zip(months, months[1:], strict=False):
        if (month.number, month.leap) == (day.month, day.leap):
            found = month.start + timedelta(days=day.day - 1)
            if month.start <= found < following.start:
                return found
    raise ValueError(f"lunar: there is no day {day.day} of month {day.month} in {day.year}")


def lunar(day: date) -> Lunar:
    """The lunar day of a day. Raises ValueError outside the years that are known."""
    for year in (day.year, day.year - 1):
        _known(day.year)
        months = _year(year)
        for month, following in zip(months, months[1:], strict=False):
            if month.start <= day < following.start:
                return Lunar(year, month.number, (day - month.start).days + 1, month.leap)
    raise ValueError(f"lunar: {day} is not known")


def read_moving(text: str) -> str | None:
    """A day that moves from year to year, in one spelling: 农历8-15, 清明; None for anything else."""
    plain = text.strip()
    if plain in TERMS:
        return plain
    found = _OF_YEAR.fullmatch(plain)
    month, day = (int(found[1]), int(found[2])) if found else (0, 0)
    return f"农历{month}-{day}" if 1 <= month <= 12 and 1 <= day <= ALWAYS else None


def moving_day(text: str, year: int) -> date | None:
    """That day in a year, by the lunar year that begins in it; None for a year that is not known."""
    if not FIRST <= year <= LAST:
        return None
    if text in TERMS:
        return term(year, text)
    month, day = (int(part) for part in text.removeprefix("农历").split("-"))
    return solar(Lunar(year, month, day))


def _known(year: int) -> None:
    if not FIRST <= year <= LAST:
        raise ValueError(f"year: {year} lies outside {FIRST} to {LAST}")


@cache
def _year(year: int) -> tuple[_Month, ...]:
    """The months of a lunar year, and the first of the next one to end the last."""
    both = [*_sui(year), *_sui(year + 1)]
    first = next(i for i, month in enumerate(both) if (month.number, month.leap) == (1, False))
    second = next(i for i in range(first + 1, len(both)) if (both[i].number, both[i].leap) == (1, False))
    return tuple(both[first : second + 1])


@cache
def _sui(year: int) -> tuple[_Month, ...]:
    """From the month of one winter solstice up to the next one's (岁); with thirteen, the first without a
    principal term (中气) is the leap month."""
    starts = _starts(year)
    leap = next((i for i in range(1, len(starts) - 1) if not _has_principal(starts[i], starts[i + 1])), 0)
    leap = leap if len(starts) == 14 else 0
    found, number = [], 11
    for index, start in enumerate(starts[:-1]):
        if index and index != leap:
            number = number % 12 + 1
        found.append(_Month(start, number, bool(leap) and index == leap))
    return tuple(found)


def _starts(year: int) -> list[date]:
    """First days from the month of last year's winter solstice to that of this year's."""
    from_, to = (beijing_day(sun_reaches(one, SOLSTICE)) for one in (year - 1, year))
    k = int((from_ - date(2000, 1, 6)).days / SYNODIC) - 2
    days = [beijing_day(new_moon(k + step)) for step in range(18)]
    first = max(day for day in days if day <= from_)
    last = max(day for day in days if day <= to)
    return [day for day in days if first <= day <= last]


def _has_principal(start: date, end: date) -> bool:
    for year in (start.year, end.year):
        for degree in range(0, 360, 30):
            if start <= beijing_day(sun_reaches(year, degree)) < end:
                return True
    return False
