"""A place is registered (登记场所) with whoever answers for it, and its owner's code is printed or replaced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shouwang.domains.areas.by_mark import Key
from shouwang.domains.ledger.acts import By
from shouwang.domains.ledger.idempotency import done_before, key_row
from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.domains.sites import services
from shouwang.domains.sites.codes import code_of
from shouwang.domains.sites.models import Site
from shouwang.domains.sites.queries import one, sites
from shouwang.domains.sites.scopes import GO_ROUND, Sight
from shouwang.kernel.codes import is_region
from shouwang.policy import Pack

from .households_sight import by_of, needed, secret_mark
from .refusal import NotSeen, Unfit, key_fault, too_long
from .sight import areas_for, pack_for, spelt_out

GOING_ROUND = GO_ROUND
LONGEST = {"mark": 20, "name": 80, "person": 40, "phone": 30}
SHEET = 30


@dataclass(frozen=True, kw_only=True)
class NewSite:
    """What is told of a place; `person` answers for it. `key` is minted where it was entered."""

    key: str
    region: str
    mark: str
    name: str
    kind: str
    person: str = ""
    phone: str = ""


def site_sight(actor: Actor) -> Sight:
    return Sight(areas=tuple(spelt_out(areas_for(actor, GO_ROUND))))


def register_site(actor: Actor, told: NewSite, *, now: datetime) -> UUID:
    """Raises Unfit, Refused, KeyReused."""
    pack = pack_for(told.region, now=now)
    faults = faults_of(pack, vars(told))
    if fault := key_fault(told.key):
        faults["key"] = fault
    if not is_region(told.region):
        faults["region"] = _("This is not an area code.")
    if faults:
        raise Unfit(faults)
    by, found = by_of(actor, GO_ROUND, told.region, pack=pack, now=now), mint(now)
    fingerprint = secret_mark("site", {name: value for name, value in vars(told).items() if name != "key"})
    key = key_row(told.key, region=told.region, actor=actor.id, fingerprint=fingerprint, object_id=found, at=now)
    try:
        with transaction.atomic():
            services.register_site(
                found, told.region, told.mark, name=told.name, kind=told.kind, crowded=pack.sites[told.kind].crowded,
                contact={"person": told.person, "phone": told.phone}, by=by, also=[key],
            )  # fmt: skip
    except IntegrityError:
        done = done_before(told.key, county=key.county, actor=actor.id, fingerprint=fingerprint)
        if done is None:
            raise Unfit({"mark": _("Another place here has this mark already.")}) from None
        return done
    return found


def one_site(actor: Actor, site_id: UUID) -> Site:
    """Raises NotSeen."""
    found = one(site_sight(actor), site_id)
    if found is None:
        raise NotSeen(str(site_id))
    return found


def sheet_of_site_codes(actor: Actor, *, after: Key | None, now: datetime) -> Sequence[tuple[Site, str]]:
    """Places with the codes of their owners, those that no key opens any more left out; who had them in hand is kept.

    Raises Refused.
    """
    rows = sites(site_sight(actor), limit=SHEET, after=after).rows
    found = [(site, code) for site in rows if (code := code_of(site))]
    with transaction.atomic():
        for _region, told in groupby((site for site, _code in found), key=attrgetter("region")):
            printed = list(told)
            services.print_codes(printed, by=by_for(actor, printed[0], now=now))
    return found


def renew_site_code(actor: Actor, site_id: UUID, *, now: datetime) -> None:
    """Raises NotSeen, Refused, Stale."""
    site = one_site(actor, site_id)
    if site.closed_on is not None:
        raise Stale(str(site_id))
    services.renew_code(site, by=by_for(actor, site, now=now))


def verify_site(actor: Actor, site_id: UUID, *, now: datetime) -> None:
    """Name, kind and mark are still right. Raises NotSeen, Refused, Stale."""
    site = one_site(actor, site_id)
    if site.closed_on is not None:
        raise Stale(str(site_id))
    kind = pack_for(site.region, now=now).sites.get(site.kind)
    services.verify_site(site, crowded=bool(kind and kind.crowded), by=by_for(actor, site, now=now))


def by_for(actor: Actor, site: Site, *, now: datetime) -> By:
    return by_of(actor, GO_ROUND, site.region, pack=pack_for(site.region, now=now), now=now)


def faults_of(pack: Pack, told: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with what is told of a place, in words."""
    faults = {name: fault for name, most in LONGEST.items() if (fault := too_long(told[name], most))}
    for name in ("mark", "name"):
        if not told[name]:
            faults.setdefault(name, needed())
    if told["kind"] not in pack.sites or told["kind"] == "unknown":
        faults["kind"] = _("This kind of place is not known.")
    return faults
