"""What the plan hopes for, in numbers (指标): a year's records and duties of an area and all below it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shouwang.domains.duties.queries import ALWAYS, Tally, tallies
from shouwang.domains.ledger.yearly import by_year
from shouwang.policy.indicator_shapes import Indicator

YEARS = 3
Number = float | int


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number of a year: `value` is None while nothing is on record; `part` of `whole` where it is a share."""

    value: Number | None
    part: int = 0
    whole: int | None = None


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
    indicators: Iterable[Indicator], counties: Sequence[str], *, length: int, now: datetime
) -> dict[str, dict[str, Series]]:
    """{area of `length` digits: {indicator: the last three years}}; each indicator in one to three statements.

    `now` carries the time zone by which years are told apart.
    """
    years = years_of(now)
    since = datetime(years[0], 1, 1, tzinfo=now.tzinfo)
    found: dict[str, dict[str, Series]] = {}
    for one in indicators:
        figures = _of_duties(one, counties, years, length) if one.duties else _of_records(one, counties, length, since)
        for area in {area for area, _ in figures}:
            series = tuple(figures.get((area, y), Figure(value=None)) for y in years)
            found.setdefault(area, {})[one.id] = Series(indicator=one, figures=series)
    return found


def years_of(now: datetime) -> tuple[int, ...]:
    return tuple(range(now.year - YEARS + 1, now.year + 1))


def _of_records(
    one: Indicator, counties: Sequence[str], length: int, since: datetime
) -> dict[tuple[str, int], Figure]:
    assert one.counts is not None
    parts = by_year(counties, one.counts, length=length, since=since)
    if one.over is None:
        return {key: Figure(value=n, part=n) for key, n in parts.items()}
    wholes = by_year(counties, one.over, length=length, since=since)
    return {key: _share(parts.get(key, 0), whole) for key, whole in wholes.items()}


def _of_duties(
    one: Indicator, counties: Sequence[str], years: Sequence[int], length: int
) -> dict[tuple[str, int], Figure]:
    found: dict[tuple[str, int], Figure] = {}
    for year in years:
        periods = [f"{year}-{month:02d}" for month in range(1, 13)]
        # What is owed always is counted as it stands now, so it belongs to this year alone.
        periods += [ALWAYS] if year == years[-1] else []
        for area, tally in _together(one.duties, counties, periods, length).items():
            if tally.owed:
                found[area, year] = _share(tally.met, tally.owed)
    return found


def _together(
    duties: Sequence[str], counties: Sequence[str], periods: Sequence[str], length: int
) -> Mapping[str, Tally]:
    whole: dict[str, Tally] = {}
    for duty in duties:
        for area, tally in tallies(counties, duty=duty, month=periods, length=length).items():
            whole[area] = whole.get(area, Tally()) + tally
    return whole


def _share(part: int, whole: int) -> Figure:
    return Figure(value=part / whole if whole else None, part=part, whole=whole)
