"""What the devices room announces as evidence: which devices hang in a home or place now, and that one was tested."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.models import Evidence

from .models import Device

INSTALLED, TESTED = "device.installed", "device.tested"
ROOM = "devices"
# Hangs where it always hung and protects nobody by itself: it proves nothing of what was fitted.
CAMERA = "camera"


def about(device: Device) -> UUID:
    """What a device proves something of: the home it hangs in, else the device itself."""
    return device.household or device.id


def standing(
    one: Device, hanging: Sequence[Device], *, amends: bool, at: datetime, zone: ZoneInfo
) -> Evidence:
    """What hangs where `one` does (or did), written anew at every change: the kinds that were tried out and rang, or
    all of them while none was. It holds since the last kind came, so that no later kind counts as an earlier one."""
    days = {device: device.installed_on for device in hanging if device.installed_on is not None}
    rang = [device for device in days if device.tested_on is not None]
    told = rang or list(days)
    if not told:
        return _about(INSTALLED, one, at=at, occurred=at, facts={"device": [], "withdrawn": True})
    first: dict[str, date] = {}
    for device in told:
        first[device.kind] = min(first.get(device.kind, days[device]), days[device])
    facts = {"device": sorted(first), "tested": bool(rang)} | ({"amends": True} if amends else {})
    return _about(INSTALLED, one, at=at, occurred=_noon(max(first.values()), zone), facts=facts)


def announced(device: Device, *, at: datetime, zone: ZoneInfo, counted: str) -> Iterator[Evidence]:
    """That a device was tested and, where the pack counts what was fitted in a type of record, one of those."""
    if device.installed_on is None or device.kind == CAMERA:
        return
    tested, occurred = device.tested_on is not None, _noon(device.installed_on, zone)
    if counted:
        facts = {"device": device.kind, "place": device.site or "other", "number": 1, "tested": tested}
        yield _record(counted, device, at=at, occurred=occurred, facts=facts)
    if device.tested_on is not None:
        facts = {"device": device.kind}
        yield _about(TESTED, device, at=at, occurred=_noon(device.tested_on, zone), facts=facts)


def taken_down(device: Device, *, at: datetime, counted: str) -> Iterator[Evidence]:
    """A device hangs no longer: it is counted no longer."""
    if device.installed_on is not None and counted and device.kind != CAMERA:
        yield _record(counted, device, at=at, occurred=at, facts={"device": device.kind, "withdrawn": True})


def _record(counted: str, device: Device, *, at: datetime, occurred: datetime, facts: dict[str, object]) -> Evidence:
    return evidence(
        f"record.{counted}", subject=device.id, region=device.region, room=ROOM, at=at,
        occurred_at=min(occurred, at), facts=facts,
    )  # fmt: skip


def _about(kind: str, device: Device, *, at: datetime, occurred: datetime, facts: dict[str, object]) -> Evidence:
    return evidence(
        kind, subject=about(device), region=device.region, room=ROOM, at=at, occurred_at=min(occurred, at), facts=facts
    )


def _noon(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(12), tzinfo=zone)
