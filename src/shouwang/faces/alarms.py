"""One alarm as a person reads it (报警详情): what, where, who knows, what was done, and what the reader may do now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from shouwang.domains.alarms import queries
from shouwang.domains.areas.queries import paths
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.queries import names as people_named
from shouwang.faces.alarm_words import CALLS as WHO
from shouwang.faces.alarm_words import (
    call_back,
    clock,
    kind_of,
    left,
    level_words,
    proposed_words,
    state_words,
)
from shouwang.faces.refusals import told as refusal_told
from shouwang.faces.templatetags.words import say
from shouwang.faces.tried import sent_before, somebody_was_first
from shouwang.flows.acknowledge_alarm import acknowledge_alarm, level_at
from shouwang.flows.advance_alarm import Go, advance_alarm, open_acts
from shouwang.flows.alarm_sight import alarm_in_sight
from shouwang.flows.call_about_alarm import Calls, call_about_alarm, may_call
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.sight import pack_of
from shouwang.policy import load
from shouwang.policy.loop_shapes import Loop, LoopArrow
from shouwang.policy.vocabulary import Side
from shouwang.rules.alarm_calls import Call
from shouwang.rules.alarm_clocks import LEVELS

KNOWN, CALLS = "acknowledge", "calls"
# How long after it was done a step must have come in to say so.
WORTH_TELLING = timedelta(minutes=1)
# How many steps and looks are shown, the newest ones; the others are one click away.
MOST = 20
# What a person in a hurry looks for first.
FIRST = ("see_fire", "confirm", "verify", "set_out", "arrive", "see_nothing", "dismiss")


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One act the reader may do now, and what it asks for."""

    act: str
    label: str
    reasons: Sequence[tuple[str, str]]
    words: bool
    key: str

    @property
    def plain(self) -> bool:
        return not self.reasons and not self.words


def read_go(request: HttpRequest, done_at: datetime | None = None) -> Go:
    sent = {name: request.POST.get(name, "").strip() for name in ("act", "key", "reason", "note")}
    return Go(**sent, done_at=done_at)


def attempt(request: HttpRequest, actor: Actor, alarm_id: UUID, go: Go, *, now: datetime) -> dict[str, Any] | None:
    """None when it is done; else what to show: numbers asked for, or why not. 404 outside the person's sight."""
    try:
        if go.act == CALLS:
            return {"status": 200, "calls": told_calls(call_about_alarm(actor, alarm_id, now=now))}
        if go.act == KNOWN:
            acknowledge_alarm(actor, alarm_id, now=now)
        else:
            advance_alarm(actor, alarm_id, go, now=now)
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return {"status": 409, **refusal_told(refusal.decision)}
    except Unfit as unfit:
        return {"status": 422, "faults": unfit.fields}
    except Moved:
        return {"status": 409, "faults": {"": somebody_was_first()}}
    except KeyReused:
        return {"status": 409, "faults": {"": sent_before()}}
    return None


def most_of(request: HttpRequest) -> int | None:
    """How many a list of the alarm's page shows; all where somebody asked for them."""
    return None if request.GET.get("all") else MOST


def alarm_told(
    actor: Actor, alarm_id: UUID, *, now: datetime, side: Side, most: int | None = MOST
) -> dict[str, Any]:
    """What a page of either face shows; `side` is whose acts it is made for. 404 outside the person's sight."""
    try:
        alarm = alarm_in_sight(actor, alarm_id)
    except NotSeen:
        raise Http404 from None
    pack, proposal = pack_of(alarm.county, now=now), queries.proposal_of(alarm)
    known = {one.level: one for one in queries.known_to(alarm)}
    (steps, before), level = queries.last_steps_of(alarm, limit=most), level_at(actor, alarm.region, pack=pack)
    who = people_named({one for one in (*(s.actor for s in steps), *(k.actor for k in known.values())) if one})
    return {
        "alarm": alarm, "pulse": queries.pulse_of(alarm), "now": now,
        "where": paths({alarm.region}).get(alarm.region, alarm.region), "kind": kind_of(alarm),
        "state": state_words(alarm.state), "raised": clock(alarm.raised_at, now),
        "call_back": call_back(alarm.state, alarm.call_by, now),
        "left": left(alarm.due_at, now) if alarm.state in ("ringing", "verifying", "unreachable") else "",
        "fire": alarm.state == "real" or (proposal is not None and alarm.settled_at is None),
        "proposal": proposal, "proposed": proposed_words(proposal.cause) if proposal else "",
        "offers": offers(_of_side(open_acts(actor, alarm, pack=pack), side)),
        "may_call": may_call(actor, alarm, pack=pack),
        "levels": [(level_words(one), known.get(one), who.get(known[one].actor, "") if one in known else "")
                   for one in LEVELS],
        "may_know": level and level not in known, "my_level": level_words(level),
        "steps": [_step(one, who, now) for one in steps], "before": before, "clause": pack.loops["alarm"].row,
        "beside": [(one, kind_of(one), state_words(one.state)) for one in queries.beside(alarm)],
        "proposed_at": clock(proposal.at, now) if proposal else "",
    }  # fmt: skip


def _of_side(arrows: Sequence[LoopArrow], side: Side) -> Sequence[LoopArrow]:
    """Who both sits at a desk and can run there finds on each page what is done from it."""
    return [one for one in arrows if one.by == side] or arrows


def offers(arrows: Sequence[LoopArrow]) -> list[Offer]:
    loop: Loop = load(settings.PACK).loops["alarm"]
    ordered = sorted(arrows, key=lambda one: FIRST.index(one.act) if one.act in FIRST else len(FIRST))
    return [
        Offer(
            act=one.act, label=say(one.label), words="words" in one.guards, key=str(uuid4()),
            reasons=[(code, say(text)) for code, text in loop.reasons.items()] if "listed" in one.guards else (),
        )
        for one in ordered
    ]  # fmt: skip


def told_calls(calls: Calls) -> dict[str, Any]:
    """Numbers in their order; of each person in the home what a crew must know, in words."""
    fields = load(settings.PACK).person_fields
    return {
        "numbers": _grouped(calls),
        "missing": [_(WHO[one]) for one in calls.missing],
        "mark": calls.mark,
        "people": [
            [(say(fields[name].label), say(fields[name].choices.get(value), value)) for name, value in one.items()]
            for one in calls.people
        ],
    }


def _grouped(calls: Calls) -> list[tuple[str, list[Call]]]:
    """(who, each with name and number), one line for those who are the same to the home."""
    found: dict[str, list[Call]] = {}
    for one in calls.numbers:
        found.setdefault(one.who, []).append(one)
    return [(_(WHO[who]), ones) for who, ones in found.items()]


def _step(one: Any, who: Mapping[Any, str], now: datetime) -> dict[str, Any]:
    loop = load(settings.PACK).loops["alarm"]
    labels = loop.labels()
    return {
        "act": say(labels.get(one.act), one.act), "at": clock(one.at, now), "who": who.get(one.actor, ""),
        "post": one.post, "note": one.note, "reason": say(loop.reasons.get(one.reason), one.reason),
        "moved": one.source != one.target,
        "late": clock(one.done_at, now) if one.at - one.done_at >= WORTH_TELLING else "",
    }  # fmt: skip
