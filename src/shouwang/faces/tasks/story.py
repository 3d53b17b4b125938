"""One task as a person reads it: what the plan says, where it stands and why, what proves it, who has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404

from shouwang.domains.areas.queries import path_of
from shouwang.domains.duties.delegations import past_about
from shouwang.domains.duties.lists import Task, history, one
from shouwang.domains.duties.scopes import Sight
from shouwang.domains.duties.steps import steps_of
from shouwang.domains.ledger.queries import evidence_about, evidence_left
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.queries import names
from shouwang.faces.tasks import wording
from shouwang.faces.tasks.rows import Row, rows
from shouwang.faces.tasks.ways import OFFICE, proof_words
from shouwang.faces.verdicts import TONES, verdict_words
from shouwang.flows.delegate_task import may_pass_on, open_of
from shouwang.flows.see_tasks import task_sight
from shouwang.flows.sight import areas_for
from shouwang.kernel.codes import covered
from shouwang.policy import Pack, load
from shouwang.policy.duty_shapes import Duty, Event
from shouwang.rules.delegating import NOT_DONE
from shouwang.rules.periods import named
from shouwang.rules.proofs import reach_of
from shouwang.rules.seen import fits

OWN_VALUES = ("value_default",)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Something that happened to a task: a step of the house, or an answer of a person."""

    at: datetime
    words: str
    who: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Past:
    """The same duty in another period."""

    id: UUID
    words: str
    verdict: str
    tone: str
    met_by: UUID | None
    county: str


@dataclass(frozen=True, kw_only=True)
class Value:
    """A number the verdict rests on, and where it is from."""

    label: str
    provenance: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """A piece of evidence that counts, or may count, for the task; `late` when it was entered afterwards."""

    label: str
    at: datetime
    line: UUID
    county: str
    late: bool
    counts: bool


@dataclass(frozen=True, kw_only=True)
class Story:
    row: Row
    place: str
    day: str
    reasons: Sequence[Any]
    values: Sequence[Value]
    found: Sequence[Found]
    moments: Sequence[Moment]
    past: Sequence[Past]
    delegation: Any
    receiver: str
    giver: str
    may_delegate: bool
    may_answer: bool
    may_take_back: bool
    may_prove: bool

    @property
    def task(self) -> Task:
        return self.row.task

    @property
    def verdict(self) -> str:
        return verdict_words(self.task.verdict)


def story_of(
    actor: Actor, task_id: UUID, *, now: datetime, face: str = OFFICE, sight: Sight | None = None
) -> Story:
    """404 outside the reader's sight, and for a duty the pack knows no more."""
    sight = sight or task_sight(actor)
    task = one(sight, task_id)
    row = rows(actor, [task], now=now, face=face).get(task_id) if task else None
    if task is None or row is None:
        raise Http404
    pack, given = load(settings.PACK), open_of(task)
    passed = past_about(task.county, duty=task.duty, subject=task.subject)
    people = names({who for row_ in passed for who in (row_.giver, row_.receiver)} | _both(given))
    leads = may_pass_on(actor, task)
    return Story(
        row=row,
        place=path_of(task.region),
        day=wording.day_words(task.due_at, now) if task.due_at else "",
        reasons=[reason for reason in task.reasons if reason["code"] not in OWN_VALUES],
        values=_values(pack, task),
        found=evidence_found(pack, task, row.duty),
        moments=_moments(task, passed, people),
        past=_past(task, sight),
        delegation=given,
        receiver=people.get(given.receiver, "") if given else "",
        giver=people.get(given.giver, "") if given else "",
        may_delegate=given is None and leads and task.verdict in NOT_DONE,
        may_answer=given is not None and given.receiver == actor.id and given.state == "offered",
        may_take_back=given is not None and (leads or given.giver == actor.id),
        may_prove=covered(areas_for(actor, "ledger.prove"), task.region),
    )


def _both(given: Any) -> set[UUID]:
    return {given.giver, given.receiver} if given else set()


def _values(pack: Pack, task: Task) -> list[Value]:
    """Numbers of ours that nobody has adopted: said as such, never as the plan's."""
    found = []
    for reason in task.reasons:
        name = str(reason.get("params", {}).get("parameter", ""))
        if reason["code"] in OWN_VALUES and name in pack.parameters:
            value = pack.parameters[name].on((task.due_at or task.judged_at).astimezone(pack.zone).date())
            found.append(Value(label=name, provenance=value.provenance, source=value.source))
    return found


def _moments(task: Task, passed: Sequence[Any], people: dict[UUID, str]) -> list[Moment]:
    steps = steps_of(task.county, duty=task.duty, subject=task.subject)
    found = [Moment(at=step.at, words=wording.rung_words(step.rung)) for step in steps]
    for row in passed:
        found.append(Moment(at=row.at, words="offered", who=people.get(row.receiver, ""), note=row.note))
        if row.answered_at:
            who = people.get(row.giver if row.state == "taken_back" else row.receiver, "")
            found.append(Moment(at=row.answered_at, words=row.state, who=who, note=row.answer))
    return sorted(found, key=lambda one_: one_.at)


def evidence_found(pack: Pack, task: Task, duty: Duty) -> list[Found]:
    """What lies on record for it, the newest first: of the case, or left by the body in the period."""
    kind = duty.evidence.kind
    if isinstance(duty.trigger, Event) and reach_of(duty) == "subject":
        rows = [one_ for one_ in evidence_about(task.county, [task.subject]) if one_.kind == kind]
    else:
        since, until = _span(pack, task)
        rows = evidence_left(task.region, kind, since=since, until=until)
    label = proof_words(pack, duty)
    return [
        Found(
            label=label,
            at=row.occurred_at,
            line=row.line,
            county=row.county,
            late=row.recorded_at - row.occurred_at > timedelta(days=1),
            counts=row.line == task.met_by,
        )
        for row in rows
        if fits(duty.evidence.where, row.facts)
    ]


def _span(pack: Pack, task: Task) -> tuple[datetime | None, datetime | None]:
    period = named(pack, task.period) if task.period else None
    if period is None:
        return None, None
    start = datetime.combine(period.start, time(), pack.zone)
    return start, max(datetime.combine(period.end, time(), pack.zone), task.due_at or start) + timedelta(
        days=1
    )


def _past(task: Task, sight: Sight) -> list[Past]:
    if not task.period:
        return []
    return [
        Past(
            id=found.id,
            words=wording.period_words(found.period),
            verdict=verdict_words(found.verdict),
            tone=TONES.get(found.verdict, ""),
            met_by=found.met_by,
            county=found.county,
        )
        for found in history(task.county, region=task.region, duty=task.duty)
        if found.id != task.id and sight.holds(found)
    ]
