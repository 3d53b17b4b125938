"""The grid whistles (网格吹哨): departments are called to one case at once and see that case from then on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from shouwang.domains.hazards.models import ENDED_STATES, Case
from shouwang.domains.hazards.musters import Called, Turn, call_departments, called
from shouwang.domains.hazards.queries import one, summoned_to
from shouwang.domains.hazards.services import Step
from shouwang.domains.ledger.acts import Before, before
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.policy.vocabulary import Side
from shouwang.rules.loops import LoopFacts, may_turn, turn
from shouwang.rules.musters import SUMMONS, Suggested, arrival_by, body_called, whom_to_call

from .muster_news import Telling, news
from .refusal import Moved, NotSeen, Refused, Unfit, too_long
from .sight import pack_of, post_with, sight
from .working_days import workdays_of

ACTION, MOST = "hazards.whistle", 300


@dataclass(frozen=True, kw_only=True)
class Whistle:
    """Whom to call and for what; `version` is the one of the case they looked at."""

    departments: Sequence[str]
    need: str
    version: int | None = None


def whistle(actor: Actor, case_id: UUID, asked: Whistle, *, now: datetime) -> Case:
    """Call departments to a case. Raises NotSeen, Unfit, Refused, Moved."""
    case = one(sight(actor), case_id)
    if case is None:
        raise NotSeen(str(case_id))
    pack = pack_of(case.county, now=now)
    _check(asked, pack)
    if asked.version is not None and asked.version != case.version:
        raise Moved(str(case_id))
    post = whistling_post(actor, case, pack=pack)
    judged = may_turn(pack, SUMMONS, None, "call", _facts(case, post, asked.need))
    if not judged.verdict:
        raise Refused(judged)
    refuse_called_before(case, asked.departments, pack=pack)
    earlier = before(case, "version")
    case.version += 1
    calls = calls_of(case, asked, by=(actor.id, post), pack=pack, now=now)
    step = Step(
        act="whistle",
        source=case.state,
        target=case.state,
        actor=actor.id,
        post=post,
        at=now,
        pack=pack.version,
        clause=pack.wiring.clauses.summons,
        note=asked.need,
    )
    keep_calls(case, step, earlier=earlier, calls=calls)
    return case


def keep_calls(case: Case, step: Step, *, earlier: Before, calls: Sequence[Called]) -> None:
    """Raises Moved when the case was changed meanwhile, Refused when a department was called by somebody else."""
    try:
        call_departments(case, step, earlier=earlier, calls=calls)
    except Stale:
        raise Moved(str(case.id)) from None
    except IntegrityError:
        raise Refused(Decision(False, (Reason("already_summoned"),), (step.clause,))) from None


def calls_of(
    case: Case, asked: Whistle, *, by: tuple[UUID, str], pack: Pack, now: datetime
) -> list[Called]:
    """A row for each department, with its clock from this moment and its notices."""
    clock = arrival_by(pack, workdays_of(case.region), now)
    due = clock.verdict
    arrow = turn(pack, SUMMONS, None, "call")
    assert arrow is not None
    telling = Telling(pack, case.county, now)
    found = []
    for department in asked.departments:
        body = body_called(pack, department, case.region)
        people = telling.department(department, body)
        silent = () if people else (Decision(True, (Reason("nobody_serves"),), ()),)
        step = Turn(
            act="call",
            source="",
            target=arrow.target,
            actor=by[0],
            post=by[1],
            at=now,
            pack=pack.version,
            clause=arrow.row,
            judged=(clock, *silent),
            told=(told := []),
        )
        one_ = called(
            case,
            step,
            department=department,
            body=body,
            need=asked.need,
            due_at=due.at if due else None,
            due_provisional=bool(due and due.provisional),
        )
        told += news("whistled", one_.muster, people - {by[0]}, at=now)
        found.append(one_)
    return found


def whistling_post(actor: Actor, case: Case, *, pack: Pack) -> str:
    """The post by which a person may whistle here; empty where none does."""
    post = post_with(actor, ACTION, case.region, pack=pack)
    return post.kind if post else ""


def may_whistle(actor: Actor, case: Case, *, pack: Pack) -> bool:
    """Whether the form is offered at all."""
    post = whistling_post(actor, case, pack=pack)
    return may_turn(pack, SUMMONS, None, "call", _facts(case, post, "-")).verdict


def suggestions(case: Case, *, pack: Pack, now: datetime) -> Decision[tuple[Suggested, ...]]:
    """Whom the tables name for this kind of hazard, place and grade, without those who have it already."""
    facts = {"kind": case.kind, "site": case.site or None, "grade": case.grade}
    found = whom_to_call(pack, facts, now.astimezone(pack.zone).date())
    kept = tuple(one_ for one_ in found.verdict if one_.department != case.department)
    return Decision(kept, found.reasons, found.clauses)


def refuse_called_before(case: Case, departments: Sequence[str], *, pack: Pack) -> None:
    known = {one_.department for one_ in summoned_to(case)}
    again = [name for name in departments if name in known]
    if again:
        reasons = tuple(Reason("called_before", {"department": name}) for name in again)
        raise Refused(Decision(False, reasons, (pack.wiring.clauses.summons,)))


def _facts(case: Case, post: str, need: str) -> LoopFacts:
    sides: frozenset[Side] = frozenset({"caller"}) if post else frozenset()
    return LoopFacts(sides=sides, words=need, case_open=case.state not in ENDED_STATES)


def _check(asked: Whistle, pack: Pack) -> None:
    faults: dict[str, str] = {}
    if not asked.departments or any(name not in pack.departments for name in asked.departments):
        faults["departments"] = _("Choose the departments that are needed.")
    elif len(set(asked.departments)) != len(asked.departments):
        faults["departments"] = _("A department stands twice in the list.")
    if fault := too_long(asked.need, MOST):
        faults["need"] = fault
    if faults:
        raise Unfit(faults)
