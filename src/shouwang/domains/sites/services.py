"""Acts on places: each is one transaction and one ledger line; no line says who answers for one or who was taught."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import models

from shouwang.domains.areas.county_codes import new_code
from shouwang.domains.ledger.acts import By, before, keep, keep_many
from shouwang.domains.ledger.minting import mint, salt
from shouwang.kernel.codes import county_of

from .codes import CODE, CONTACT, PEOPLE, SEALS, Told, mark_of
from .events import ROOM, began, closed, registered, taught, verified, went_round
from .models import Printing, Round, Site, Taught
from .queries import RENEWING

Also = Sequence[models.Model]
AMENDED = ("mark", "name", "kind", CONTACT, "verified_at")


def register_site(
    found: UUID, region: str, mark: str, *, name: str, kind: str, contact: Told, crowded: bool, by: By, also: Also = ()
) -> Site:
    """A place under a minted id. Raises IntegrityError where the mark is taken or the key was used."""
    assert by.actor is not None
    code = new_code(county_of(region))
    site = Site(
        id=found, county=county_of(region), region=region, salt=salt(), mark=mark, name=name, kind=kind,
        contact=SEALS.seal(found, CONTACT, dict(contact)), door=mark_of(code), code=SEALS.seal(found, CODE, code),
        entered_by=by.actor, entered_at=by.at,
    )  # fmt: skip
    act = by.act(ROOM, "register", region=region)
    keep(act, subject=site, enclosed=[registered(site, crowded=crowded)], also=also)
    return site


def renew_code(site: Site, *, by: By) -> None:
    """The code of before opens nothing any more. Raises Stale where somebody else was first."""
    stood, code = before(site, "door"), new_code(site.county)
    site.door, site.code = mark_of(code), SEALS.seal(site.id, CODE, code)
    keep(by.act(ROOM, RENEWING, region=site.region), subject=site, changed=(stood, ("door", CODE)))


def print_codes(sites: Sequence[Site], *, by: By) -> None:
    """The codes of places of one area were printed: one line, an item for each."""
    assert by.actor is not None
    rows = [
        Printing(
            id=mint(by.at), county=one.county, region=one.region, salt=salt(), site=one, person=by.actor, at=by.at
        )
        for one in sites
    ]
    keep_many(by.act(ROOM, "print_codes", region=sites[0].region), object_id=mint(by.at), subjects=rows)


def amend_site(site: Site, *, mark: str, name: str, kind: str, contact: Told, crowded: bool, by: By) -> None:
    """Raises Stale, and IntegrityError where the mark is another's."""
    stood = before(site, *AMENDED, "closed_on")
    site.mark, site.name, site.kind = mark, name, kind
    site.contact, site.verified_at = SEALS.seal(site.id, CONTACT, dict(contact)), by.at
    proof = verified(site, at=by.at, crowded=crowded)
    keep(by.act(ROOM, "amend", region=site.region), subject=site, changed=(stood, AMENDED), enclosed=[proof])


def close_site(site: Site, *, on: date, occurred: datetime, why: str, by: By) -> None:
    """It is there no more: nobody answers for it, no code is printed. `occurred`: within that day. Raises Stale."""
    stood = before(site, "closed_on", "door")
    site.closed_on, site.closed_why, site.contact, site.code = on, why, b"", b""
    act, proof = by.act(ROOM, "close", region=site.region), closed(site, occurred=occurred, at=by.at)
    changed = stood, ("closed_on", "closed_why", CONTACT, CODE)
    keep(replace(act, reason=why), subject=site, changed=changed, enclosed=[proof])


def verify_site(site: Site, *, crowded: bool, by: By) -> None:
    """Somebody was there: name, kind and door mark are still right. Raises Stale."""
    stood = before(site, "verified_at")
    site.verified_at = by.at
    act, proof = by.act(ROOM, "verify", region=site.region), verified(site, at=by.at, crowded=crowded)
    keep(act, subject=site, changed=(stood, ("verified_at",)), enclosed=[proof])


def keep_round(done: Round, *, kind: str, well: bool, by: By) -> None:
    proof = went_round(done, kind=kind, well=well)
    keep(by.act(ROOM, "round", region=done.region), subject=done, enclosed=[proof])


def keep_taught(
    done: Taught, *, occurred: datetime, by: By, record: str = "", began_at: datetime | None = None
) -> None:
    """`record`: the type in which the pack counts staff who began work at `began_at`, where they did."""
    proofs = [taught(done, occurred=occurred)]
    if record and began_at is not None:
        proofs.append(began(done, record, began_at=began_at))
    keep(by.act(ROOM, "teach", region=done.region), subject=done, enclosed=proofs)


def forget_taught(done: Taught, *, by: By) -> None:
    """Leave a tombstone (删除): that so many were taught what and when, and nobody's name. Raises Stale."""
    stood = before(done, "forgotten_at")
    done.people, done.forgotten_at = b"", by.at
    keep(by.act(ROOM, "forget", region=done.region), subject=done, changed=(stood, (PEOPLE, "forgotten_at")))
