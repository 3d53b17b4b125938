"""Asking devices (下行指令): an order is kept before it is sent; the signals that answer it tell what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from shouwang.domains.ledger.acts import Act, keep_batch
from shouwang.domains.ledger.minting import mint, salt

from .models import Device, Order, Signal

ACTS = ("read", "clock", "duty_check")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An order as a gateway needs it."""

    id: UUID
    county: str
    region: str
    device: UUID
    address: str
    act: str
    minutes: int | None
    at: datetime


def ask(
    device: Device,
    act: str,
    *,
    minutes: int | None,
    actor: UUID,
    post: str,
    at: datetime,
    pack: str,
    clause: str,
) -> Order:
    """Keep what a device is asked; the gateway finds it there."""
    order = Order(
        id=mint(at), county=device.county, region=device.region, salt=salt(), device=device.id,
        address=device.address, act=act, minutes=minutes, actor=actor, at=at,
    )  # fmt: skip
    line = Act(
        room="devices",
        name="ask",
        region=device.region,
        at=at,
        pack=pack,
        actor=actor,
        post=post,
        clause=clause,
    )
    keep_batch(line, object_id=order.id, kind=Order._meta.label, items=[order.id.bytes], enclosed=[order])
    return order


def asked_since(moment: datetime, *, counties: Sequence[str]) -> list[Asked]:
    """Orders since a moment that no signal answers yet, oldest first."""
    answered = Signal.objects.filter(county=OuterRef("county"), answers=OuterRef("id"))
    rows = Order.objects.filter(~Exists(answered), county__in=counties, at__gte=moment)
    return [
        Asked(
            id=row.id, county=row.county, region=row.region, device=row.device, address=row.address, act=row.act,
            minutes=row.minutes, at=row.at,
        )
        for row in rows.order_by("at", "id")
    ]  # fmt: skip
