"""The units nearest to a place: found by the point index in degrees, ranked by metres on the ground."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, radians

from django.db.models import BooleanField, FloatField, QuerySet
from django.db.models.expressions import RawSQL

from shouwang.kernel.geo import Point, haversine_m

from .models import Area
from .queries import Place, places
from .scopes import standing, under

METRES_A_DEGREE = 111_195.0
# A degree of longitude is shorter than one of latitude, and a great circle than a line on the map.
MARGIN = 1.05


@dataclass(frozen=True, kw_only=True)
class Near:
    """A unit and how far away it lies."""

    place: Place
    metres: float


def nearest(here: Point, *, areas: Sequence[str], on: date, level: str = "", limit: int = 1) -> list[Near]:
    """The `limit` units nearest to `here` (WGS-84) among those under `areas` whose place is known."""
    rows = Area.objects.filter(under(areas), standing(on), lon__isnull=False)
    if level:
        rows = rows.filter(level=level)
    close = _ranked(here, rows.order_by(_degrees(here))[:limit])
    if len(close) < limit:
        return close
    # Whatever lies nearer on the ground lies inside this circle of degrees.
    reach = close[-1].metres / METRES_A_DEGREE
    shrunk = max(cos(radians(min(abs(here.lat) + reach, 89.0))), 0.01)
    return _ranked(here, rows.filter(_inside(here, MARGIN * reach / shrunk)))[:limit]


def _degrees(here: Point) -> RawSQL:
    return RawSQL("point(lon, lat) <-> point(%s, %s)", [here.lon, here.lat], FloatField())


def _inside(here: Point, radius: float) -> RawSQL:
    return RawSQL(
        "point(lon, lat) <@ circle(point(%s, %s), %s)", [here.lon, here.lat, radius], BooleanField()
    )


def _ranked(here: Point, rows: QuerySet[Area]) -> list[Near]:
    found = [Near(place=unit, metres=_metres(here, unit)) for unit in places(rows)]
    return sorted(found, key=lambda near: (near.metres, near.place.code))


def _metres(here: Point, unit: Place) -> float:
    assert unit.lon is not None and unit.lat is not None
    return haversine_m(here, Point(unit.lon, unit.lat))
