"""Who covers which unit (覆盖): gaps where nobody does, overlaps where two bodies of one department do."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shouwang.kernel.codes import Level, covers, level_of
from shouwang.kernel.lineage import Lineage

HIGH = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY)


class Serving(NamedTuple):
    """A post's share of a body: the body, its department and kind of post, and the areas as they stand."""

    body: str
    department: str
    kind: str
    areas: tuple[str, ...]


def near(one: Serving) -> tuple[str, ...]:
    """The areas below the county: an office that answers for a whole county leaves no gap and fills none."""
    return tuple(area for area in one.areas if level_of(area) not in HIGH)


def covering(unit: str, servings: Iterable[Serving]) -> list[Serving]:
    """Those whose territory holds a unit, near and far."""
    return [one for one in servings if any(covers(area, unit) for area in one.areas)]


def coverage(units: Iterable[str], servings: Sequence[Serving]) -> Mapping[str, tuple[str, ...]]:
    """{unit: the bodies that cover it from below the county, each once}."""
    places = [(area, one.body) for one in servings for area in near(one)]
    return {unit: tuple(sorted({body for area, body in places if covers(area, unit)})) for unit in units}


def widened(servings: Iterable[Serving], before: Lineage, after: Lineage) -> list[tuple[Serving, tuple[str, ...]]]:
    """Whose territory a change lets grow, and by which areas; `areas` are those the post was given."""
    found = []
    for one in servings:
        held = set(before.followed(one.areas))
        gained = [area for area in after.followed(one.areas) if not any(covers(old, area) for old in held)]
        if gained:
            found.append((one, tuple(gained)))
    return found
