"""Acts on a case: each is one transaction and one ledger line, with its step, evidence, files and counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from shouwang.domains.ledger.acts import Act, Before, keep
from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.models import Delta, Evidence
from shouwang.domains.ledger.rows import Enclosed
from shouwang.domains.ledger.totals import delta
from shouwang.kernel.decision import Decision, clauses_of
from shouwang.rules.seen import AMENDS

from . import closings
from .closings import Closing
from .events import OF_ACT, REPORTED
from .models import Case, Transition

REDATED = ("due_at", "due_provisional", "version")
CHANGED = ("state", "department", "body", "submitter", "closed_at", "due_at", "due_provisional", "version")
REGRADED = ("grade", "facts", "site", "state", "department", "body", "due_at", "due_provisional", "version")


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a person did to a case, and the judgements that let them (Decisions of `rules`)."""

    act: str
    source: str
    target: str
    actor: UUID | None
    post: str
    at: datetime
    pack: str
    clause: str
    note: str = ""
    reason: str = ""
    judged: tuple[Decision[Any], ...] = ()
    files: tuple[Enclosed, ...] = field(default=())
    done_at: datetime | None = None


def open_case(case: Case, step: Step, *, also: Sequence[models.Model] = ()) -> None:
    """Keep a new case with its first step. `also` are rows beside it, such as the idempotency key."""
    enclosed: list[Enclosed] = [_transition(case, step), *_announced(case, step), *step.files]
    deltas = [delta(case.region, f"hazards.state.{case.state}", 1, at=step.at)]
    deltas.append(delta(case.region, "hazards.reported", 1, at=step.at, period=closings.month_of(step.at)))
    keep(_act(case, step), subject=case, enclosed=enclosed, also=[*deltas, *also])


def move_case(
    case: Case,
    step: Step,
    *,
    earlier: Before,
    undone: Closing | None = None,
    enclosed: Sequence[Enclosed] = (),
    also: Sequence[models.Model] = (),
) -> None:
    """Keep a changed case with the step that changed it. Raises Stale when somebody was first.

    `undone` is the closing that this step takes back; `enclosed` and `also` are rows the step brings along.
    """
    rows = [_transition(case, step), *_announced(case, step), *step.files, *enclosed]
    keep(
        _act(case, step),
        subject=case,
        changed=(earlier, CHANGED),
        enclosed=rows,
        also=[*_moved(case, step, undone), *also],
    )


def redate_case(case: Case, step: Step, *, earlier: Before, told: Sequence[models.Model] = ()) -> None:
    """Keep a case whose deadline the notice of a year moved; `told` are rows beside it. Raises Stale."""
    enclosed: list[Enclosed] = [_transition(case, step), *_announced(case, step)]
    keep(_act(case, step), subject=case, changed=(earlier, REDATED), enclosed=enclosed, also=told)


def keep_step(case: Case, step: Step, *, earlier: Before, enclosed: Sequence[Enclosed] = ()) -> None:
    """Keep a step that leaves the case in its state, with rows sealed by the same line. Raises Stale."""
    rows: list[Enclosed] = [_transition(case, step), *enclosed, *_announced(case, step)]
    keep(_act(case, step), subject=case, changed=(earlier, CHANGED), enclosed=rows)


def regrade_case(case: Case, step: Step, *, earlier: Before) -> None:
    """Keep a case judged anew from more facts: grade, who acts, deadline. Raises Stale."""
    enclosed: list[Enclosed] = [_transition(case, step), *_announced(case, step), *step.files]
    keep(
        _act(case, step),
        subject=case,
        changed=(earlier, REGRADED),
        enclosed=enclosed,
        also=_moved(case, step, None),
    )


def _act(case: Case, step: Step) -> Act:
    return Act(
        room="hazards",
        name=step.act,
        region=case.region,
        at=step.at,
        pack=step.pack,
        actor=step.actor,
        post=step.post,
        reason=step.reason,
        clause=step.clause,
    )


def _transition(case: Case, step: Step) -> Transition:
    return Transition.fresh(
        id=mint(step.at),
        county=case.county,
        region=case.region,
        salt=salt(),
        case_id=case.id,
        act=step.act,
        source=step.source,
        target=step.target,
        actor=step.actor,
        post=step.post,
        at=step.at,
        note=step.note,
        reasons=[reason.plain for one in step.judged for reason in one.reasons],
        clauses=clauses_of(step.clause, step.judged),
        done_at=step.done_at,
    )


def _announced(case: Case, step: Step) -> list[Evidence]:
    """The evidence this step is; facts are what duties judge by, never a name or a text."""
    facts: dict[str, str | bool] = {
        "kind": case.kind,
        "grade": case.grade,
        "due_at": case.due_at.isoformat(),
        "department": case.department,
        "body": case.body,
        "act": step.act,
    }
    if step.act == "regrade":
        # It says anew what the report said: duties of the earlier grade are owed no more.
        facts[AMENDS] = True
    return [
        evidence(
            kind,
            subject=case.id,
            region=case.region,
            room="hazards",
            at=step.at,
            occurred_at=case.found_at if kind == REPORTED else step.done_at or step.at,
            facts={**facts, "act": _told_by(case, step)} if kind == REPORTED else facts,
        )
        for kind in OF_ACT[step.act]
    ]


def _told_by(case: Case, step: Step) -> str:
    """How it was reported stays, however often it is graded again: what the report itself made owed is owed still."""
    if step.act != "regrade":
        return step.act
    return "fix_on_spot" if case.facts.get("fixed_on_spot") else "report"


def _moved(case: Case, step: Step, undone: Closing | None) -> list[Delta]:
    """Only verified closings count, so what reopens takes its own back, from the month it was counted in."""
    at = step.at
    if step.source == step.target:
        return []
    deltas = [
        delta(case.region, f"hazards.state.{step.source}", -1, at=at),
        delta(case.region, f"hazards.state.{step.target}", 1, at=at),
    ]
    if undone is not None:
        deltas += closings.counted(case.region, undone, -1, at=at)
    if step.target == "closed" and (closing := closings.closing_of(case)) is not None:
        deltas += closings.counted(case.region, closing, 1, at=at)
    if "merged" in (step.source, step.target):
        sign = -1 if step.target == "merged" else 1
        month = closings.month_of(case.reported_at)
        deltas.append(delta(case.region, "hazards.reported", sign, at=at, period=month))
    return deltas
