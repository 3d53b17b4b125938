"""Acts on the register of devices: each is one transaction and one ledger line, with its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from shouwang.domains.ledger import acts
from shouwang.domains.ledger.acts import before, keep
from shouwang.domains.ledger.models import Evidence

from .events import announced, taken_down
from .models import Device

ROOM = "devices"
CHANGED = ("state", "tested_on", "version")


@dataclass(frozen=True, kw_only=True)
class By(acts.By):
    """Who acts, and what the pack says of it; `counted`: the record type that counts devices."""

    zone: ZoneInfo
    counted: str


def register_devices(devices: Sequence[Device], by: By, *, region: str, object_id: UUID) -> None:
    """Enter new devices of one county, under one line. Raises IntegrityError for an address that has a device."""
    enclosed = [one for device in devices for one in _proof(device, by)]
    acts.keep_many(by.act(ROOM, "register", region=region), object_id=object_id, subjects=devices, enclosed=enclosed)


def test_device(device: Device, by: By, *, on: date) -> None:
    """A device was tried out and rang. Raises Stale."""
    stood = before(device, "version")
    device.tested_on, device.version = on, device.version + 1
    _change("test", device, by, stood, [*_proof(device, by)])


def retire_device(device: Device, by: By) -> None:
    """A device hangs no longer. Raises Stale."""
    stood = before(device, "version", "state")
    device.state, device.version = "retired", device.version + 1
    _change("retire", device, by, stood, [*taken_down(device, at=by.at, counted=by.counted)])


def _change(name: str, device: Device, by: By, stood: acts.Before, enclosed: list[Evidence]) -> None:
    keep(by.act(ROOM, name, region=device.region), subject=device, changed=(stood, CHANGED), enclosed=enclosed)


def _proof(device: Device, by: By) -> list[Evidence]:
    return list(announced(device, at=by.at, zone=by.zone, counted=by.counted))
