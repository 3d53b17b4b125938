"""Somebody telephones the desk (电话报警): the same alarm as a device's, proposed as an incident at once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from shouwang.domains.alarms.models import Alarm, Pulse
from shouwang.domains.alarms.pulses import in_county
from shouwang.domains.alarms.queries import alarms_of
from shouwang.domains.alarms.services import Turn, propose, take_call
from shouwang.domains.ledger.idempotency import KeyReused, done_before, key_row
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import county_of, is_region
from shouwang.kernel.digest import seal
from shouwang.policy import Pack
from shouwang.rules.alarm_clocks import clocks_of
from shouwang.rules.alarms import MANUAL
from shouwang.rules.loops import LoopFacts, may_turn

from .alarm_sight import HANDLING, by_post, sides_of
from .alarm_told import Watchers
from .refusal import Refused, Unfit, key_fault, too_long
from .sight import pack_of

WAY = "telephone"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the caller said: where, and what they saw. Who called is nobody's business here."""

    key: str
    region: str
    place: str
    words: str


def take_a_call(actor: Actor, told: Told, *, now: datetime) -> Alarm:
    """Raises Unfit, Refused, KeyReused."""
    _check(told)
    county = county_of(told.region)
    pack = pack_of(county, now=now)
    facts = LoopFacts(sides=sides_of(actor, told.region, pack=pack), words=told.words)
    judged = may_turn(pack, "alarm", None, "take_call", facts)
    if not judged.verdict:
        raise Refused(judged)
    by = by_post(actor, HANDLING, told.region, pack=pack, now=now)
    fingerprint = seal(b"call", [told.region, told.place, told.words])
    alarm = _alarm(told, pack, now)
    key = key_row(told.key, region=told.region, actor=actor.id, fingerprint=fingerprint, object_id=alarm.id, at=now)
    step = Turn(act="take_call", source="", target="ringing", by=by, done_at=now, note=told.words, judged=(judged,))
    try:
        with in_county(county):
            if done := done_before(told.key, county=county, actor=actor.id, fingerprint=fingerprint):
                return alarms_of(county, [done])[0]
            others = Watchers(pack, county, now).notices([alarm])
            take_call(alarm, _pulse(alarm), step, also=[key, *others])
            propose([(alarm, "telephoned")], by)
    except IntegrityError:
        raise KeyReused(told.key) from None
    return alarm


def _alarm(told: Told, pack: Pack, now: datetime) -> Alarm:
    clocks, found = clocks_of(pack, now.astimezone(pack.zone).date()), mint(now)
    return Alarm(
        id=found, county=county_of(told.region), region=told.region, salt=salt(), way=WAY, source=found.hex,
        kind=MANUAL, site=f"call:{found}", place=told.place, note=told.words, state="ringing", raised_at=now,
        call_by=now + clocks.call_back, due_at=now + clocks.verify, told_level="township",
    )  # fmt: skip


def _pulse(alarm: Alarm) -> Pulse:
    return Pulse(
        id=alarm.id, county=alarm.county, region=alarm.region, source=alarm.source, kind=alarm.kind,
        heard_at=alarm.raised_at, position=0,
    )  # fmt: skip


def _check(told: Told) -> None:
    faults: dict[str, str] = {}
    if fault := key_fault(told.key):
        faults["key"] = fault
    if not is_region(told.region):
        faults["region"] = _("Choose the place.")
    if not told.place.strip():
        faults["place"] = _("Say where it is, so that somebody else finds it.")
    elif fault := too_long(told.place, 120):
        faults["place"] = fault
    if not told.words.strip():
        faults["words"] = _("Say in a few words what was seen.")
    elif fault := too_long(told.words, 300):
        faults["words"] = fault
    if faults:
        raise Unfit(faults)
