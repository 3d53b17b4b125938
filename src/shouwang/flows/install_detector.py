"""A detector is fitted in a home (安装报警器): known by its door mark; it proves by itself that it hangs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.devices.models import Device, Link
from shouwang.domains.devices.queries import hanging_in, heard_of, in_use_at
from shouwang.domains.devices.services import By, fit_device
from shouwang.domains.households.models import Home
from shouwang.domains.households.queries import one as one_home
from shouwang.domains.ledger.idempotency import done_before, key_row
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.people.actor import Actor
from shouwang.kernel.decision import Decision, Reason
from shouwang.kernel.digest import seal
from shouwang.policy import Pack
from shouwang.rules.device_hearing import silent_from

from .households_sight import home_sight
from .refusal import NotSeen, Refused, Unfit, key_fault, too_long
from .sight import pack_for, post_with

ENTER, SITES = "records.enter", ("rural_home", "old_compound", "nine_small", "other")
KINDS = ("smoke_alarm", "gas_alarm", "sprinkler", "electrical_monitor")
OPERATOR = "operator"
LONGEST = {"address": 40, "installer": 80}


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """What is told of a device at a home: `address` where it speaks by itself, `rang` that it was tried out."""

    key: str
    kind: str
    on: date | None
    address: str = ""
    installer: str = ""
    rang: bool = False


@dataclass(frozen=True, kw_only=True)
class Hanging:
    """A device in a home, when it was last heard, and whether it fell silent or is past its days."""

    device: Device
    link: Link | None
    silent: bool
    ended: bool


def install_detector(actor: Actor, home_id: UUID, told: Fitted, *, now: datetime) -> UUID:
    """Raises NotSeen, Unfit, Refused, KeyReused."""
    home = one_home(home_sight(actor), home_id)
    if home is None:
        raise NotSeen(str(home_id))
    _check(told, now=now)
    by = device_by(actor, home.region, pack=pack_for(home.region, now=now), now=now)
    way, found = OPERATOR if told.address else "", mint(now)
    device = Device(
        id=found, county=home.county, region=home.region, salt=salt(), kind=told.kind, way=way, address=told.address,
        place=home.mark, site=site_of(home), household=home.id, installed_on=told.on, installer=told.installer,
        tested_on=told.on if told.rang else None, entered_at=now,
    )  # fmt: skip
    said = {**vars(told), "on": str(told.on), "home": str(home.id)}
    said.pop("key")
    fingerprint = seal(b"detector", said)
    key = key_row(told.key, region=home.region, actor=actor.id, fingerprint=fingerprint, object_id=found, at=now)
    try:
        fit_device(device, by, also=[key])
    except IntegrityError:
        done = done_before(told.key, county=home.county, actor=actor.id, fingerprint=fingerprint)
        if done is None and in_use_at(home.county, way, [told.address]):
            raise Unfit({"address": _("Another device has this address already.")}) from None
        if done is None:
            raise
        return done
    return found


def detectors_in(home: Home, *, now: datetime) -> Sequence[Hanging]:
    """What hangs in a home that the caller may see, in two statements."""
    devices = hanging_in(home.county, [home.id])
    links, today = heard_of(home.county, [one.id for one in devices]), timezone.localdate(now)
    return [_hanging(one, links.get(one.id), now, today) for one in devices]


def device_by(actor: Actor, region: str, *, pack: Pack, now: datetime) -> By:
    """The post by which a person keeps devices. Raises Refused."""
    batch, post = pack.wiring.records.devices, post_with(actor, ENTER, region, pack=pack)
    if post is None:
        raise Refused(Decision(False, (Reason("not_held", {"action": ENTER}),), (pack.actions[ENTER],)))
    return By(
        actor=actor.id, post=post.kind, at=now, pack=pack.version, clause=pack.records[batch].row if batch else "",
        zone=ZoneInfo(settings.TIME_ZONE), counted=batch,
    )  # fmt: skip


def site_of(home: Home) -> str:
    return home.kind if home.kind in SITES else "other"


def address_fault(address: str) -> str:
    """Why this is no address; nothing where it is one."""
    return "" if address.isascii() and address.isalnum() else _("An address is made of letters and digits.")


def _hanging(device: Device, link: Link | None, now: datetime, today: date) -> Hanging:
    gone = silent_from(link.heard_at, link.beat) if link else None
    ended = device.ends_on is not None and device.ends_on < today
    return Hanging(device=device, link=link, silent=gone is not None and gone < now, ended=ended)


def _check(told: Fitted, *, now: datetime) -> None:
    faults = {name: fault for name, most in LONGEST.items() if (fault := too_long(getattr(told, name), most))}
    if fault := key_fault(told.key):
        faults["key"] = fault
    if told.kind not in KINDS:
        faults["kind"] = _("This kind of device is not known.")
    if told.address and (fault := address_fault(told.address)):
        faults.setdefault("address", fault)
    if told.on is None:
        faults["on"] = _("A day is written 2026-11-26.")
    elif told.on > timezone.localdate(now):
        faults["on"] = _("This day has not come yet.")
    if faults:
        raise Unfit(faults)
