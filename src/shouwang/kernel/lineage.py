"""What became of which unit (沿革), as of one day: rows keep their region and are read through this."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from .codes import county_of, covered, covers, parent_of, prefix_of

K = TypeVar("K")
N = TypeVar("N")


@dataclass(frozen=True, slots=True, eq=False)
class Lineage:
    """`heirs`: {unit that is no more: the one its rows are read with}; `parts`: {unit: those split off from it}."""

    heirs: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def current(self, code: str) -> str:
        """What a unit goes on as; what lay inside a merged unit and has no heir of its own joins the unit's."""
        return self._followed(code, 0)

    def counted_in(self, code: str, length: int) -> str:
        """The unit of `length` digits a row is counted in; what has none that high stays where it was."""
        return self._followed(code, length)[:length]

    def _followed(self, code: str, length: int) -> str:
        seen = {code}
        while (heir := self._heir(code, length)) and heir not in seen:
            seen.add(code := heir)
        return code

    def _heir(self, code: str, length: int) -> str:
        """Of the nearest unit around it that merged; a merger above `length` changes nothing at that length."""
        for unit in _line(code):
            heir = self.heirs.get(unit, "")
            if len(heir) >= length and heir:
                return heir
        return ""

    def with_former(self, areas: Iterable[str]) -> tuple[str, ...]:
        """`areas` and every unit that went into one of them or into a part of them, however long ago."""
        found = dict.fromkeys(areas)
        while more := [
            old for old, new in self.heirs.items() if old not in found and not found.keys().isdisjoint(_line(new))
        ]:
            found |= dict.fromkeys(more)
        return tuple(found)

    def followed(self, areas: Iterable[str]) -> tuple[str, ...]:
        """A territory as it stands: a unit goes on as its heir and in its parts; what was given away stays in sight.

        A unit taken apart into the level above does not open the whole of that level.
        """
        found = dict.fromkeys(areas)
        queue = list(found)
        while queue:
            area = queue.pop()
            heir = self.heirs.get(area, "")
            onward = [*self.parts.get(area, ()), *([heir] if len(heir) == len(area) else [])]
            fresh = [one for one in onward if one not in found]
            found |= dict.fromkeys(fresh)
            queue += fresh
        return self.with_former(found)

    def live(self, areas: Sequence[str]) -> tuple[str, ...]:
        """Without the units that are no more, unless nothing else is left."""
        return tuple(one for one in areas if one not in self.heirs) or tuple(areas)

    def outside(self, area: str) -> tuple[str, ...]:
        """Units read with an area whose codes do not lie in it."""
        return tuple(one for one in self.with_former([area]) if not covers(area, one))

    def holds(self, area: str, code: str) -> bool:
        """Whether a row's region lies in an area, or is read with it."""
        return covered(self.with_former([area]), code)

    def counties_with(self, counties: Iterable[str]) -> list[str]:
        """`counties` and those from which units went over to them."""
        return sorted({county_of(one) for one in self.with_former(counties)})

    def heirs_of(self, county: str) -> list[str]:
        """The counties to which units of a county went over."""
        return sorted({county_of(self.current(old)) for old in self.heirs if county_of(old) == county} - {county})

    def depth(self, length: int) -> int:
        """How finely to count, so that units that crossed a border of `length` digits are counted where they went."""
        return max(length, *map(len, self._crossing(length)), 0)

    def _crossing(self, length: int) -> list[str]:
        return [old for old in self.heirs if self.counted_in(old, length) != old[:length]]

    def folded(self, found: Mapping[tuple[str, K], N], length: int) -> dict[tuple[str, K], N]:
        """Counts by (area, measure) at `depth`, put together by the units of `length` digits they count in."""
        if not self._crossing(length):
            return dict(found)
        whole: dict[tuple[str, K], N] = {}
        for (area, measure), n in found.items():
            key = self.counted_in(area, length), measure
            whole[key] = whole[key] + n if key in whole else n  # type: ignore[operator]
        return whole

    def prefixes(self, area: str) -> tuple[str, ...]:
        """What the codes of all rows read with an area begin with."""
        return tuple(prefix_of(one) for one in (area, *self.outside(area)))


NONE = Lineage()


def _line(code: str) -> Iterator[str]:
    """The unit and those it lies in, nearest first."""
    unit: str | None = code
    while unit:
        yield unit
        unit = parent_of(unit)
