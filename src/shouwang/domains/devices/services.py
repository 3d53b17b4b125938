"""Acts on the register of devices: each is one transaction and one ledger line, with its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models, transaction

from shouwang.domains.ledger import acts
from shouwang.domains.ledger.acts import before, keep
from shouwang.domains.ledger.alone import Task, in_turn
from shouwang.domains.ledger.models import Evidence

from .events import CAMERA, about, announced, standing, taken_down
from .models import Device
from .queries import hanging_in

ROOM = "devices"
CHANGED = ("state", "tested_on", "version")


@dataclass(frozen=True, kw_only=True)
class By(acts.By):
    """Who acts, and what the pack says of it; `counted`: the record type that counts devices."""

    zone: ZoneInfo
    counted: str


def register_devices(devices: Sequence[Device], by: By, *, region: str, object_id: UUID) -> None:
    """Enter new devices of one county, under one line. Raises IntegrityError for an address that has a device."""
    with transaction.atomic():
        enclosed = [*_proofs(devices, by), *_standing(devices, by)]
        act = by.act(ROOM, "register", region=region)
        acts.keep_many(act, object_id=object_id, subjects=devices, enclosed=enclosed)


def fit_device(device: Device, by: By, *, also: Sequence[models.Model] = ()) -> None:
    """Enter one device where it was fitted. Raises IntegrityError where the address or the key was used."""
    with transaction.atomic():
        enclosed = [*_proofs([device], by), *_standing([device], by)]
        keep(by.act(ROOM, "fit", region=device.region), subject=device, enclosed=enclosed, also=also)


def test_device(device: Device, by: By, *, on: date) -> None:
    """A device was tried out and rang. Raises Stale."""
    stood = before(device, "version")
    device.tested_on, device.version = on, device.version + 1
    with transaction.atomic():
        _change("test", device, by, stood, [*_proofs([device], by), *_standing([device], by)])


def retire_device(device: Device, by: By) -> None:
    """A device hangs no longer. Raises Stale."""
    stood = before(device, "version", "state")
    device.state, device.version = "retired", device.version + 1
    with transaction.atomic():
        gone = taken_down(device, at=by.at, counted=by.counted)
        _change("retire", device, by, stood, [*gone, *_standing([device], by)])


def _change(name: str, device: Device, by: By, stood: acts.Before, enclosed: list[Evidence]) -> None:
    keep(by.act(ROOM, name, region=device.region), subject=device, changed=(stood, CHANGED), enclosed=enclosed)


def _proofs(devices: Sequence[Device], by: By) -> list[Evidence]:
    return [one for device in devices for one in announced(device, at=by.at, zone=by.zone, counted=by.counted)]


def _standing(devices: Sequence[Device], by: By) -> list[Evidence]:
    """What hangs now wherever one of these does. Two who fit one home at once are told of each other."""
    dated = {about(device): device for device in devices if device.installed_on and device.kind != CAMERA}
    if not dated:
        return []
    county = devices[0].county
    in_turn(Task.FIT, county)
    before_it = hanging_in(county, list(dated))
    told = {about(device) for device in before_it} | {about(device) for device in devices if device.version > 1}
    hang: dict[UUID, list[Device]] = {}
    for device in {one.id: one for one in [*before_it, *devices]}.values():
        if device.state == "in_use":
            hang.setdefault(about(device), []).append(device)
    return [
        standing(one, hang.get(home, ()), amends=home in told, at=by.at, zone=by.zone) for home, one in dated.items()
    ]
