"""What the devices room announces as evidence: a device was fitted, a device was tested."""

from collections.abc import Iterator
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.models import Evidence

from .models import Device

INSTALLED, TESTED = "device.installed", "device.tested"
ROOM = "devices"


def announced(device: Device, *, at: datetime, zone: ZoneInfo, counted: str) -> Iterator[Evidence]:
    """That a device hangs, at the home it was given to; and, where the pack counts what was fitted in
    a type of record, as one of those."""
    if device.installed_on is None:
        return
    tested = device.tested_on is not None
    occurred = _noon(device.installed_on, zone)
    yield _about(
        INSTALLED, device, device.household or device.id, at=at, occurred=occurred,
        facts={"device": device.kind, "tested": tested},
    )  # fmt: skip
    if counted:
        facts = {"device": device.kind, "place": device.site or "other", "number": 1, "tested": tested}
        yield _about(f"record.{counted}", device, device.id, at=at, occurred=occurred, facts=facts)
    if device.tested_on is not None:
        yield _about(
            TESTED, device, device.household or device.id, at=at, occurred=_noon(device.tested_on, zone),
            facts={"device": device.kind},
        )  # fmt: skip


def taken_down(device: Device, *, at: datetime, counted: str) -> Iterator[Evidence]:
    """A device hangs no longer: what it proved holds no longer."""
    if device.installed_on is None:
        return
    gone: dict[str, object] = {"device": device.kind, "withdrawn": True}
    yield _about(INSTALLED, device, device.household or device.id, at=at, occurred=at, facts=gone)
    if counted:
        yield _about(f"record.{counted}", device, device.id, at=at, occurred=at, facts=gone)


def _about(
    kind: str, device: Device, subject: UUID, *, at: datetime, occurred: datetime, facts: dict[str, object]
) -> Evidence:
    return evidence(
        kind,
        subject=subject,
        region=device.region,
        room=ROOM,
        at=at,
        occurred_at=min(occurred, at),
        facts=facts,
    )


def _noon(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(12), tzinfo=zone)
