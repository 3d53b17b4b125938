"""A place is told anew, or closed (变更、注销场所): from the day it was closed it owes nothing, and its code ends."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.domains.sites import services
from shouwang.domains.sites.codes import contact_of
from shouwang.domains.sites.models import Site

from .households_sight import secret_mark
from .refusal import Moved, Unfit
from .register_site import by_for, faults_of, one_site
from .sight import pack_for

# Why a place is no longer there; what was never there is closed as a mistake.
WHYS = ("shut", "moved", "merged", "mistaken")


@dataclass(frozen=True, kw_only=True)
class SiteTold:
    """What stands of a place from now on."""

    mark: str
    name: str
    kind: str
    person: str = ""
    phone: str = ""


def mark_of_what_stands(site: Site) -> str:
    """Known again when a form comes back: whether what it was filled in from still stands."""
    return secret_mark("site.stands", [site.mark, site.name, site.kind, contact_of(site)]).hex()


def amend_site(actor: Actor, site_id: UUID, told: SiteTold, *, stood: str, now: datetime) -> None:
    """`stood` is the mark of what was put right. Raises NotSeen, Unfit, Refused, Moved."""
    site = open_one(actor, site_id)
    if stood != mark_of_what_stands(site):
        raise Moved(str(site_id))
    pack = pack_for(site.region, now=now)
    if faults := faults_of(pack, vars(told)):
        raise Unfit(faults)
    contact = {"person": told.person, "phone": told.phone}
    try:
        with transaction.atomic():
            services.amend_site(
                site, mark=told.mark, name=told.name, kind=told.kind, contact=contact,
                crowded=pack.sites[told.kind].crowded, by=by_for(actor, site, now=now),
            )  # fmt: skip
    except IntegrityError:
        raise Unfit({"mark": _("Another place here has this mark already.")}) from None
    except Stale:
        raise Moved(str(site_id)) from None


def close_site(actor: Actor, site_id: UUID, *, on: date | None, why: str, now: datetime) -> None:
    """Raises NotSeen, Unfit, Refused, Moved."""
    site = open_one(actor, site_id)
    zone, faults = pack_for(site.region, now=now).zone, {}
    if why not in WHYS:
        faults["why"] = _("Say why.")
    if on is None:
        faults["closed_on"] = _("A day is written 2026-11-26.")
    elif on > now.astimezone(zone).date():
        faults["closed_on"] = _("This day has not come yet.")
    elif on < (entered := site.entered_at.astimezone(zone).date()):
        faults["closed_on"] = _("It was entered on %(day)s; it is closed from that day on, not before.") % {
            "day": entered
        }
    if faults:
        raise Unfit(faults)
    assert on is not None
    noon = datetime.combine(on, time(12), zone)
    try:
        services.close_site(site, on=on, occurred=noon, why=why, by=by_for(actor, site, now=now))
    except Stale:
        raise Moved(str(site_id)) from None


def open_one(actor: Actor, site_id: UUID) -> Site:
    """A place in sight that is still there. Raises NotSeen, Moved."""
    site = one_site(actor, site_id)
    if site.closed_on is not None:
        raise Moved(str(site_id))
    return site
