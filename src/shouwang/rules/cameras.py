"""Which cameras may show what rings (附近摄像头): the nearest first, none beyond the distance a place decided on."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from shouwang.kernel.geo import Point, haversine_m

MOST = 8


class Placed(Protocol):
    """Something that stands somewhere, or nobody said where."""

    @property
    def lon(self) -> float | None: ...

    @property
    def lat(self) -> float | None: ...


Camera = TypeVar("Camera", bound=Placed)


def nearest(point: Point, cameras: Iterable[Camera], *, metres: int) -> list[tuple[int, Camera]]:
    """(metres, camera), the nearest first."""
    apart = [
        (round(haversine_m(point, Point(one.lon, one.lat))), one)
        for one in cameras
        if one.lon is not None and one.lat is not None
    ]
    within = [pair for pair in apart if pair[0] <= metres]
    return sorted(within, key=lambda pair: pair[0])[:MOST]
