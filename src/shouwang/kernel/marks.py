"""Points on a drawing (点位): the frame around them, and those too near one another as one mark (聚合)."""

from collections.abc import Hashable, Iterable, Sequence
from math import cos, hypot, radians
from typing import Generic, NamedTuple, TypeVar

from .geo import Point
from .outlines import Box

K = TypeVar("K", bound=Hashable)
# A drawing of one house still shows a few hundred metres around it.
LEAST = 0.004
MARGIN = 1.25


class Mark(NamedTuple, Generic[K]):
    """What lies at one spot of a drawing, in the order it was given."""

    x: int
    y: int
    what: list[K]


def box_around(points: Sequence[Point], *, shape: float) -> Box:
    """A box that holds the points with room to spare, `shape` times as wide as high on the ground."""
    lons, lats = [one.lon for one in points], [one.lat for one in points]
    lon, lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    shrunk = cos(radians(lat))
    wide, high = (max(lons) - min(lons)) * shrunk, max(lats) - min(lats)
    half = max(high, wide / shape, LEAST) * MARGIN / 2
    return Box(lon - half * shape / shrunk, lat - half, lon + half * shape / shrunk, lat + half)


def gathered(found: Iterable[tuple[K, int, int]], *, apart: int) -> list[Mark[K]]:
    """Marks at least `apart` from one another: what comes later joins the nearest mark it would touch."""
    marks: list[Mark[K]] = []
    for what, x, y in found:
        near = min(marks, key=lambda mark: hypot(mark.x - x, mark.y - y), default=None)
        if near is not None and hypot(near.x - x, near.y - y) < apart:
            near.what.append(what)
        else:
            marks.append(Mark(x, y, [what]))
    return marks
