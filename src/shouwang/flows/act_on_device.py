"""Acting on a device (设备处置): it was tried out, it hangs no longer, or it is asked something over its wire."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from shouwang.domains.devices.events import CAMERA
from shouwang.domains.devices.models import Device
from shouwang.domains.devices.ordering import ACTS, ask
from shouwang.domains.devices.queries import one
from shouwang.domains.devices.services import retire_device, test_device
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor

from .install_detector import ENTER, device_by
from .refusal import Moved, NotSeen
from .see_devices import device_sight
from .sight import pack_of, posts_with

WIRE = "gb26875"


@dataclass(frozen=True)
class Open:
    """A device in sight, and what the person may do to it."""

    device: Device
    acts: tuple[str, ...]


def open_device(actor: Actor, device_id: UUID, *, now: datetime) -> Open:
    """Raises NotSeen."""
    device = one(device_sight(actor), device_id)
    if device is None:
        raise NotSeen
    pack = pack_of(device.county, now=now)
    if device.state != "in_use" or not posts_with(actor, ENTER, device.region, pack=pack):
        return Open(device, ())
    if device.kind == CAMERA:
        return Open(device, ("retire",))
    return Open(device, ("test", "retire", *(ACTS if device.way == WIRE and device.address else ())))


def act_on_device(actor: Actor, device_id: UUID, act: str, *, minutes: int = 10, now: datetime) -> Device:
    """Do one of the open acts. Raises NotSeen, Moved."""
    found = open_device(actor, device_id, now=now)
    if act not in found.acts:
        raise NotSeen
    device, pack = found.device, pack_of(found.device.county, now=now)
    by = device_by(actor, device.region, pack=pack, now=now)
    try:
        if act == "test":
            test_device(device, by, on=timezone.localdate(now))
        elif act == "retire":
            retire_device(device, by)
        else:
            wanted = min(max(minutes, 1), 255) if act == "duty_check" else None
            ask(device, act, minutes=wanted, actor=actor.id, post=by.post, at=now, pack=by.pack, clause=by.clause)
    except Stale:
        raise Moved from None
    return device
