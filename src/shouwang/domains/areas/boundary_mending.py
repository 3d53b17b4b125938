"""Outlines made fit for a screen: on WGS-84, valid, side by side without overlap, and with fewer corners.

Borders are cut into common pieces first, so that a simplified border is the same on both of its sides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from shouwang.kernel.geo import Datum, Point, convert
from shouwang.kernel.outlines import METRES_A_DEGREE

# Six decimals of a degree are a tenth of a metre.
DECIMALS = 6
GRID_M = 0.1
EAST, SOUTH, WEST, NORTH = 136.0, 3.0, 73.0, 54.0


@dataclass(frozen=True, kw_only=True)
class Mended:
    """Outlines by the number of their feature, and what the mending cost."""

    outlines: Mapping[int, list[Any]]
    corners_before: int
    corners_after: int
    moved_m: float
    repaired: tuple[int, ...]
    refused: Mapping[int, str]

    def with_(self, other: "Mended") -> "Mended":
        return Mended(
            outlines={**self.outlines, **other.outlines},
            corners_before=self.corners_before + other.corners_before,
            corners_after=self.corners_after + other.corners_after,
            moved_m=max(self.moved_m, other.moved_m),
            repaired=(*self.repaired, *other.repaired),
            refused={**self.refused, **other.refused},
        )


def mended(geometries: Mapping[int, Mapping[str, Any]], *, datum: Datum, tolerance_m: float) -> Mended:
    """Repair and simplify what belongs together; a feature that is no outline is refused with a word why."""
    import shapely

    raw = {n: _polygons(one) for n, one in geometries.items()}
    before = sum(len(ring) for polygons in raw.values() for polygon in polygons for ring in polygon)
    refused = {n: why for n, polygons in raw.items() if (why := _why_not(polygons))}
    moved = {n: _moved(polygons, datum) for n, polygons in raw.items() if n not in refused}
    plane = _Plane([corner for polygons in moved.values() for polygon in polygons for corner in polygon[0]])
    built = {n: _built(polygons, plane) for n, polygons in moved.items()}
    repaired = tuple(n for n, shape in built.items() if not shape.is_valid)
    valid = {n: _areal(shapely.make_valid(shape)) for n, shape in built.items()}
    for n in [n for n, shape in valid.items() if shape.is_empty]:
        refused[n] = "no_area_in_it"
        del valid[n]
    if not valid:
        return Mended(
            outlines={}, corners_before=before, corners_after=0, moved_m=0.0, repaired=repaired, refused=refused
        )
    shapes = side_by_side(list(valid.values()))
    simple = [_areal(one) for one in shapely.coverage_simplify(shapes, tolerance_m)]
    refused |= {n: "lies_in_another" for n, shape in zip(valid, simple, strict=True) if shape.is_empty}
    kept = [(n, old, new) for n, old, new in zip(valid, shapes, simple, strict=True) if n not in refused]
    found = {n: plane.back(new) for n, _, new in kept}
    return Mended(
        outlines=found,
        corners_before=before,
        corners_after=sum(len(ring) for outline in found.values() for polygon in outline for ring in polygon),
        moved_m=max((old.boundary.hausdorff_distance(new.boundary) for _, old, new in kept), default=0.0),
        repaired=repaired,
        refused=refused,
    )


def side_by_side(shapes: Sequence[Any]) -> list[Any]:
    """The same areas as a coverage: every border cut at every corner of either side, no place in two of them.

    What two claim goes to the one that stands first.
    """
    import shapely

    fine = [shapely.set_precision(shape, GRID_M) for shape in shapes]
    lines = shapely.unary_union([shape.boundary for shape in fine], grid_size=GRID_M)
    faces = [face for face in shapely.get_parts(shapely.polygonize([*shapely.get_parts(lines)])) if face.area > 0]
    tree = shapely.STRtree(fine)
    of_each: list[list[Any]] = [[] for _ in shapes]
    for face in faces:
        point = face.representative_point()
        owners = sorted(n for n in tree.query(point) if fine[n].covers(point))
        if owners:
            of_each[owners[0]].append(face)
    return [shapely.coverage_union_all(own) if own else shapely.Polygon() for own in of_each]


class _Plane:
    """Metres on a plane about the middle of what is mended, and back to degrees."""

    def __init__(self, corners: Sequence[Point]) -> None:
        lats = [corner.lat for corner in corners] or [0.0]
        self.across = METRES_A_DEGREE * cos(radians((min(lats) + max(lats)) / 2))

    def at(self, point: Point) -> tuple[float, float]:
        return point.lon * self.across, point.lat * METRES_A_DEGREE

    def back(self, shape: Any) -> list[Any]:
        return [[self._ring(ring) for ring in (one.exterior, *one.interiors)] for one in _parts(shape)]

    def _ring(self, ring: Any) -> list[list[float]]:
        return [
            [round(x / self.across, DECIMALS), round(y / METRES_A_DEGREE, DECIMALS)] for x, y in ring.coords
        ]


def _polygons(geometry: Mapping[str, Any]) -> list[list[list[tuple[float, float]]]]:
    coordinates = geometry.get("coordinates") or []
    if geometry.get("type") == "Polygon":
        coordinates = [coordinates]
    elif geometry.get("type") != "MultiPolygon":
        return []
    try:
        return [
            [[(float(corner[0]), float(corner[1])) for corner in ring] for ring in polygon if len(ring) >= 4]
            for polygon in coordinates
        ]
    except (TypeError, ValueError, IndexError):
        return []


def _why_not(polygons: list[list[list[tuple[float, float]]]]) -> str:
    corners = [corner for polygon in polygons for ring in polygon for corner in ring]
    if not corners or not all(polygon for polygon in polygons):
        return "no_area_in_it"
    outside = any(not (WEST <= lon <= EAST and SOUTH <= lat <= NORTH) for lon, lat in corners)
    return "not_in_degrees" if outside else ""


def _moved(polygons: list[list[list[tuple[float, float]]]], datum: Datum) -> list[list[list[Point]]]:
    return [
        [[convert(Point(*corner), source=datum, target=Datum.WGS84) for corner in ring] for ring in polygon]
        for polygon in polygons
    ]


def _built(polygons: list[list[list[Point]]], plane: _Plane) -> Any:
    import shapely

    return shapely.MultiPolygon(
        [
            (
                [plane.at(corner) for corner in polygon[0]],
                [[plane.at(corner) for corner in hole] for hole in polygon[1:]],
            )
            for polygon in polygons
        ]
    )


def _areal(shape: Any) -> Any:
    """The polygons of what repairing left; lines and points of a mended outline are nobody's land."""
    import shapely

    return shapely.unary_union(_parts(shape))


def _parts(shape: Any) -> list[Any]:
    import shapely

    return [one for one in shapely.get_parts(_flat(shape)) if one.geom_type == "Polygon" and one.area > 0]


def _flat(shape: Any) -> Any:
    import shapely

    if shape.geom_type != "GeometryCollection":
        return shape
    return shapely.GeometryCollection([part for one in shapely.get_parts(shape) for part in shapely.get_parts(one)])
