"""A person at risk is put on the sealed register, amended, or taken off it (登记重点人员)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shouwang.domains.households import services
from shouwang.domains.households.models import Resident
from shouwang.domains.households.queries import one, person
from shouwang.domains.ledger.idempotency import done_before, key_row
from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.policy import Pack
from shouwang.rules.consent import may_stand

from .households_sight import KEEPING, by_of, home_sight, secret_mark
from .refusal import Moved, NotSeen, Unfit, key_fault, too_long
from .sight import pack_for


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is told of a person: the kind of risk, the fields the pack asks, and the ground it is kept on."""

    key: str
    group: str
    consent: str
    values: Mapping[str, str]


def register_person(actor: Actor, home_id: UUID, told: Told, *, now: datetime) -> UUID:
    """Raises NotSeen, Unfit, Refused, KeyReused."""
    home = one(home_sight(actor), home_id)
    if home is None:
        raise NotSeen(str(home_id))
    if fault := key_fault(told.key):
        raise Unfit({"key": fault})
    pack = pack_for(home.region, now=now)
    values, until = _judged(pack, told, now=now)
    by = by_of(actor, KEEPING, home.region, pack=pack, now=now)
    said = {"home": str(home_id), "group": told.group, "consent": told.consent, **values}
    fingerprint = secret_mark("person", said)
    found = mint(now)
    key = key_row(told.key, region=home.region, actor=actor.id, fingerprint=fingerprint, object_id=found, at=now)
    kept: dict[str, Any] = {"told": values, "consent": told.consent, "keep_until": until}
    try:
        with transaction.atomic():
            services.register_person(found, home, told.group, **kept, by=by, also=[key])
    except IntegrityError:
        done = done_before(told.key, county=home.county, actor=actor.id, fingerprint=fingerprint)
        if done is None:
            raise
        return done
    return found


def amend_person(actor: Actor, resident_id: UUID, told: Told, *, now: datetime) -> Resident:
    """What is told anew stands, and the time of keeping runs from today. Raises NotSeen, Unfit, Refused, Moved."""
    found = _seen(actor, resident_id)
    pack = pack_for(found.region, now=now)
    values, until = _judged(pack, told, now=now)
    by = by_of(actor, KEEPING, found.region, pack=pack, now=now)
    try:
        services.amend_person(found, group=told.group, told=values, consent=told.consent, keep_until=until, by=by)
    except Stale:
        raise Moved(str(resident_id)) from None
    return found


def take_off(actor: Actor, resident_id: UUID, *, now: datetime) -> None:
    """Moved away, died, or asks for it (个保法第四十七条): a tombstone is left. Raises NotSeen, Refused, Moved."""
    found = _seen(actor, resident_id)
    pack = pack_for(found.region, now=now)
    try:
        services.forget(found, by=by_of(actor, KEEPING, found.region, pack=pack, now=now))
    except Stale:
        raise Moved(str(resident_id)) from None


def _seen(actor: Actor, resident_id: UUID) -> Resident:
    found = person(home_sight(actor), resident_id)
    if found is None:
        raise NotSeen(str(resident_id))
    return found


def _judged(pack: Pack, told: Told, *, now: datetime) -> tuple[dict[str, str], date]:
    """The values as they are kept, and the day of deletion. Raises Unfit."""
    today = now.astimezone(pack.zone).date()
    group = pack.risk_groups.get(told.group)
    if group is None or group.of_home:
        raise Unfit({"group": _("Choose a kind of risk.")})
    values = {name: value for name, value in told.values.items() if name in pack.person_fields and value}
    faults = _faults(pack, values)
    lacking = may_stand(pack, told.group, values, told.consent, on=today)
    words = {"consent": _("Under 14 the guardian must have agreed; else say on what ground the person is kept.")}
    for name in lacking.verdict:
        faults.setdefault(name, words.get(name, _("This is needed.")))
    if faults:
        raise Unfit(faults)
    months = pack.parameters[group.keep].on(today).value
    return values, _later(today, int(months or 12))  # type: ignore[call-overload]


def _faults(pack: Pack, values: Mapping[str, str]) -> dict[str, str]:
    faults = {}
    for name, value in values.items():
        field = pack.person_fields[name]
        if fault := too_long(value, field.most):
            faults[name] = fault
        elif field.choices and value not in field.choices:
            faults[name] = _("Choose one of those offered.")
        elif field.type == "date" and not _is_past_day(value):
            faults[name] = _("Write the day as 1950-03-25.")
        elif field.type == "phone" and not set(value) <= set("0123456789+- "):
            faults[name] = _("A telephone number has figures only.")
    return faults


def _is_past_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).year > 1890  # noqa: PLR2004 - nobody is older
    except ValueError:
        return False


def _later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, 28))
