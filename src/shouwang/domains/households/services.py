"""Acts of the register: each is one transaction and one ledger line; no line says who."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import models

from shouwang.domains.ledger.acts import By, before, keep
from shouwang.domains.ledger.minting import mint, salt
from shouwang.kernel.codes import county_of

from .models import Home, Resident, Unmasking
from .sealed_fields import ADDRESS, SEALS, TOLD

Told = Mapping[str, str]
ROOM = "households"
GONE = ("home", "group", TOLD, "consent", "keep_until", "forgotten_at")


def register_home(
    found: UUID, region: str, mark: str, *, kind: str, groups: Sequence[str], address: Told, by: By,
    also: Sequence[models.Model] = (),
) -> Home:  # fmt: skip
    """A home under a minted id. Raises IntegrityError where the mark is taken or the key was used."""
    assert by.actor is not None
    home = Home(
        id=found, county=county_of(region), region=region, salt=salt(), mark=mark, kind=kind, groups=list(groups),
        address=SEALS.seal(found, ADDRESS, address), entered_by=by.actor, entered_at=by.at,
    )  # fmt: skip
    keep(by.act(ROOM, "register_home", region=region), subject=home, also=also)
    return home


def register_person(
    found: UUID, home: Home, group: str, *, told: Told, consent: str, keep_until: date, by: By,
    also: Sequence[models.Model] = (),
) -> Resident:  # fmt: skip
    """A person under a minted id. Raises IntegrityError where the key was used."""
    person = Resident(
        id=found, county=home.county, region=home.region, salt=salt(), home=home, group=group,
        told=SEALS.seal(found, TOLD, told), consent=consent, keep_until=keep_until,
    )  # fmt: skip
    keep(by.act(ROOM, "register_person", region=home.region), subject=person, also=also)
    return person


def amend_person(person: Resident, *, group: str, told: Told, consent: str, keep_until: date, by: By) -> None:
    """Raises Stale where somebody else changed it first."""
    stood = before(person, TOLD)
    person.group, person.consent, person.keep_until = group, consent, keep_until
    person.told = SEALS.seal(person.id, TOLD, told)
    fields = ("group", TOLD, "consent", "keep_until")
    keep(by.act(ROOM, "amend_person", region=person.region), subject=person, changed=(stood, fields))


def unmask(person: Resident, fields: Sequence[str], *, reason: str, by: By) -> None:
    """Keep that somebody read sealed fields in clear, and why."""
    assert by.actor is not None
    looked = Unmasking(
        id=mint(by.at), county=person.county, region=person.region, salt=salt(), resident=person.id,
        fields=sorted(fields), reason=reason, actor=by.actor, post=by.post, at=by.at,
    )  # fmt: skip
    keep(by.act(ROOM, "unmask", region=person.region), subject=looked)


def forget(person: Resident, *, by: By) -> None:
    """Leave a tombstone (删除): that somebody stood here, in which area, and when that ended. Raises Stale."""
    stood = before(person, TOLD)
    person.home, person.group, person.told, person.consent = None, "", b"", ""
    person.keep_until, person.forgotten_at = None, by.at
    keep(by.act(ROOM, "forget", region=person.region), subject=person, changed=(stood, GONE))
