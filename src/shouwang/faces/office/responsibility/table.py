"""Areas by requirements (完备情况): how many bodies of each area have what the plan asks, in exact counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shouwang.domains.areas.queries import Place
from shouwang.domains.duties.completeness import Count
from shouwang.faces.templatetags.words import say
from shouwang.policy.duty_shapes import Duty


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One requirement in one area. `single` when the area itself is the only body that owes it."""

    duty: Duty
    label: str
    count: Count
    single: bool

    @property
    def state(self) -> str:
        """The state of a single body, or the gravest there is among several."""
        for name in ("missing", "undetermined", "running", "late", "complete"):
            if getattr(self.count, name):
                return name
        return ""


@dataclass(frozen=True, kw_only=True)
class Line:
    place: Place
    cells: Sequence[Cell]

    @property
    def whole(self) -> Count:
        total = Count()
        for cell in self.cells:
            total = total.plus(cell.count)
        return total


def lines(
    places: Sequence[Place], duties: Sequence[Duty], counts: Mapping[tuple[str, str], Count]
) -> list[Line]:
    labels = [say(duty.label) for duty in duties]
    named = list(zip(duties, labels, strict=True))
    return [
        Line(place=place, cells=[_cell(place, duty, label, counts) for duty, label in named])
        for place in places
    ]


def shown(duties: Sequence[Duty], counts: Mapping[tuple[str, str], Count]) -> list[Duty]:
    """Requirements that somebody in these areas owes."""
    owed = {duty for (_area, duty), count in counts.items() if count.owed}
    return [duty for duty in duties if duty.id in owed]


def _cell(place: Place, duty: Duty, label: str, counts: Mapping[tuple[str, str], Count]) -> Cell:
    count = counts.get((place.code, duty.id), Count())
    single = duty.bearer.level == place.level and count.owed <= 1
    return Cell(duty=duty, label=label, count=count, single=single)
