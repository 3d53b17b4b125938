"""Where somebody or an office is reached (通知渠道): the address is sealed; a few signs of it tell it from others."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import models

from shouwang.domains.areas.pieces import Piece, seen
from shouwang.domains.ledger import acts
from shouwang.domains.ledger.acts import Act, before, keep
from shouwang.domains.ledger.minting import mint, salt
from shouwang.kernel.codes import county_of

from .crypto import decrypt, encrypt
from .models import Contact, Look, Person
from .services import By

SHOWN = 4
# What is rung up by a person; nothing is sent there.
PHONE = "phone"
# A new key seals the address anew and counts no version: whoever read before must read again.
STOOD = ("version", "address")
ENDED = ("ended_at", "address", "hint", "version")


def add_contact(
    kind: str,
    address: Mapping[str, str],
    *,
    by: By,
    at: datetime,
    person: Person | None = None,
    region: str = "",
    quiet: tuple[int, int] | None = None,
    label: str = "",
    told: Collection[str] = (),
    also: Sequence[models.Model] = (),
    found: UUID | None = None,
) -> Contact:
    """Of a person, or of the office of a region that nobody in particular reads; `found` is an id minted before."""
    made = Contact(
        id=found or mint(at), county=person.county if person else county_of(region),
        region=person.region if person else region,
        salt=salt(), person=person.id if person else None, kind=kind, hint=_hint(address), made_at=at,
        label=label, told=sorted(told),
        quiet_from=quiet[0] if quiet else None, quiet_until=quiet[1] if quiet else None,
    )  # fmt: skip
    made.address = encrypt(json.dumps(dict(address), sort_keys=True).encode(), bound_to=made.id.bytes)
    keep(_act("add_contact", made, by=by, at=at), subject=made, also=also)
    return made


def end_contact(contact: Contact, *, by: By, at: datetime) -> None:
    """Nothing more goes there, and where it was is forgotten. Raises Stale."""
    stood = before(contact, *STOOD)
    contact.ended_at, contact.version = at, contact.version + 1
    contact.address, contact.hint = b"", ""
    keep(_act("end_contact", contact, by=by, at=at), subject=contact, changed=(stood, ENDED))


def pause_contact(contact: Contact, *, paused: bool, by: By, at: datetime) -> None:
    """Nothing goes there for a while, or again from now on. Raises Stale."""
    stood = before(contact, *STOOD)
    contact.paused_at, contact.version = at if paused else None, contact.version + 1
    act = _act("pause_contact" if paused else "resume_contact", contact, by=by, at=at)
    keep(act, subject=contact, changed=(stood, ("paused_at", "version")))


def address_of(contact: Contact) -> dict[str, str]:
    """Raises Unreadable."""
    found: dict[str, str] = json.loads(decrypt(bytes(contact.address), bound_to=contact.id.bytes))
    return found


def contacts_in(counties: Collection[str]) -> list[Contact]:
    """Channels in use to which something is sent, those that are paused among them."""
    rows = Contact.objects.filter(county__in=counties, ended_at=None).exclude(kind=PHONE)
    return list(rows.order_by("id"))


def phones_of(county: str, people: Collection[UUID]) -> dict[UUID, Contact]:
    """{person: the telephone at work}."""
    rows = Contact.objects.filter(county=county, person__in=people, kind=PHONE, ended_at=None)
    return {one.person: one for one in rows.order_by("made_at", "id") if one.person}


def keep_look(contacts: Collection[Contact], *, purpose: str, about: UUID, region: str, by: acts.By) -> None:
    """Keep that somebody read these in clear, and what for."""
    assert by.actor is not None
    looked = Look(
        id=mint(by.at), county=county_of(region), region=region, salt=salt(), purpose=purpose, about=about,
        contacts=sorted(str(one.id) for one in contacts), actor=by.actor, post=by.post, at=by.at,
    )  # fmt: skip
    keep(replace(by.act("people", "unmask", region=region), reason=purpose), subject=looked)


def looks_about(county: str, about: UUID, *, limit: int) -> tuple[list[Look], int]:
    """Who read telephones because of something, the newest first, and how many looks there are besides."""
    rows = Look.objects.filter(county=county, about=about)
    found = list(rows.order_by("-at", "-id")[: limit + 1])
    return found[:limit], rows.count() - limit if len(found) > limit else 0


def office_channels(pieces: Sequence[Piece], *, after: UUID | None, limit: int) -> list[Contact]:
    """Channels of offices in use, the newest first."""
    rows = Contact.objects.filter(seen(pieces), person=None, ended_at=None).exclude(kind=PHONE)
    return list((rows.filter(id__lt=after) if after else rows).order_by("-id")[:limit])


def contacts_of_ids(counties: Collection[str], ids: Collection[UUID]) -> dict[UUID, Contact]:
    return {one.id: one for one in Contact.objects.filter(county__in=counties, id__in=ids, ended_at=None)}


def _act(name: str, contact: Contact, *, by: By, at: datetime) -> Act:
    return Act(
        room="people", name=name, region=contact.region, at=at, pack=by.pack, actor=by.actor, post=by.post
    )


def _hint(address: Mapping[str, str]) -> str:
    """Enough to know it again, too little to use it."""
    text = address.get("to") or address.get("url", "")
    return f"…{text[-SHOWN:]}" if len(text) > 2 * SHOWN else "…"
