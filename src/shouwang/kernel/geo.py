"""Places: WGS-84 as kept, GCJ-02 (国测局) and BD-09 (百度) as maps want it, and distances on the ground."""

from collections.abc import Callable
from enum import StrEnum
from math import atan2, cos, hypot, pi, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS_M = 6_371_008.8
METRES_A_DEGREE = 111_195.0

_AXIS = 6378245.0
_ECCENTRICITY = 0.00669342162296594323
_BD_TURN = pi * 3000 / 180
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_ROUNDS = 30
_CLOSE = 1e-11


class Datum(StrEnum):
    """Which grid a pair of numbers is read on (坐标系); CGCS2000 counts as WGS-84 at this precision."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


# As people write them; what a map service hands out goes by the name of the service, too.
_NAMES = {
    "wgs84": Datum.WGS84, "cgcs2000": Datum.WGS84, "天地图": Datum.WGS84,
    "gcj02": Datum.GCJ02, "火星坐标": Datum.GCJ02, "高德": Datum.GCJ02, "腾讯": Datum.GCJ02,
    "bd09": Datum.BD09, "bd09ll": Datum.BD09, "百度": Datum.BD09,
}  # fmt: skip


def datum_named(text: str) -> Datum | None:
    """The datum a word means: GCJ-02, gcj02, 高德; None for any other word."""
    return _NAMES.get("".join(sign for sign in text.lower() if sign.isalnum()))


class Point(NamedTuple):
    lon: float
    lat: float


def convert(point: Point, *, source: Datum, target: Datum) -> Point:
    """Read a point on another datum."""
    if source is target:
        return point
    if source is Datum.WGS84:
        shifted = wgs84_to_gcj02(point)
        return shifted if target is Datum.GCJ02 else gcj02_to_bd09(shifted)
    shifted = point if source is Datum.GCJ02 else bd09_to_gcj02(point)
    if target is Datum.BD09:
        return gcj02_to_bd09(shifted)
    return shifted if target is Datum.GCJ02 else gcj02_to_wgs84(shifted)


def wgs84_to_gcj02(point: Point) -> Point:
    """The shift of Chinese maps; outside their box nothing is shifted."""
    return _shifted(point) if _in_box(point) else point


def gcj02_to_wgs84(point: Point) -> Point:
    # The shift itself may carry a point over the edge, so the box is asked of the answer.
    if not _in_box(point, margin=0.1):
        return point
    found = _undo(_shifted, point)
    return found if _in_box(found) else point


def gcj02_to_bd09(point: Point) -> Point:
    lon, lat = point
    reach = hypot(lon, lat) + 0.00002 * sin(lat * _BD_TURN)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * _BD_TURN)
    return Point(reach * cos(angle) + 0.0065, reach * sin(angle) + 0.006)


def bd09_to_gcj02(point: Point) -> Point:
    return _undo(gcj02_to_bd09, point)


def haversine_m(a: Point, b: Point) -> float:
    """Metres along the great circle."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    rise = sin((lat_b - lat_a) / 2) ** 2
    run = sin(radians(b.lon - a.lon) / 2) ** 2
    share = min(1.0, rise + cos(lat_a) * cos(lat_b) * run)
    return 2 * EARTH_RADIUS_M * atan2(sqrt(share), sqrt(1 - share))


def around(point: Point, metres: float) -> tuple[Point, Point]:
    """The south-western and north-eastern corner of a box that holds everything within some metres."""
    lat = metres / METRES_A_DEGREE
    lon = lat / max(cos(radians(min(abs(point.lat) + lat, 89.0))), 0.01)
    return Point(point.lon - lon, point.lat - lat), Point(point.lon + lon, point.lat + lat)


def _in_box(point: Point, margin: float = 0.0) -> bool:
    lon, lat = point
    return _WEST - margin <= lon <= _EAST + margin and _SOUTH - margin <= lat <= _NORTH + margin


def _shifted(point: Point) -> Point:
    x, y = point.lon - 105.0, point.lat - 35.0
    slope = sqrt(abs(x))
    a, b = x * pi, y * pi
    ripple = 20 * sin(6 * a) + 20 * sin(2 * a)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * slope
    east += (ripple + 20 * sin(a) + 40 * sin(a / 3) + 150 * sin(a / 12) + 300 * sin(a / 30)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * slope
    north += (ripple + 20 * sin(b) + 40 * sin(b / 3) + 160 * sin(b / 12) + 320 * sin(b / 30)) * 2 / 3
    phi = radians(point.lat)
    bend = 1 - _ECCENTRICITY * sin(phi) ** 2
    parallel = _AXIS / sqrt(bend) * cos(phi)
    meridian = _AXIS * (1 - _ECCENTRICITY) / (bend * sqrt(bend))
    return Point(point.lon + east * 180 / (parallel * pi), point.lat + north * 180 / (meridian * pi))


def _undo(shift: Callable[[Point], Point], point: Point) -> Point:
    """Find the point that a small, smooth shift carries here."""
    found = point
    for _ in range(_ROUNDS):
        there = shift(found)
        off = Point(there.lon - point.lon, there.lat - point.lat)
        found = Point(found.lon - off.lon, found.lat - off.lat)
        if abs(off.lon) < _CLOSE and abs(off.lat) < _CLOSE:
            break
    return found
