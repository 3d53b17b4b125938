"""Devices of the cast's street and what they say, in real frames sorted as the gateway does."""

from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from shouwang.domains.devices.models import Device
from shouwang.domains.devices.receiving import keep_received
from shouwang.domains.devices.services import By, register_devices
from shouwang.domains.ledger.minting import mint, salt
from shouwang.flows.follow_signals import follow
from shouwang.flows.import_devices import ENTER
from shouwang.flows.sight import pack
from shouwang.gateways.gb26875.sorting import Sender, sort
from shouwang.kernel.gb26875.frames import Command, Frame, encode, label_of, whole
from shouwang.kernel.gb26875.layouts import unit
from shouwang.kernel.gb26875.profiles import STRICT
from tests.cast import COUNTY, GRID

FIRE, NORMAL, FAULT, MAINS, TEST_FIRE = 0x0003, 0x0001, 0x0005, 0x09, 0x0002
SMOKE, GAS, CALL_POINT = 40, 10, 23
SERIALS = count()
SECOND = timedelta(seconds=1)


def fit(  # noqa: PLR0913
    address: str = "889",
    *,
    region: str = GRID,
    at: datetime,
    place: str = "海兰路17号",
    household: UUID | None = None,
    kind: str = "smoke_alarm",
    point: tuple[float, float] | None = None,
) -> Device:
    """A device hangs there."""
    device = Device(
        id=mint(at), county=region[:6], region=region, salt=salt(), kind=kind, way="gb26875", address=address,
        profile="", place=place, household=household, entered_at=at,
        lon=point[0] if point else None, lat=point[1] if point else None,
    )  # fmt: skip
    by = By(actor=None, post="", at=at, pack=pack().version, clause=pack().actions[ENTER], zone=pack().zone, counted="")
    register_devices([device], by, region=region, object_id=mint(at))
    return device


def component(status: int, *, component: int = SMOKE, number: int = 1, note: str = "", at: datetime) -> bytes:
    return unit(2, [{
        "system": 1, "system_address": 1, "component": component, "address": number.to_bytes(4, "little").hex(),
        "status": status, "note": note, "time": at,
    }])  # fmt: skip


def transmitter(status: int, *, at: datetime) -> bytes:
    return unit(21, [{"status": status, "time": at}])


def reset(*, at: datetime) -> bytes:
    return unit(4, [{"system": 1, "system_address": 1, "operation": 1, "operator": 1, "time": at}])


def wired(address: str, data: bytes, *, at: datetime) -> bytes:
    """A frame as it comes over the wire."""
    return encode(Frame(next(SERIALS) % 65536, Command.SEND, int(address), 1, label_of(at), data))


def received(device: Device, data: bytes, *, at: datetime) -> list:
    sender = Sender(county=device.county, region=device.region, device=device.id, profile=STRICT)
    return sort(whole(wired(device.address, data, at=at)), sender, now=at).keep


def say(device: Device, *data: bytes, at: datetime) -> None:
    """The device says so, and it is kept as the gateway keeps it."""
    kept = [one for part in data for one in received(device, part, at=at)]
    keep_received(device.county, kept, way="gb26875", region=device.county, at=at, pack=pack().version)


def ring(device: Device, status: int = FIRE, *, at: datetime, **more: object) -> None:
    """It says so, and what follows signals has heard it."""
    say(device, component(status, at=at, **more), at=at)
    follow(county=COUNTY, now=at)


