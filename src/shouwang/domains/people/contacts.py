"""Where somebody or an office is reached (通知渠道): the address is sealed; a few signs of it tell it from others."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from shouwang.domains.ledger.acts import Act, before, keep
from shouwang.domains.ledger.minting import mint, salt
from shouwang.kernel.codes import county_of

from .crypto import decrypt, encrypt
from .models import Contact, Person
from .services import By

SHOWN = 4
ENDED = ("ended_at", "version")


def add_contact(
    kind: str,
    address: Mapping[str, str],
    *,
    by: By,
    at: datetime,
    person: Person | None = None,
    region: str = "",
    quiet: tuple[int, int] | None = None,
) -> Contact:
    """Of a person, or of the office of a region that nobody in particular reads."""
    found = Contact(
        id=mint(at), county=person.county if person else county_of(region), region=person.region if person else region,
        salt=salt(), person=person.id if person else None, kind=kind, hint=_hint(address), made_at=at,
        quiet_from=quiet[0] if quiet else None, quiet_until=quiet[1] if quiet else None,
    )  # fmt: skip
    found.address = encrypt(json.dumps(dict(address), sort_keys=True).encode(), bound_to=found.id.bytes)
    keep(_act("add_contact", found, by=by, at=at), subject=found)
    return found


def end_contact(contact: Contact, *, by: By, at: datetime) -> None:
    """Nothing more goes there. Raises Stale."""
    stood = before(contact, "version")
    contact.ended_at, contact.version = at, contact.version + 1
    keep(_act("end_contact", contact, by=by, at=at), subject=contact, changed=(stood, ENDED))


def address_of(contact: Contact) -> dict[str, str]:
    """Raises Unreadable."""
    found: dict[str, str] = json.loads(decrypt(bytes(contact.address), bound_to=contact.id.bytes))
    return found


def contacts_in(counties: Collection[str]) -> list[Contact]:
    return list(Contact.objects.filter(county__in=counties, ended_at=None).order_by("id"))


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
