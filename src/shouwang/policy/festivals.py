"""Festivals a place keeps (节日): on a fixed day, a lunar day or a solar term, with their names."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from shouwang.kernel.lunar import moving_day, read_moving
from shouwang.policy.findings import Findings
from shouwang.policy.text import Text


class Festival(Struct, frozen=True, forbid_unknown_fields=True):
    """``on`` is 09-03, 农历8-15 or 清明; ``offset`` counts days from it, as the eve of a feast does.
    ``since`` is the first year it was kept."""

    id: str
    label: Text
    on: str
    offset: int = 0
    since: int = 0

    def day_in(self, year: int) -> date | None:
        """None before it was first kept, and for a year whose lunar days are not known."""
        if year < self.since:
            return None
        moving = read_moving(self.on)
        day = moving_day(moving, year) if moving else date.fromisoformat(f"{year}-{self.on}")
        return day + timedelta(days=self.offset) if day else None


def festivals_between(festivals: Mapping[str, Festival], first: date, until: date) -> Iterator[tuple[date, Festival]]:
    """Every festival from a day up to, and without, another."""
    for year in range(first.year, until.year + 1):
        for one in festivals.values():
            day = one.day_in(year)
            if day is not None and first <= day < until:
                yield day, one


def check_festivals(festivals: Mapping[str, Festival], findings: Findings) -> None:
    for key, one in festivals.items():
        try:
            fits = read_moving(one.on) is not None or bool(date.fromisoformat(f"2001-{one.on}"))
        except ValueError:
            fits = False
        if not fits:
            findings.error(f"festivals: {key}", f"'{one.on}' is no day such as 09-03, 农历8-15 or 清明")
