"""Working days (工作日): official years with days off and make-up days, later years provisionally."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import resources

from shouwang.kernel.festivals import statutory

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Year:
    """One year's notice: days off beside the weekends, and weekends worked in their stead (调休)."""

    rest: frozenset[date]
    work: frozenset[date]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day a clock runs out; provisional (暂定) when a year without its notice had to be crossed."""

    day: date
    provisional: bool


@dataclass(frozen=True)
class Calendar:
    official: Mapping[int, Year] = field(hash=False)

    def with_years(self, years: Mapping[int, Year]) -> "Calendar":
        """The same calendar with years whose notice came since; they stand over those it has."""
        return Calendar({**self.official, **years})

    def is_official(self, day: date) -> bool:
        return day.year in self.official

    def is_workday(self, day: date) -> bool:
        year = self.official.get(day.year)
        if year is None:
            return day.weekday() < 5 and day not in statutory(day.year)
        if day.weekday() < 5:
            return day not in year.rest
        return day in year.work

    def add(self, day: date, n: int) -> Deadline:
        """The n-th working day after a day, which itself does not count; before it when n is negative."""
        step = _DAY if n >= 0 else -_DAY
        left, at, provisional = abs(n), day, False
        while left:
            at += step
            left -= self.is_workday(at)
            provisional = provisional or not self.is_official(at)
        return Deadline(at, provisional)

    def between(self, start: date, end: date) -> int:
        """How many working days lie after start, up to and with end; negative when end comes first."""
        if end < start:
            return -sum(self.is_workday(end + _DAY * step) for step in range((start - end).days))
        return sum(self.is_workday(start + _DAY * step) for step in range(1, (end - start).days + 1))


def load(text: str) -> Calendar:
    """Read `day,kind` lines, kind being rest or work; a year with any line is official."""
    official: dict[int, dict[str, set[date]]] = {}
    seen: set[date] = set()
    for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))):
        day, kind = _row(row)
        if day in seen:
            raise ValueError(f"day: {day} is given twice")
        seen.add(day)
        official.setdefault(day.year, {"rest": set(), "work": set()})[kind].add(day)
    return Calendar({year: _year(year, kinds) for year, kinds in official.items()})


@cache
def shipped() -> Calendar:
    """The calendar that comes with the package: the State Council's notices for 2004 to 2026."""
    return load(resources.files(__package__).joinpath("workdays.csv").read_text("utf-8"))


def _year(year: int, kinds: Mapping[str, set[date]]) -> Year:
    # Half a notice would pass for official and move deadlines without anybody knowing.
    for day in (date(year, 1, 1), date(year, 5, 1), date(year, 10, 1)):
        if day.weekday() < 5 and day not in kinds["rest"]:
            raise ValueError(f"year: {year} is not complete, it works on {day}")
    return Year(rest=frozenset(kinds["rest"]), work=frozenset(kinds["work"]))


def _row(row: Mapping[str, str | None]) -> tuple[date, str]:
    written, kind = row.get("day") or "", row.get("kind") or ""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"day: {written!r} is not a date such as 2026-10-01") from None
    if kind not in ("rest", "work"):
        raise ValueError(f"kind: {kind!r} on {written} is neither rest nor work")
    return day, kind
