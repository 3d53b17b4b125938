"""Acts on places: each is one transaction and one ledger line; no line says who answers for one or who was taught."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import models

from shouwang.domains.areas.county_codes import new_code
from shouwang.domains.ledger.acts import By, before, keep
from shouwang.domains.ledger.minting import salt
from shouwang.kernel.codes import county_of

from .codes import CODE, CONTACT, SEALS, Told, mark_of
from .events import ROOM, registered, taught, verified, went_round
from .models import Round, Site, Taught

Also = Sequence[models.Model]


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
    keep(by.act(ROOM, "renew_code", region=site.region), subject=site, changed=(stood, ("door", CODE)))


def verify_site(site: Site, *, crowded: bool, by: By) -> None:
    """Somebody was there: name, kind and door mark are still right. Raises Stale."""
    stood = before(site, "verified_at")
    site.verified_at = by.at
    act, proof = by.act(ROOM, "verify", region=site.region), verified(site, at=by.at, crowded=crowded)
    keep(act, subject=site, changed=(stood, ("verified_at",)), enclosed=[proof])


def keep_round(done: Round, *, kind: str, well: bool, by: By, also: Also = ()) -> None:
    proof = went_round(done, kind=kind, well=well)
    keep(by.act(ROOM, "round", region=done.region), subject=done, enclosed=[proof], also=also)


def keep_taught(done: Taught, *, occurred: datetime, by: By, also: Also = ()) -> None:
    proof = taught(done, occurred=occurred)
    keep(by.act(ROOM, "teach", region=done.region), subject=done, enclosed=[proof], also=also)
