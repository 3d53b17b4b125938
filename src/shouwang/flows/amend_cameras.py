"""A camera that is entered anew with another place, position or picture (摄像头变更): what is said now stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shouwang.domains.devices.cameras import amend_camera, cameras_numbered
from shouwang.domains.devices.models import Device
from shouwang.domains.devices.queries import in_use_at
from shouwang.domains.devices.services import By
from shouwang.kernel.codes import covers

from .camera_cells import VIDEO

Name = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Again:
    """A row of a table that is about a camera of the register, and what it says otherwise of it."""

    number: int
    camera: Device
    told: Mapping[str, object]


def named(device: Device) -> Name:
    """What tells devices apart that speak the same way: each system numbers its cameras for itself."""
    return (device.operator if device.way == VIDEO else "", device.address)


def here_already(county: str, way: str, devices: Iterable[Device]) -> Mapping[Name, Device | None]:
    """Those of some devices that are on the register; cameras as they stand there."""
    numbers = [device.address for device in devices]
    if way == VIDEO:
        return {named(one): one for one in cameras_numbered(county, way, numbers)}
    return dict.fromkeys(("", address) for address in in_use_at(county, way, numbers))


def said_anew(here: Mapping[Name, Device | None], rows: Sequence[tuple[int, Device]]) -> list[Again]:
    found = []
    for number, device in rows:
        camera = here.get(named(device))
        if camera is not None and (told := _otherwise(camera, device)):
            found.append(Again(number=number, camera=camera, told=told))
    return found


def amend(again: Again, by: By) -> None:
    """Raises Stale."""
    amend_camera(again.camera, by, told=again.told)


def _otherwise(here: Device, said: Device) -> Mapping[str, object]:
    """What was left out says nothing, and neither does an area around the one that is known."""
    told: dict[str, object] = {"place": said.place}
    if said.link:
        told["link"] = said.link
    if said.lon is not None:
        told |= {"lon": said.lon, "lat": said.lat}
    if not covers(said.region, here.region):
        told["region"] = said.region
    return {name: value for name, value in told.items() if value != getattr(here, name)}
