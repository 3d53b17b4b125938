"""Which periods a duty is owed in, by their names and days (周期); a place says when its seasons begin and end."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from shouwang.kernel.lunar import moving_day, read_moving
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Calendar
from shouwang.rules.seen import Period

_DAY = timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_SIGNS = {"quarter": "Q", "half": "H"}


def periods(pack: Pack, trigger: Calendar, *, first: date, last: date) -> Iterator[Period]:
    """Every period of the trigger that touches the days from `first` to `last`, oldest first."""
    if trigger.every == "season":
        for year in range(first.year - 1, last.year + 1):
            for name in trigger.seasons:
                found = season(pack, name, year)
                if found is not None and found.start <= last and found.end >= first:
                    yield found
        return
    day = first
    while day <= last:
        found = _holding(trigger.every, day)
        if not trigger.months or found.start.month in trigger.months:
            yield found
        day = found.end + _DAY


def period_of(pack: Pack, trigger: Calendar, day: date) -> Period | None:
    """The period of the trigger that holds `day`; None when it leaves that day out."""
    return next(periods(pack, trigger, first=day, last=day), None)


def before(trigger: Calendar, period: Period) -> Period | None:
    """The period that ends where this one begins, whether the trigger takes it or not; seasons have none."""
    return None if trigger.every == "season" else _holding(trigger.every, period.start - _DAY)


def season(pack: Pack, name: str, year: int) -> Period | None:
    """A season of a year (重点时段); one that runs over New Year belongs to the year it began in."""
    starts, ends = (_day_of(pack, f"season.{name}.{end}", year) for end in ("starts", "ends"))
    if starts is None or ends is None:
        return None
    if ends < starts:
        ends = _day_of(pack, f"season.{name}.ends", year + 1) or ends
    return Period(f"{year}-{name}", starts, ends)


def is_of(trigger: Calendar, period: Period) -> bool:
    """Whether the duty is owed in that period: a quarter is none of a monthly one."""
    if trigger.every == "season":
        return period.name.partition("-")[2] in trigger.seasons
    whole = _holding(trigger.every, period.start)
    return whole == period and (not trigger.months or period.start.month in trigger.months)


def lacks_days(pack: Pack, trigger: Calendar, first: int, last: int) -> bool:
    """Whether nobody has entered yet when a season of these years begins or ends."""
    years = range(first, last + 1)
    return any(season(pack, name, year) is None for name in trigger.seasons for year in years)


def named(pack: Pack, name: str) -> Period | None:
    """The period a name such as 2026-Q4 or 2026-harvest stands for; None when it stands for none."""
    year, _, part = name.partition("-")
    if not (year.isdigit() and len(year) == 4):
        return None
    try:
        return season(pack, part, int(year)) if part[:1].islower() else _named(int(year), part)
    except ValueError:
        return None


def lies_in(pack: Pack, one: str, other: str) -> bool:
    """Whether a period, by its name, is another or a part of it: November lies in the fourth quarter."""
    inner, outer = named(pack, one), named(pack, other)
    return inner is not None and outer is not None and outer.start <= inner.start and inner.end <= outer.end


def alike(one: str, other: str) -> bool:
    """Whether two names stand for periods of one length: two months, two quarters, two seasons."""
    return _form(one) == _form(other)


@lru_cache(maxsize=512)
def _form(name: str) -> str:
    return re.sub("[a-z_]+", "s", re.sub("[0-9]", "0", name))


def _holding(every: str, day: date) -> Period:
    if every == "day":
        return Period(day.isoformat(), day, day)
    return _months(every, day.year, (day.month - 1) // _MONTHS[every])


def _months(every: str, year: int, number: int) -> Period:
    length = _MONTHS[every]
    if not 0 <= number < 12 // length:
        raise ValueError(f"period: {year} has no {every} {number + 1}")
    first, after = number * length + 1, (number + 1) * length
    end = date(year + after // 12, after % 12 + 1, 1) - _DAY
    names = {"year": f"{year}", "month": f"{year}-{first:02d}"}
    return Period(names.get(every) or f"{year}-{_SIGNS[every]}{number + 1}", date(year, first, 1), end)


def _named(year: int, part: str) -> Period:
    if not part:
        return _months("year", year, 0)
    if part[0] in "QH":
        return _months("quarter" if part[0] == "Q" else "half", year, int(part[1:]) - 1)
    if "-" in part:
        return _holding("day", date.fromisoformat(f"{year}-{part}"))
    return _months("month", year, int(part) - 1)


def _day_of(pack: Pack, name: str, year: int) -> date | None:
    """A day of the year as the place has it for that year: 09-15, 农历8-15, 清明."""
    parameter = pack.parameters.get(name)
    value = parameter.on(date(year, 12, 31)) if parameter else None
    if value is None or not value.is_set:
        return None
    moving = read_moving(str(value.value))
    return moving_day(moving, year) if moving else date.fromisoformat(f"{year}-{value.value}")
