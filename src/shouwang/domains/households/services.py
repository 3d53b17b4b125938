"""Acts of the register: each is one transaction and one ledger line; no line says who."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models

from shouwang.domains.ledger.acts import Act, before, keep
from shouwang.domains.ledger.minting import mint, salt
from shouwang.kernel.codes import county_of

from .models import Home, Resident, Unmasking
from .sealed_fields import ADDRESS, TOLD, Told, sealed

ROOM = "households"
GONE = ("home", "group", TOLD, "consent", "keep_until", "forgotten_at")


@dataclass(frozen=True, kw_only=True)
class By:
    """Whose act, by which post, on which ground; nobody's where the house itself acts."""

    actor: UUID | None
    post: str
    at: datetime
    pack: str
    clause: str


def register_home(
    found: UUID, region: str, mark: str, *, kind: str, groups: Sequence[str], address: Told, by: By,
    also: Sequence[models.Model] = (),
) -> Home:  # fmt: skip
    """A home under a minted id. Raises IntegrityError where the mark is taken or the key was used."""
    assert by.actor is not None
    home = Home(
        id=found, county=county_of(region), region=region, salt=salt(), mark=mark, kind=kind, groups=list(groups),
        address=sealed(found, ADDRESS, address), entered_by=by.actor, entered_at=by.at,
    )  # fmt: skip
    keep(act_of("register_home", region, by), subject=home, also=also)
    return home


def register_person(
    found: UUID, home: Home, group: str, *, told: Told, consent: str, keep_until: date, by: By,
    also: Sequence[models.Model] = (),
) -> Resident:  # fmt: skip
    """A person under a minted id. Raises IntegrityError where the key was used."""
    person = Resident(
        id=found, county=home.county, region=home.region, salt=salt(), home=home, group=group,
        told=sealed(found, TOLD, told), consent=consent, keep_until=keep_until,
    )  # fmt: skip
    keep(act_of("register_person", home.region, by), subject=person, also=also)
    return person


def amend_person(person: Resident, *, group: str, told: Told, consent: str, keep_until: date, by: By) -> None:
    """Raises Stale where somebody else changed it first."""
    stood = before(person, TOLD)
    person.group, person.consent, person.keep_until = group, consent, keep_until
    person.told = sealed(person.id, TOLD, told)
    fields = ("group", TOLD, "consent", "keep_until")
    keep(act_of("amend_person", person.region, by), subject=person, changed=(stood, fields))


def unmask(person: Resident, fields: Sequence[str], *, reason: str, by: By) -> None:
    """Keep that somebody read sealed fields in clear, and why."""
    assert by.actor is not None
    looked = Unmasking(
        id=mint(by.at), county=person.county, region=person.region, salt=salt(), resident=person.id,
        fields=sorted(fields), reason=reason, actor=by.actor, post=by.post, at=by.at,
    )  # fmt: skip
    keep(act_of("unmask", person.region, by), subject=looked)


def forget(person: Resident, *, by: By) -> None:
    """Leave a tombstone (删除): that somebody stood here, in which area, and when that ended. Raises Stale."""
    stood = before(person, TOLD)
    person.home, person.group, person.told, person.consent = None, "", b"", ""
    person.keep_until, person.forgotten_at = None, by.at
    keep(act_of("forget", person.region, by), subject=person, changed=(stood, GONE))


def act_of(name: str, region: str, by: By) -> Act:
    return Act(
        room=ROOM, name=name, region=region, at=by.at, pack=by.pack, actor=by.actor, post=by.post, clause=by.clause
    )
