"""A home is registered (登记住户): its mark in the open, its address sealed; the same form sent twice acts once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shouwang.domains.households import services
from shouwang.domains.ledger.idempotency import done_before, key_row
from shouwang.domains.ledger.minting import mint
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import is_region
from shouwang.policy import Pack

from .households_sight import KEEPING, by_of, needed, secret_mark
from .refusal import Unfit, key_fault, too_long
from .sight import pack_for

LONGEST = {"mark": 20, "number": 60, "building": 60}


@dataclass(frozen=True, kw_only=True)
class NewHome:
    """What is told of a home; `key` is minted where it was entered."""

    key: str
    region: str
    mark: str
    kind: str
    number: str
    building: str = ""
    groups: tuple[str, ...] = ()
    lon: float | None = None
    lat: float | None = None


def register_home(actor: Actor, told: NewHome, *, now: datetime) -> UUID:
    """Raises Unfit, Refused, KeyReused."""
    pack = pack_for(told.region, now=now)
    _check(pack, told)
    by = by_of(actor, KEEPING, told.region, pack=pack, now=now)
    fingerprint = secret_mark("home", {name: value for name, value in vars(told).items() if name != "key"})
    found = mint(now)
    key = key_row(told.key, region=told.region, actor=actor.id, fingerprint=fingerprint, object_id=found, at=now)
    place = {} if told.lon is None or told.lat is None else {"lon": f"{told.lon:.6f}", "lat": f"{told.lat:.6f}"}
    address = {"number": told.number, "building": told.building, **place}
    try:
        with transaction.atomic():
            services.register_home(
                found, told.region, told.mark, kind=told.kind, groups=told.groups, address=address, by=by, also=[key]
            )
    except IntegrityError:
        done = done_before(told.key, county=key.county, actor=actor.id, fingerprint=fingerprint)
        if done is None:
            raise Unfit({"mark": _("Another home here has this mark already.")}) from None
        return done
    return found


def _check(pack: Pack, told: NewHome) -> None:
    faults = {name: fault for name, most in LONGEST.items() if (fault := too_long(getattr(told, name), most))}
    if fault := key_fault(told.key):
        faults["key"] = fault
    if not is_region(told.region):
        faults["region"] = _("This is not an area code.")
    for name in ("mark", "number"):
        if not getattr(told, name):
            faults.setdefault(name, needed())
    if told.kind not in pack.sites:
        faults["kind"] = _("This kind of place is not known.")
    of_home = {one.id for one in pack.risk_groups.values() if one.of_home}
    if not set(told.groups) <= of_home:
        faults["groups"] = _("This is no kind of risk of a home.")
    if faults:
        raise Unfit(faults)
