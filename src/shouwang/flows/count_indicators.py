"""What the plan hopes for, in numbers (指标): a year's records and duties of an area and all below it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shouwang.domains.duties.queries import ALWAYS, Tally, tallies
from shouwang.domains.ledger.yearly import by_year
from shouwang.kernel.lineage import NONE, Lineage
from shouwang.policy.indicator_shapes import Indicator

from .count_fitted import Hanging, shares_by_area

YEARS = 3
Number = float | int


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number of a year: `value` is None while nothing is on record; `part` of `whole` where it is a share."""

    value: Number | None
    part: int = 0
    whole: int | None = None


@dataclass(frozen=True)
class Counting:
    """Where it is counted: in which counties, by areas of how many digits, and what merged into what."""

    counties: Sequence[str]
    length: int
    lineage: Lineage


@dataclass(frozen=True, kw_only=True)
class Series:
    """An indicator of an area over the years, oldest first."""

    indicator: Indicator
    figures: tuple[Figure, ...]

    @property
    def turn(self) -> str:
        """better, worse or same as the year before; empty while one of the two is not known."""
        before, now = (one.value for one in self.figures[-2:])
        if before is None or now is None:
            return ""
        if before == now or self.indicator.better == "steady":
            return "same"
        return "better" if (now > before) == (self.indicator.better == "more") else "worse"


def count_indicators(
    indicators: Iterable[Indicator],
    counties: Sequence[str],
    *,
    length: int,
    now: datetime,
    lineage: Lineage = NONE,
) -> dict[str, dict[str, Series]]:
    """{area of `length` digits: {indicator: the last three years}}; each indicator in one to three statements.

    `now` carries the time zone by which years are told apart.
    """
    years = years_of(now)
    since = datetime(years[0], 1, 1, tzinfo=now.tzinfo)
    found: dict[str, dict[str, Series]] = {}
    hanging = Hanging(lineage.counties_with(counties))
    for one in indicators:
        at = Counting(counties, length, lineage)
        if one.fitted is not None:
            figures = _of_fitted(one, at, hanging, years[-1])
        else:
            figures = _of_duties(one, at, years) if one.duties else _of_records(one, at, since)
        for area in {area for area, _ in figures}:
            series = tuple(figures.get((area, y), Figure(value=None)) for y in years)
            found.setdefault(area, {})[one.id] = Series(indicator=one, figures=series)
    return found


def years_of(now: datetime) -> tuple[int, ...]:
    return tuple(range(now.year - YEARS + 1, now.year + 1))


def _of_records(one: Indicator, at: Counting, since: datetime) -> dict[tuple[str, int], Figure]:
    assert one.counts is not None
    parts = by_year(at.counties, one.counts, length=at.length, since=since, lineage=at.lineage)
    if one.over is None:
        return {key: Figure(value=n, part=n) for key, n in parts.items()}
    wholes = by_year(at.counties, one.over, length=at.length, since=since, lineage=at.lineage)
    return {key: _share(parts.get(key, 0), whole) for key, whole in wholes.items()}


def _of_fitted(one: Indicator, at: Counting, hanging: Hanging, year: int) -> dict[tuple[str, int], Figure]:
    """Registers say how it stands now, so it belongs to this year alone."""
    found = shares_by_area(one, hanging, length=at.length, lineage=at.lineage)
    return {
        (area, year): Figure(value=part, part=part) if whole is None else _share(part, whole)
        for area, (part, whole) in found.items()
    }


def _of_duties(one: Indicator, at: Counting, years: Sequence[int]) -> dict[tuple[str, int], Figure]:
    found: dict[tuple[str, int], Figure] = {}
    for year in years:
        periods = [f"{year}-{month:02d}" for month in range(1, 13)]
        # What is owed always is counted as it stands now, so it belongs to this year alone.
        periods += [ALWAYS] if year == years[-1] else []
        for area, tally in _together(one.duties, at, periods).items():
            if tally.owed:
                found[area, year] = _share(tally.met, tally.owed)
    return found


def _together(duties: Sequence[str], at: Counting, periods: Sequence[str]) -> Mapping[str, Tally]:
    whole: dict[str, Tally] = {}
    for duty in duties:
        known = tallies(at.counties, duty=duty, month=periods, length=at.length, lineage=at.lineage)
        for area, tally in known.items():
            whole[area] = whole.get(area, Tally()) + tally
    return whole


def _share(part: int, whole: int) -> Figure:
    return Figure(value=part / whole if whole else None, part=part, whole=whole)
