"""Open cases of a kind around a place (疑似重复): as much of each as tells whether it is the same."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from shouwang.domains.areas.pieces import below, seen
from shouwang.kernel.codes import county_of
from shouwang.kernel.geo import Point, around

from .models import OPEN, Case

MOST = 200


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
    region: str, kind: str, *, since: datetime, here: Point | None = None, metres: int | None = None
) -> list[Candidate]:
    """In the same village (or township, where none is named), or within some metres wherever the border runs."""
    near = Q(seen([below("region", region[:12])]))
    if here is not None and metres is not None:
        near |= _box(here, metres)
    rows = Case.objects.filter(OPEN, near, county=county_of(region), kind=kind, reported_at__gte=since)
    names = Candidate._fields
    return [Candidate(*row) for row in rows.order_by("-reported_at", "-id").values_list(*names)[:MOST]]


def _box(point: Point, metres: int) -> Q:
    low, high = around(point, metres)
    return Q(lat__range=(low.lat, high.lat), lon__range=(low.lon, high.lon))
