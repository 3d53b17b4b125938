"""A case moves one arrow on: started, repaired, re-checked, sent back, given to another, rejected."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.domains.hazards.closings import Closing, closing_of
from shouwang.domains.hazards.models import ENDED_STATES, Case
from shouwang.domains.hazards.queries import one
from shouwang.domains.hazards.reporters import elder_case, tellings_of
from shouwang.domains.hazards.scopes import serves
from shouwang.domains.hazards.services import Step, move_case
from shouwang.domains.ledger.acts import Before, before
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor, HeldPost
from shouwang.kernel.codes import covers, is_region
from shouwang.kernel.decision import Decision
from shouwang.policy import Pack
from shouwang.policy.shapes import Transition
from shouwang.rules.clocks import Due, due
from shouwang.rules.scope import reach
from shouwang.rules.transitions import ActFacts, arrow, may

from .around_case import (
    Beside,
    beside_answer,
    beside_ending,
    beside_interim,
    beside_merge,
    beside_reopening,
    beside_unmerge,
    elder_named,
    fitness,
)
from .case_history import ENDS as ANSWERED_FROM
from .case_history import RECHECK, History
from .lapse_extension import lapse_extension
from .lapse_musters import lapse_musters
from .photos import Photo, attach
from .refusal import Moved, NotSeen, Refused, Unfit, too_long
from .sight import pack as current_pack
from .sight import pack_of, sight
from .working_days import workdays_of

NOTE, MOST_PASSES, SUBMIT = 500, "hazard.bounces.count", "submit"
ONCE = {"unmerged_once", "unanswered", "disputed_once"}
PASSES = {"pass_left", "pass_spent"}
GIVES = ("reassign", "arbitrate")


@dataclass(frozen=True, kw_only=True)
class Move:
    """What a person does to a case. `version` is the one they looked at: acting on an older one is refused.

    `elder` is the code of the case that this one is merged into. `fixer` stands for who fixed it without an account.
    `done_at` is when a repair was done, by the clock of the phone that kept it until there was a network.
    """

    act: str
    version: int | None = None
    note: str = ""
    photos: tuple[Photo, ...] = field(default=())
    department: str = ""
    body: str = ""
    elder: str = ""
    fixer: UUID | None = None
    done_at: datetime | None = None


def advance_hazard(actor: Actor, case_id: UUID, move: Move, *, now: datetime) -> Case:
    """Move a case by `move.act`. Raises NotSeen, Unfit, Refused, Moved, FileRefused."""
    case = one(sight(actor), case_id)
    if case is None:
        raise NotSeen(str(case_id))
    pack = pack_of(case.county, now=now)
    if move.version is not None and move.version != case.version:
        raise Moved(str(case_id))
    _check(move, case, pack)
    judged = may_move(actor, case, move, pack=pack)
    if not judged.verdict:
        raise Refused(judged)
    return moved(actor, case, move, judged=judged, pack=pack, now=now)


def may_move(
    actor: Actor, case: Case, move: Move, *, pack: Pack, history: History | None = None
) -> Decision[bool]:
    """Whether the person may do this to the case now, with every reason."""
    found, past = arrow(pack, case.state, move.act), history or History(case)
    guards = found.guards if found else ()
    told = "reporter" in guards and is_reporter(actor, case)
    holds = told or (found is not None and post_for(actor, case, found, pack=pack, history=past) is not None)
    facts = ActFacts(
        actor=str(actor.id),
        reporter=str(case.reporter or ""),
        submitter=str(case.submitter or ""),
        photos=sum(photo.purpose == "after" for photo in move.photos),
        pictures=len(move.photos),
        reason=move.note,
        holds=holds,
        is_assignee=serves(actor, case.department, case.body),
        is_reporter=told,
        elder=fitness(case, move.elder, elder_named(actor, move.elder)) if "elder" in guards else "",
        before=past.before if ONCE & set(guards) else frozenset(),
        closer=past.closer if "not_closer" in guards else "",
        under_review="under_review" in guards and past.under_review,
        passed=past.passed if PASSES & set(guards) else 0,
        # Who may not act anyway needs no second reason.
        code_in_hand="other_person" in guards and holds and actor.id in past.hands,
        awaited="awaited" in guards and (not holds or past.awaited),
        passes=passes_of(pack, case) if PASSES & set(guards) else None,
    )
    return may(pack, case.state, move.act, facts)


def passes_of(pack: Pack, case: Case) -> int | None:
    """How often a case may be given to another department; None while nobody said."""
    parameter = pack.parameters.get(MOST_PASSES)
    value = parameter.on(case.reported_at.astimezone(pack.zone).date()) if parameter else None
    return int(value.value) if value is not None and value.is_set and value.value is not None else None


def is_reporter(actor: Actor, case: Case) -> bool:
    """Whether the person reported the case, or told of it after somebody else."""
    if case.reporter == actor.id:
        return True
    return any(actor.id in (one.person, one.entered_by) for one in tellings_of(case))


def open_acts(actor: Actor, case: Case) -> list[Transition]:
    """The arrows a person could take from here if they bring what each asks for (photo, reason)."""
    pack = current_pack()
    offered = [t for t in pack.transitions if t.source == case.state]
    brought, past = Photo(data=b"", purpose="after"), History(case)
    return [
        t
        for t in offered
        if _could(may_move(actor, case, Move(act=t.act, note="-", photos=(brought,)), pack=pack, history=past))
    ]


def _could(judged: Decision[bool]) -> bool:
    """Whether nothing is lacking but what the person still names."""
    return judged.verdict or [reason.code for reason in judged.reasons] == ["elder_missing"]


def post_for(
    actor: Actor, case: Case, arrow: Transition, *, pack: Pack, history: History | None = None
) -> HeldPost | None:
    """The post by which a person may take `arrow`: its territory covers the case, its department was given it.

    Or its station was asked to re-check in another's place.
    """
    for post in actor.posts:
        areas = reach(pack, (post,), arrow.action).verdict.areas
        if any(covers(area, case.region) for area in areas):
            return post
        given = post.department == case.department and any(covers(a, case.body) for a in post.territory)
        if arrow.action in pack.posts[post.kind].actions and (given or _asked(post, arrow, history)):
            return post
    return None


def _asked(post: HeldPost, arrow: Transition, history: History | None) -> bool:
    if arrow.action != RECHECK or not post.department or history is None:
        return False
    return any(history.asked(post.department, area) for area in post.territory)


def _check(move: Move, case: Case, pack: Pack) -> None:
    faults: dict[str, str] = {}
    if fault := too_long(move.note, NOTE):
        faults["note"] = fault
    if move.act in GIVES and move.department not in pack.departments:
        faults["department"] = _("Choose the department that shall act.")
    if move.body and not (is_region(move.body) and covers(move.body, case.region)):
        # Scopes rely on it: what is given within a territory lies within it.
        faults["body"] = _("The case does not lie in this area.")
    if faults:
        raise Unfit(faults)


def moved(
    actor: Actor | None, case: Case, move: Move, *, judged: Decision[bool], pack: Pack, now: datetime
) -> Case:
    """The case after a move that was judged; nobody moves it who acts by the code of a report. Raises Moved."""
    found = arrow(pack, case.state, move.act)
    assert found is not None
    past = History(case)
    post = post_for(actor, case, found, pack=pack, history=past) if actor else None
    done_at = past.done_at(move.done_at, now=now) if move.act == SUBMIT else None
    earlier, undone, source = before(case, "version"), closing_of(case), case.state
    elder = _elder(actor, case, move)
    clock = _changed(case, found, move, pack=pack, now=now)
    if move.act == SUBMIT:
        case.submitter = actor.id if actor else move.fixer
    step = Step(
        act=move.act,
        source=source,
        target=found.target,
        actor=actor.id if actor else None,
        post=post.kind if post else "",
        at=now,
        pack=pack.version,
        clause=found.row,
        note=move.note,
        judged=(judged, *clock),
        done_at=done_at,
        files=tuple(
            attach(photo, actor=actor, subject=case.id, region=case.region, now=now) for photo in move.photos
        ),
    )
    beside = _beside(case, elder, step, pack=pack)
    try:
        _keep(case, replace(step, judged=(*step.judged, *beside.reasons)), beside, earlier, undone)
    except Stale:
        raise Moved(str(case.id)) from None
    return case


def _elder(actor: Actor | None, case: Case, move: Move) -> Case | None:
    if move.act == "merge" and actor is not None:
        elder = elder_named(actor, move.elder)
        if fitness(case, move.elder, elder) != "fits":
            # It ended since it was judged: what is part of something ended would stand for nothing.
            raise Moved(str(case.id))
        return elder
    return elder_case(case) if move.act == "unmerge" else None


def _changed(
    case: Case, found: Transition, move: Move, *, pack: Pack, now: datetime
) -> tuple[Decision[Due], ...]:
    """The case as the arrow leaves it; opened again, it has a fresh clock."""
    source, case.state, case.version = case.state, found.target, case.version + 1
    if move.act in GIVES:
        case.department, case.body = move.department, move.body or case.body
    if found.target in ENDED_STATES and source not in ENDED_STATES:
        case.closed_at = now
    if source in ENDED_STATES and found.target not in ENDED_STATES:
        return _opened_again(case, pack=pack, now=now)
    return ()


def _opened_again(case: Case, *, pack: Pack, now: datetime) -> tuple[Decision[Due], ...]:
    clock = due(pack, workdays_of(case.region), case.grade, now)
    case.closed_at = None
    case.due_at, case.due_provisional = clock.verdict.at, clock.verdict.provisional
    return (clock,)


def _beside(case: Case, elder: Case | None, step: Step, *, pack: Pack) -> Beside:
    if step.act == "merge" and elder is not None:
        return beside_merge(case, elder, step)
    if step.act == "unmerge" and elder is not None:
        return beside_unmerge(elder, step, case.code)
    if step.act == "answer":
        return beside_answer(case, step)
    if step.act == "interim":
        return beside_interim(case, step)
    if step.target in ANSWERED_FROM and step.source not in ENDED_STATES:
        return beside_ending(case, step, pack=pack)
    if step.source == "closed" and step.target not in ENDED_STATES:
        return beside_reopening(case, step, pack=pack)
    return Beside()


def _keep(case: Case, step: Step, beside: Beside, earlier: Before, undone: Closing | None) -> None:
    """The act with all it brings along, or nothing. Raises Stale."""
    taken_back = undone if step.source != step.target else None
    with transaction.atomic():
        move_case(
            case, step, earlier=earlier, undone=taken_back, enclosed=beside.enclosed, also=beside.also
        )
        for keep in beside.after:
            keep()
        if step.target in ENDED_STATES and step.source != step.target:
            lapse_musters(case, now=step.at)
        if step.act in GIVES or step.target in ENDED_STATES:
            lapse_extension(case, now=step.at)
