"""What stands around a case (件的周边): who told of it, what it was merged with, who else may re-check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import names
from shouwang.domains.hazards.reporters import elder_case, mergers_into, tellings_of
from shouwang.domains.people.actor import Actor
from shouwang.faces.templatetags.words import kind_label, reason_words, say
from shouwang.flows.ask_recheck import ASK, rechecks_of
from shouwang.flows.sight import areas_for, pack_of
from shouwang.flows.unmask_reporter import unmasking_post
from shouwang.kernel.codes import covered
from shouwang.policy import Pack, load


@dataclass(frozen=True, kw_only=True)
class ToldBy:
    """One who told: by which way, how they stand to it, what they are owed; never who it is."""

    id: UUID
    channel: str
    openness: str
    at: datetime
    note: str
    facts: Sequence[tuple[str, str]]
    due_at: datetime | None
    unset: str
    answered_at: datetime | None
    satisfied: bool | None
    may_unmask: bool


@dataclass(frozen=True, kw_only=True)
class Recheck:
    """Whether others of the place can re-check, in words; and whom a station may ask."""

    words: str
    above: Sequence[str]
    neighbours: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Around:
    told: Sequence[ToldBy]
    elder: Any
    parts: Sequence[Any]
    recheck: Recheck | None


NOTHING = Around(told=(), elder=None, parts=(), recheck=None)


def around(actor: Actor, case: Any, steps: Sequence[Any]) -> Around:
    """What there is; its steps say whether there is anything to ask for."""
    acts, usual = {step.act for step in steps}, load(settings.PACK).wiring.channels.usual
    told = case.channel != usual or bool(acts & {"join", "absorb"})
    if not told and case.state not in ("submitted", "merged"):
        return NOTHING
    pack = pack_of(case.county, now=timezone.now())
    return Around(
        told=[_told(actor, case, row, pack) for row in tellings_of(case)] if told else (),
        elder=elder_case(case) if case.state == "merged" else None,
        parts=[merger.case for merger in mergers_into(case)] if "absorb" in acts else (),
        recheck=_recheck(actor, case, pack) if case.state == "submitted" else None,
    )


def _told(actor: Actor, case: Any, row: Any, pack: Pack) -> ToldBy:
    way = pack.channels.get(row.channel)
    fields = way.fields if way else {}
    return ToldBy(
        id=row.id,
        channel=row.channel,
        openness=say(pack.wordings.get(f"openness_{row.openness}"), row.openness),
        at=row.at,
        note=row.note,
        facts=[(say(fields[name].label), _shown(pack, value)) for name, value in row.facts.items() if name in fields],
        due_at=row.answer_due_at,
        unset=_nobody_set(row, pack),
        answered_at=row.answered_at,
        satisfied=row.satisfied,
        may_unmask=bool(row.identity) and unmasking_post(actor, case, row, pack=pack) is not None,
    )


def _nobody_set(row: Any, pack: Pack) -> str:
    """Who must enter the time an answer may take, where nobody did and so nobody can be late."""
    way = pack.channels.get(row.channel)
    if row.answered_at or row.answer_due_at or way is None or way.answer is None:
        return ""
    clock = pack.parameters[way.answer.parameter]
    if clock.on(timezone.localdate()).is_set:
        return ""
    return say(pack.posts[clock.keeper].label)


def _shown(pack: Pack, value: object) -> str:
    if isinstance(value, bool):
        return say(pack.wordings["yes" if value else "no"])
    return str(value)


def _recheck(actor: Actor, case: Any, pack: Pack) -> Recheck:
    found = rechecks_of(case, pack=pack, now=timezone.now())
    asks = covered(areas_for(actor, ASK), case.region) and not found.verdict.own
    neighbours = found.verdict.neighbours if asks else ()
    named: Mapping[str, str] = names(neighbours) if neighbours else {}
    return Recheck(
        words=reason_words(found.reasons[0]),
        above=[say(pack.posts[kind].label) for kind in found.verdict.above] if not found.verdict.own else [],
        neighbours=[(code, named[code]) for code in neighbours],
    )


def suggested_answer(case: Any, place: str, steps: Sequence[Any]) -> str:
    """Words to begin from: what the case itself says, without a name or a house; a person reads and mends them."""
    told = {"kind": _("a hazard") if case.kind == "other" else kind_label(case.kind), "place": place}
    if case.state == "rejected":
        why = next((step.note for step in reversed(steps) if step.act == "reject" and step.note), "")
        said = _("We looked into what you told of (%(kind)s, %(place)s). It was not taken up.") % told
        return f"{said} {_('The reason: %(why)s') % {'why': why}}" if why else said
    day = timezone.localtime(case.closed_at).strftime("%Y-%m-%d") if case.closed_at else ""
    return _(
        "What you told of (%(kind)s, %(place)s) was put right; on %(day)s somebody else checked that it is gone."
    ) % {**told, "day": day}


def tells_of_others(reason: Mapping[str, Any]) -> bool:
    """Reasons of a step that name another case or the lot."""
    return reason["code"] in ("merged_into", "took_in", "released", "drawn_by_lot", "joined_by", "order_changed")


