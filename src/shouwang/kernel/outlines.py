"""Outlines of areas (界线) as plain numbers: whether a place lies inside, how far from the border, and as a drawing."""

from collections.abc import Iterable, Iterator, Sequence
from math import cos, hypot, inf, radians
from typing import NamedTuple

from .geo import Point

# Polygons; a polygon is its rim and then its holes; a ring is its corners, the first repeated at the end.
Ring = Sequence[Sequence[float]]
Outline = Sequence[Sequence[Ring]]
METRES_A_DEGREE = 111_195.0


class Box(NamedTuple):
    west: float
    south: float
    east: float
    north: float


class Frame(NamedTuple):
    """How degrees become the units of a drawing: longitudes shrink with the latitude of its middle."""

    west: float
    north: float
    across: float
    down: float
    width: int
    height: int

    def at(self, lon: float, lat: float) -> tuple[int, int]:
        return round((lon - self.west) * self.across), round((self.north - lat) * self.down)


def box_of(outline: Outline) -> Box:
    corners = [corner for polygon in outline for corner in polygon[0]]
    lons, lats = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return Box(min(lons), min(lats), max(lons), max(lats))


def frame_of(boxes: Iterable[Box], width: int) -> Frame:
    """A drawing `width` units wide that holds all of the boxes."""
    known = list(boxes)
    west, north = min(b.west for b in known), max(b.north for b in known)
    east, south = max(b.east for b in known), min(b.south for b in known)
    across = width / max(east - west, 1e-9)
    down = across / cos(radians((north + south) / 2))
    return Frame(west, north, across, down, width, round((north - south) * down))


def path_of(outline: Outline, frame: Frame) -> str:
    """The outline as the path of a drawing; corners that fall together are drawn once."""
    return "".join(_drawn(ring, frame) for polygon in outline for ring in polygon)


def _drawn(ring: Ring, frame: Frame) -> str:
    corners: list[tuple[int, int]] = []
    for lon, lat in ring[:-1]:
        corner = frame.at(lon, lat)
        if not corners or corner != corners[-1]:
            corners.append(corner)
    if len(corners) < 3:
        return ""
    (x, y), rest = corners[0], []
    for nx, ny in corners[1:]:
        rest.append(f"l{nx - x} {ny - y}")
        x, y = nx, ny
    return f"M{corners[0][0]} {corners[0][1]}{''.join(rest)}z"


def inside(outline: Outline, here: Point) -> bool:
    """Whether a place lies within: a line eastward from it crosses the rings an odd number of times."""
    return any(sum(_crossings(ring, here) for ring in polygon) % 2 for polygon in outline)


def _crossings(ring: Ring, here: Point) -> int:
    return sum(
        (a[1] > here.lat) != (b[1] > here.lat)
        and here.lon < (b[0] - a[0]) * (here.lat - a[1]) / (b[1] - a[1]) + a[0]
        for a, b in _sides(ring)
    )


def metres_off(outline: Outline, here: Point) -> float:
    """How far a place lies from the border, on either side of it."""
    shrunk = cos(radians(here.lat))
    found = inf
    for polygon in outline:
        for ring in polygon:
            for a, b in _sides(ring):
                found = min(found, _from_side(a, b, here, shrunk))
    return found * METRES_A_DEGREE


def _from_side(a: Sequence[float], b: Sequence[float], here: Point, shrunk: float) -> float:
    ax, ay = (a[0] - here.lon) * shrunk, a[1] - here.lat
    bx, by = (b[0] - here.lon) * shrunk, b[1] - here.lat
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = 0.0 if length == 0 else max(0.0, min(1.0, -(ax * (bx - ax) + ay * (by - ay)) / length))
    return hypot(ax + along * (bx - ax), ay + along * (by - ay))


def _sides(ring: Ring) -> Iterator[tuple[Sequence[float], Sequence[float]]]:
    return zip(ring[:-1], ring[1:], strict=True)


def middle(outline: Outline) -> Point:
    """Where a label stands: the place on the middle line of the largest polygon that lies farthest from its sides."""
    polygon = max(outline, key=lambda one: _size(one[0]))
    box = box_of([polygon])
    lat = (box.south + box.north) / 2
    cuts = sorted(
        a[0] + (lat - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        for ring in polygon
        for a, b in _sides(ring)
        if (a[1] > lat) != (b[1] > lat)
    )
    widest = max(zip(cuts[::2], cuts[1::2], strict=False), key=lambda cut: cut[1] - cut[0], default=None)
    return Point((widest[0] + widest[1]) / 2 if widest else (box.west + box.east) / 2, lat)


def _size(ring: Ring) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in _sides(ring)))
