"""Outlines for a drawing, with what must stand beneath it; and where a place lies by them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from shouwang.kernel.codes import county_of
from shouwang.kernel.geo import Point
from shouwang.kernel.outlines import Box, Outline, inside

from .models import Boundary


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The outline of an area, and where it came from. Without an approval number (审图号) it is not for the public."""

    region: str
    outline: Outline
    box: Box
    source: str
    licence: str
    approval: str
    datum: str


def outlines(regions: Collection[str], *, public: bool = False) -> dict[str, Drawn]:
    """What is on record for some areas, in one statement; `public`: only what may be published."""
    rows = Boundary.objects.filter(county__in={county_of(one) for one in regions}, region__in=regions)
    if public:
        rows = rows.exclude(approval="")
    return {row.region: _drawn(row) for row in rows}


def holding(here: Point, *, counties: Collection[str]) -> list[Drawn]:
    """The areas of some counties whose outline holds a place, the smallest first."""
    rows = Boundary.objects.filter(
        county__in=counties, west__lte=here.lon, east__gte=here.lon, south__lte=here.lat, north__gte=here.lat
    )
    found = [one for one in map(_drawn, rows) if inside(one.outline, here)]
    return sorted(found, key=lambda one: (-len(one.region), one.region))


def credits_of(drawn: Iterable[Drawn]) -> list[tuple[str, str, str, str]]:
    """(source, licence, approval, datum) of a map, each once."""
    return list(dict.fromkeys((one.source, one.licence, one.approval, one.datum) for one in drawn))


def on_record(areas_counties: Collection[str]) -> list[Drawn]:
    """Every outline of some counties, in the order of their codes."""
    return [_drawn(row) for row in Boundary.objects.filter(county__in=areas_counties).order_by("region")]


def _drawn(row: Boundary) -> Drawn:
    return Drawn(
        region=row.region,
        outline=row.outline,
        box=Box(row.west, row.south, row.east, row.north),
        source=row.source,
        licence=row.licence,
        approval=row.approval,
        datum=row.datum,
    )
