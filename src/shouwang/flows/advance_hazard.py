"""A case moves one arrow on: started, repaired, re-checked, sent back, given to another, rejected."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.queries import one
from shouwang.domains.hazards.scopes import serves
from shouwang.domains.hazards.services import Step, move_case
from shouwang.domains.ledger.acts import before
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor, HeldPost
from shouwang.kernel.codes import covers, is_region
from shouwang.kernel.decision import Decision
from shouwang.policy import Pack
from shouwang.policy.shapes import Transition
from shouwang.rules.scope import reach
from shouwang.rules.transitions import ActFacts, arrow, may

from .photos import Photo, attach
from .refusal import Moved, NotSeen, Refused, Unfit
from .report_hazard import NUL
from .sight import pack as current_pack
from .sight import pack_of, sight


@dataclass(frozen=True, kw_only=True)
class Move:
    """What a person does to a case. `version` is the one they looked at: acting on an older one is refused."""

    act: str
    version: int | None = None
    note: str = ""
    photos: tuple[Photo, ...] = field(default=())
    department: str = ""
    body: str = ""


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
    return _moved(actor, case, move, judged=judged, pack=pack, now=now)


def may_move(actor: Actor, case: Case, move: Move, *, pack: Pack) -> Decision[bool]:
    """Whether the person may do this to the case now, with every reason."""
    found = arrow(pack, case.state, move.act)
    facts = ActFacts(
        actor=str(actor.id),
        reporter=str(case.reporter or ""),
        submitter=str(case.submitter or ""),
        photos=sum(photo.purpose == "after" for photo in move.photos),
        reason=move.note,
        holds=found is not None and post_for(actor, case, found, pack=pack) is not None,
        is_assignee=serves(actor, case.department, case.body),
    )
    return may(pack, case.state, move.act, facts)


def open_acts(actor: Actor, case: Case) -> list[Transition]:
    """The arrows a person could take from here if they bring what each asks for (photo, reason)."""
    pack = current_pack()
    offered = [t for t in pack.transitions if t.source == case.state]
    brought = Photo(data=b"", purpose="after")
    return [
        t
        for t in offered
        if may_move(actor, case, Move(act=t.act, note="-", photos=(brought,)), pack=pack).verdict
    ]


def post_for(actor: Actor, case: Case, arrow: Transition, *, pack: Pack) -> HeldPost | None:
    """The post by which a person may take `arrow`: its territory covers the case, or its department was given it."""
    for post in actor.posts:
        areas = reach(pack, (post,), arrow.action).verdict.areas
        if any(covers(area, case.region) for area in areas):
            return post
        given = post.department == case.department and any(covers(a, case.body) for a in post.territory)
        if given and arrow.action in pack.posts[post.kind].actions:
            return post
    return None


def _check(move: Move, case: Case, pack: Pack) -> None:
    faults: dict[str, str] = {}
    if len(move.note) > 500:
        faults["note"] = _("At most %(n)s characters.") % {"n": 500}
    if NUL in move.note:
        faults["note"] = _("This text has a sign that cannot be kept.")
    if move.act == "reassign" and move.department not in pack.departments:
        faults["department"] = _("Choose the department that shall act.")
    if move.body and not (is_region(move.body) and covers(move.body, case.region)):
        # Scopes rely on it: what is given within a territory lies within it.
        faults["body"] = _("The case does not lie in this area.")
    if faults:
        raise Unfit(faults)


def _moved(
    actor: Actor, case: Case, move: Move, *, judged: Decision[bool], pack: Pack, now: datetime
) -> Case:
    found = arrow(pack, case.state, move.act)
    assert found is not None
    post = post_for(actor, case, found, pack=pack)
    earlier, source = before(case, "version"), case.state
    case.state, case.version = found.target, case.version + 1
    if move.act == "submit":
        case.submitter = actor.id
    if move.act == "reassign":
        case.department, case.body = move.department, move.body or case.body
    if found.target in ("closed", "rejected"):
        case.closed_at = now
    step = Step(
        act=move.act,
        source=source,
        target=found.target,
        actor=actor.id,
        post=post.kind if post else "",
        at=now,
        pack=pack.version,
        clause=found.row,
        note=move.note,
        judged=(judged,),
        files=tuple(
            attach(photo, actor=actor, subject=case.id, region=case.region, now=now) for photo in move.photos
        ),
    )
    try:
        move_case(case, step, earlier=earlier)
    except Stale:
        raise Moved(str(case.id)) from None
    return case
