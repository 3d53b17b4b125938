"""Acts on a department that was called: one transaction each, one line for each department (部门报到)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from shouwang.domains.ledger.acts import Act, Before, Kept, keep, keep_all
from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.models import Evidence
from shouwang.domains.ledger.rows import Enclosed
from shouwang.kernel.decision import Decision, clauses_of

from .events import OF_TURN
from .models import Case, Muster, MusterStep, Summons
from .services import Step, keep_step

CHANGED = ("state", "reason", "bounces", "returns", "ruling", "ruling_due_at", "arrived_at", "ended_at", "version")
REDATED = ("due_at", "due_provisional", "version")
ROOM = "hazards"


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What somebody did to a department's call, and the judgements that let them."""

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
    files: tuple[Enclosed, ...] = ()
    told: Sequence[models.Model] = field(default=())


@dataclass(frozen=True, kw_only=True)
class Called:
    """A department that is called now: its new row, and the step that called it."""

    muster: Muster
    summons: Summons
    turn: Turn


def called(case: Case, turn: Turn, **told: Any) -> Called:
    """The rows of a call; `told` are the columns of the muster that the caller decides."""
    by = {"county": case.county, "region": case.region, "case": case, "at": turn.at}
    named = {"department": told["department"], "body": told["body"]}
    summons = Summons(id=mint(turn.at), salt=salt(), **by, **named)
    muster = Muster(
        id=mint(turn.at), salt=salt(), state=turn.target, whistler=turn.actor, post=turn.post, **by, **told
    )
    return Called(muster=muster, summons=summons, turn=turn)


def call_departments(case: Case, step: Step, *, earlier: Before, calls: Sequence[Called]) -> None:
    """Keep a whistle: the case's step with the summonses, then each department's line. Raises Stale, IntegrityError."""
    with transaction.atomic():
        keep_step(case, step, earlier=earlier, enclosed=[one.summons for one in calls])
        keep_all([_kept(one) for one in calls])


def turn_muster(muster: Muster, turn: Turn, *, earlier: Before) -> None:
    """Keep what was done to one department's call. Raises Stale when somebody was first."""
    rows: list[Enclosed] = [_step(muster, turn), *_announced(muster, turn), *turn.files]
    keep(_act(muster, turn), subject=muster, changed=(earlier, CHANGED), enclosed=rows, also=turn.told)


def redate_muster(muster: Muster, turn: Turn, *, earlier: Before) -> None:
    """Keep a call whose deadline the notice of a year moved. Raises Stale."""
    rows: list[Enclosed] = [_step(muster, turn), *_announced(muster, turn)]
    keep(_act(muster, turn), subject=muster, changed=(earlier, REDATED), enclosed=rows, also=turn.told)


def _kept(one: Called) -> Kept:
    rows: list[Enclosed] = [_step(one.muster, one.turn), *_announced(one.muster, one.turn)]
    return Kept(
        act=_act(one.muster, one.turn), subject=one.muster, enclosed=tuple(rows), also=tuple(one.turn.told)
    )


def _act(muster: Muster, turn: Turn) -> Act:
    return Act(
        room=ROOM,
        name=f"muster_{turn.act}",
        region=muster.region,
        at=turn.at,
        pack=turn.pack,
        actor=turn.actor,
        post=turn.post,
        reason=turn.reason,
        clause=turn.clause,
    )


def _step(muster: Muster, turn: Turn) -> MusterStep:
    return MusterStep(
        id=mint(turn.at),
        county=muster.county,
        region=muster.region,
        salt=salt(),
        muster=muster,
        case_id=muster.case_id,
        act=turn.act,
        source=turn.source,
        target=turn.target,
        actor=turn.actor,
        post=turn.post,
        at=turn.at,
        reason=turn.reason,
        note=turn.note,
        reasons=[reason.plain for one in turn.judged for reason in one.reasons],
        clauses=clauses_of(turn.clause, turn.judged),
    )


def _announced(muster: Muster, turn: Turn) -> list[Evidence]:
    """The evidence this step is, about this department's call: several on one case are judged one by one."""
    facts = {
        "case": str(muster.case_id),
        "kind": muster.case.kind,
        "grade": muster.case.grade,
        "department": muster.department,
        "body": muster.body,
        "act": turn.act,
        "post": turn.post,
        **_own_facts(muster, turn),
    }
    return [
        evidence(kind, subject=muster.id, region=muster.region, room=ROOM, at=turn.at, facts=facts)
        for kind in OF_TURN.get(turn.act, ())
        if turn.act != "lapse" or _in_time(muster, turn.at)
    ]


def _own_facts(muster: Muster, turn: Turn) -> dict[str, Any]:
    if muster.due_at is None:
        return {}
    match turn.act:
        case "call" | "redate":
            return {"due_at": muster.due_at.isoformat()}
        case "arrive":
            return {"in_time": turn.at <= muster.due_at}
        case "bounce" | "appeal":
            return {"reason": turn.reason}
        case "sign" | "sign_unsettled":
            return {"settled": turn.act == "sign", "first_time": muster.returns == 0}
        case _:
            return {}


def _in_time(muster: Muster, at: datetime) -> bool:
    """A case that ends frees those who were not late yet; whoever let the deadline pass stays late."""
    return muster.due_at is None or at <= muster.due_at
