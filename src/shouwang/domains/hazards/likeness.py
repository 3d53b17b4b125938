"""Open cases of a kind around a place (疑似重复): as much of each as tells whether it is the same."""

from datetime import datetime
from math import cos, radians
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from shouwang.domains.areas.pieces import below, seen
from shouwang.kernel.codes import county_of
from shouwang.kernel.geo import Point

from .models import OPEN, Case

METRES_A_DEGREE, MOST = 111_195.0, 200


class Candidate(NamedTuple):
    id: UUID
    code: str
    kind: str
    state: str
    region: str
    place: str
    lon: float | None
    lat: float | None
    reported_at: datetime


def recent_of_kind(
    region: str, kind: str, *, since: datetime, around: Point | None = None, metres: int | None = None
) -> list[Candidate]:
    """In the same village (or township, where none is named), or within some metres wherever the border runs."""
    near = Q(seen([below("region", region[:12])]))
    if around is not None and metres is not None:
        near |= _box(around, metres)
    rows = Case.objects.filter(OPEN, near, county=county_of(region), kind=kind, reported_at__gte=since)
    names = Candidate._fields
    return [Candidate(*row) for row in rows.order_by("-reported_at", "-id").values_list(*names)[:MOST]]


def _box(around: Point, metres: int) -> Q:
    lat = metres / METRES_A_DEGREE
    lon = lat / max(cos(radians(min(abs(around.lat) + lat, 89.0))), 0.01)
    return Q(lat__range=(around.lat - lat, around.lat + lat), lon__range=(around.lon - lon, around.lon + lon))
