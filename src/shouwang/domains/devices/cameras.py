"""Cameras (摄像头): which stand near a place, and that somebody had one shown because of an alarm."""

from collections.abc import Collection, Mapping, Sequence
from math import cos, radians
from typing import Any
from uuid import UUID

from django.db.models import F

from shouwang.domains.areas.pieces import Piece, below, seen
from shouwang.domains.ledger.acts import By, before, keep
from shouwang.domains.ledger.minting import mint, salt
from shouwang.kernel.geo import Point, around

from .events import CAMERA, ROOM
from .models import Device, Look

MOST = 200


def cameras_around(pieces: Sequence[Piece], point: Point, *, metres: int) -> list[Device]:
    """Cameras in a box around a point, the nearest first; whoever asks measures how far each is."""
    low, high = around(point, metres)
    rows = _cameras(pieces).filter(lat__range=(low.lat, high.lat), lon__range=(low.lon, high.lon))
    # Near enough to tell which are nearest: a degree of longitude is shorter by the cosine of the latitude.
    east, north = (F("lon") - point.lon) * cos(radians(point.lat)), F("lat") - point.lat
    return list(rows.order_by(east * east + north * north, "id")[:MOST])


def cameras_in(pieces: Sequence[Piece], area: str, *, limit: int) -> list[Device]:
    """Cameras of an area, for what rings where nobody said exactly where it hangs."""
    return list(
        _cameras(pieces).filter(seen([below("region", area)])).order_by("region", "place", "id")[:limit]
    )


def camera(pieces: Sequence[Piece], camera_id: UUID) -> Device | None:
    return _cameras(pieces).filter(id=camera_id).first()


def where_it_hangs(county: str, device: UUID) -> Point | None:
    """Where a device stands, if anybody said; never for one that hangs in a home."""
    found = Device.objects.filter(county=county, id=device, household=None).values_list("lon", "lat").first()
    return Point(*found) if found is not None and None not in found else None


def cameras_numbered(county: str, way: str, numbers: Collection[str]) -> list[Device]:
    """The cameras in use that have one of some numbers, in whichever system."""
    return list(Device.objects.filter(county=county, way=way, address__in=numbers, state="in_use"))


def amend_camera(shown: Device, by: By, *, told: Mapping[str, object]) -> None:
    """It stands elsewhere now, or its picture does. Raises Stale."""
    stood = before(shown, "version", "state")
    for name, value in told.items():
        setattr(shown, name, value)
    shown.version += 1
    keep(by.act(ROOM, "amend", region=shown.region), subject=shown, changed=(stood, (*told, "version")))


def look(shown: Device, by: By, *, alarm: UUID) -> None:
    """That somebody has it shown stands in the ledger before they see anything."""
    row = Look(
        id=mint(by.at), county=shown.county, region=shown.region, salt=salt(), camera=shown.id, alarm=alarm,
        actor=by.actor, post=by.post, at=by.at,
    )  # fmt: skip
    keep(by.act(ROOM, "look", region=shown.region), subject=row)


def looks_for(counties: Sequence[str], alarm: UUID, *, limit: int | None) -> list[Look]:
    """Who had which camera shown because of an alarm, the last one first."""
    return list(Look.objects.filter(county__in=counties, alarm=alarm).order_by("-at", "-id")[:limit])


def count_looks_for(counties: Sequence[str], alarm: UUID) -> int:
    return Look.objects.filter(county__in=counties, alarm=alarm).count()


def places_of(counties: Sequence[str], cameras: Collection[UUID]) -> Mapping[UUID, str]:
    """Where some cameras stand, also those that are no more."""
    rows = Device.objects.filter(county__in=counties, id__in=cameras) if cameras else Device.objects.none()
    return dict(rows.values_list("id", "place"))


def _cameras(pieces: Sequence[Piece]) -> Any:
    return Device.objects.filter(seen(pieces), kind=CAMERA, state="in_use")
