"""Departments called to a case as a person reads them: how each stands, what was done, what the reader may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from shouwang.domains.hazards.muster_queries import muster_steps_of, musters_of
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.queries import names as people_named
from shouwang.faces.templatetags.words import department_label, say
from shouwang.flows.advance_muster import open_turns
from shouwang.flows.sight import areas_for, pack_of
from shouwang.flows.whistle import may_whistle, suggestions
from shouwang.kernel.decision import Reason
from shouwang.policy import Pack
from shouwang.policy.loop_shapes import LoopArrow
from shouwang.rules.musters import SUMMONS
from shouwang.rules.routing import supervisor

TONES = {
    "called": "amber", "coming": "amber", "arrived": "blue", "done": "blue", "settled": "green", "unsettled": "red",
    "bounced": "red", "disputed": "red",
}  # fmt: skip
LOUD = ("nobody_serves", "value_default", "provisional_day", "value_unset")


@dataclass(frozen=True, kw_only=True)
class Done:
    """One step of a call."""

    act: str
    at: datetime
    who: str
    post: str
    note: str
    why: str
    reasons: Sequence[Mapping[str, Any]]
    clause: str
    files: Sequence[Any]
    line: UUID


@dataclass(frozen=True, kw_only=True)
class TurnOffer:
    """An act on a call as a button or a form; `reasons` is the list to choose from, `photo` why one may help."""

    act: str
    label: str
    clause: str
    words: bool = False
    reasons: Sequence[tuple[str, str]] = ()
    photo: str = ""
    instead: Sequence[tuple[str, str]] = ()

    @property
    def plain(self) -> bool:
        return not (self.words or self.reasons or self.photo)


@dataclass(frozen=True, kw_only=True)
class ToldMuster:
    """A call with its story; `late` while nobody has come and the deadline is past.

    `instead` is the department a ruling named where no table names one: the decision can become a row of it (02-09).
    """

    row: Any
    state: str
    tone: str
    late: bool
    steps: Sequence[Done]
    offers: Sequence[TurnOffer]
    instead: str = ""

    @property
    def last(self) -> Done | None:
        """The newest step beside the call itself."""
        return self.steps[-1] if len(self.steps) > 1 else None

    @property
    def waits(self) -> bool:
        """Whether somebody is still to come."""
        return self.row.state in ("called", "coming") and self.row.arrived_at is None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A department to tick: `why` are the rows of the tables that name it."""

    code: str
    label: str
    why: Sequence[Reason] = ()


@dataclass(frozen=True, kw_only=True)
class WhistleForm:
    """Whom to call: those the tables name with their reasons, then every other department."""

    suggested: Sequence[Choice]
    others: Sequence[Choice]
    reasons: Sequence[Reason]
    clauses: Sequence[str]


def musters_told(actor: Actor, case: Any, files: Mapping[UUID, Sequence[Any]], *, now: datetime) -> list[ToldMuster]:
    """Each call with its steps and what the reader may do; one statement where nobody was called, three else."""
    rows = musters_of(case)
    if not rows:
        return []
    pack, steps = pack_of(case.county, now=now), muster_steps_of(case)
    known = people_named({step.actor for step in steps if step.actor})
    by_muster: dict[UUID, list[Done]] = {}
    for step in steps:
        by_muster.setdefault(step.muster_id, []).append(_done(step, pack, known, files))
    named = _named_instead(actor, case, rows, pack=pack, now=now)
    return [
        replace(
            _told(actor, case, row, by_muster.get(row.id, []), pack=pack, now=now), instead=named.get(row.id, "")
        )
        for row in rows
    ]


def _named_instead(
    actor: Actor, case: Any, rows: Sequence[Any], *, pack: Pack, now: datetime
) -> dict[UUID, str]:
    """{call that a ruling freed: the department it named}, for who may decide tables and a place without regulator."""
    if not case.site or not areas_for(actor, "parameters.adopt"):
        return {}
    over = supervisor(pack, {"site": case.site}, now.astimezone(pack.zone).date())
    if over.verdict != pack.wiring.departments.office:
        return {}
    called_at = {row.at: row.department for row in rows}
    return {row.id: called_at[row.ended_at] for row in rows if row.ruling == "upheld" and row.ended_at in called_at}


def whistle_form(actor: Actor, case: Any, called: Sequence[ToldMuster], *, now: datetime) -> WhistleForm | None:
    """None for who may not whistle here."""
    pack = pack_of(case.county, now=now)
    if not may_whistle(actor, case, pack=pack):
        return None
    found = suggestions(case, pack=pack, now=now)
    gone = {one.row.department for one in called}
    suggested = [
        Choice(code=one.department, label=department_label(one.department), why=one.reasons)
        for one in found.verdict
        if one.department not in gone
    ]
    named = gone | {one.code for one in suggested}
    others = [Choice(code=code, label=label) for code, label in departments(pack) if code not in named]
    return WhistleForm(
        suggested=suggested,
        others=others,
        reasons=() if found.verdict else found.reasons,
        clauses=() if found.verdict else found.clauses,
    )


def departments(pack: Pack) -> list[tuple[str, str]]:
    here = pack.wiring.departments.grid
    return [(code, say(found.label)) for code, found in pack.departments.items() if code != here]


def _told(
    actor: Actor, case: Any, row: Any, steps: Sequence[Done], *, pack: Pack, now: datetime
) -> ToldMuster:
    return ToldMuster(
        row=row,
        state=say(pack.loops[SUMMONS].states.get(row.state), row.state),
        tone=TONES.get(row.state, ""),
        late=row.state in ("called", "coming") and row.due_at is not None and row.due_at < now,
        steps=steps,
        offers=[_offer(arrow, pack) for arrow in open_turns(actor, case, row, pack=pack, now=now)],
    )


def _done(step: Any, pack: Pack, known: Mapping[UUID, str], files: Mapping[UUID, Sequence[Any]]) -> Done:
    loop = pack.loops[SUMMONS]
    return Done(
        act=say(loop.labels().get(step.act), step.act),
        at=step.at,
        who=known.get(step.actor, "") if step.actor else "",
        post=step.post,
        note=step.note,
        why=say(loop.reasons.get(step.reason)) if step.reason else "",
        reasons=[one for one in step.reasons if one["code"] in LOUD],
        clause=step.clauses[0] if step.clauses else "",
        files=files.get(step.line, ()),
        line=step.line,
    )


def _offer(arrow: LoopArrow, pack: Pack) -> TurnOffer:
    photo = next((say(ask.why) for ask in arrow.asks if ask.what == "photo"), "")
    reasons = [(code, say(text)) for code, text in pack.loops[SUMMONS].reasons.items()]
    return TurnOffer(
        act=arrow.act,
        label=say(arrow.label),
        clause=arrow.row,
        words="words" in arrow.guards,
        reasons=reasons if "listed" in arrow.guards else (),
        photo=photo,
        instead=departments(pack) if arrow.act == "uphold" else (),
    )
