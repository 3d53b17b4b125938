"""Channels of an office (通知渠道): added by whoever sits at the alarm desk of a county or the prefecture.

What opens a channel is sealed the moment it is saved and shown to nobody again; to change it, another one is added.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _

from shouwang.domains.areas.pieces import within
from shouwang.domains.areas.queries import counties_of
from shouwang.domains.duties import deliveries
from shouwang.domains.duties.models import Delivery
from shouwang.domains.ledger.idempotency import done_before, key_row
from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.contacts import (
    add_contact,
    contacts_of_ids,
    end_contact,
    office_channels,
    pause_contact,
)
from shouwang.domains.people.models import Contact
from shouwang.kernel.codes import Level, county_of, covered, is_region, level_of
from shouwang.rules.outside import is_mail_address, on_the_outside
from shouwang.rules.telling import CHOICES, PARTS, TRIAL

from .alarm_sight import HANDLING
from .households_sight import secret_mark
from .refusal import Moved, NotSeen, Unfit, key_fault, too_long
from .sight import administering, areas_for, spelt_out

OFFICES = (Level.COUNTY, Level.PREFECTURE)
AT_ONCE, RECEIPTS = 30, 20
LONGEST = {"label": 40, "url": 1000, "secret": 200, "to": 200}


@dataclass(frozen=True, kw_only=True)
class NewChannel:
    """What is told of a channel; `told` names what it hears of. `key` is minted where it was entered."""

    key: str
    kind: str
    region: str
    label: str
    told: Sequence[str]
    parts: Mapping[str, str]


def channel_areas(actor: Actor) -> list[str]:
    """The counties and prefectures of whose alarm desk the person is."""
    return [one for one in areas_for(actor, HANDLING) if level_of(one) in OFFICES]


def channels(actor: Actor, *, after: UUID | None) -> Sequence[Contact]:
    """One more than a page shows, where there are more."""
    return office_channels(within(spelt_out(channel_areas(actor))), after=after, limit=AT_ONCE + 1)


def last_of(contact: Contact) -> Sequence[Delivery]:
    """What was sent there last, the newest first."""
    return deliveries.receipts(_sent_from([contact]), contact.id, limit=RECEIPTS)


def last_of_each(some: Sequence[Contact]) -> Mapping[UUID, Delivery]:
    """{channel: what was sent there last}."""
    return deliveries.last_receipts(_sent_from(some), [one.id for one in some])


def _sent_from(some: Sequence[Contact]) -> set[str]:
    """What goes to a prefecture stands with its counties."""
    own = {one.county for one in some}
    wide = [one for one in own if level_of(one) is not Level.COUNTY]
    return own.union(*(counties_of(one) for one in wide))


def channel(actor: Actor, county: str, contact_id: UUID) -> Contact:
    """Raises NotSeen."""
    found = contacts_of_ids([county], [contact_id]).get(contact_id)
    if found is None or found.person is not None or not covered(channel_areas(actor), found.region):
        raise NotSeen(str(contact_id))
    return found


def add_channel(actor: Actor, asked: NewChannel, *, now: datetime) -> Contact:
    """Raises NotSeen, Unfit, KeyReused."""
    if not channel_areas(actor):
        raise NotSeen(asked.region)
    _check(actor, asked)
    names = {name.rstrip("?") for name in PARTS[asked.kind]}
    parts = {name: value for name, value in asked.parts.items() if value and name in names}
    found = mint(now)
    said = {"kind": asked.kind, "region": asked.region, "told": list(asked.told), "label": asked.label, **parts}
    fingerprint = secret_mark("channel", said)
    told = {"actor": actor.id, "fingerprint": fingerprint, "object_id": found, "at": now}
    key, by = key_row(asked.key, region=asked.region, **told), administering(actor, HANDLING, asked.region, now=now)
    try:
        return add_contact(
            asked.kind, parts, by=by, at=now, region=asked.region, label=asked.label, told=asked.told, also=[key],
            found=found,
        )  # fmt: skip
    except IntegrityError:
        county = county_of(asked.region)
        done = done_before(asked.key, county=county, actor=actor.id, fingerprint=fingerprint)
        if done is None:
            raise
        return channel(actor, county, done)


def pause_channel(actor: Actor, county: str, contact_id: UUID, *, paused: bool, now: datetime) -> None:
    """Raises NotSeen, Moved."""
    found = channel(actor, county, contact_id)
    if (found.paused_at is not None) == paused:
        return
    try:
        pause_contact(found, paused=paused, by=administering(actor, HANDLING, found.region, now=now), at=now)
    except Stale:
        raise Moved(str(contact_id)) from None


def end_channel(actor: Actor, county: str, contact_id: UUID, *, now: datetime) -> None:
    """Nothing more goes there. Raises NotSeen, Moved."""
    found = channel(actor, county, contact_id)
    try:
        end_contact(found, by=administering(actor, HANDLING, found.region, now=now), at=now)
    except Stale:
        raise Moved(str(contact_id)) from None


def try_channel(actor: Actor, county: str, contact_id: UUID, *, now: datetime) -> None:
    """A word of trial goes the way every notice goes; its receipt tells the rest. Raises NotSeen."""
    found = channel(actor, county, contact_id)
    # What goes to a prefecture stands with one of its counties, like all that is sent.
    place = (counties_of(county) or [county])[-1]
    region = found.region if county_of(found.region) == place else place
    deliveries.plan(place, [(mint(now), found.id, TRIAL, region, now)], now=now)


def _check(actor: Actor, asked: NewChannel) -> None:
    faults = {
        name: fault
        for name, most in LONGEST.items()
        if (fault := too_long(asked.label if name == "label" else asked.parts.get(name, ""), most))
    }
    if fault := key_fault(asked.key):
        faults["key"] = fault
    if not is_region(asked.region) or not covered(channel_areas(actor), asked.region):
        faults["region"] = _("Choose the place.")
    if asked.kind not in PARTS:
        faults["kind"] = _("Choose one of these.")
    else:
        faults = _wrong(asked.parts, PARTS[asked.kind]) | faults
    if not asked.label:
        faults.setdefault("label", _("Give it a name by which others know it."))
    if not asked.told or set(asked.told) - set(CHOICES):
        faults["told"] = _("Choose at least one thing it is told of.")
    if faults:
        raise Unfit(faults)


def _wrong(parts: Mapping[str, str], needed: Collection[str]) -> dict[str, str]:
    """What is wrong with the address, by part."""
    faults = {name: _("This is needed.") for name in needed if not name.endswith("?") and not parts.get(name)}
    url = parts.get("url", "")
    if url and "url" in needed and not on_the_outside(url, inner=settings.CHANNEL_INNER_HOSTS):
        faults["url"] = _("An address begins with https:// and names a server on the outside.")
    to = parts.get("to", "")
    if "to" in needed and to and not is_mail_address(to):
        faults["to"] = _("This is no mail address.")
    return faults
