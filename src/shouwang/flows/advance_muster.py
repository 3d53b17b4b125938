"""A department that was called moves one arrow on: comes, tells its result, sends it back (部门报到)."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.domains.hazards.models import ENDED_STATES, Case, Muster
from shouwang.domains.hazards.muster_queries import muster_of
from shouwang.domains.hazards.musters import Turn, turn_muster
from shouwang.domains.hazards.queries import one
from shouwang.domains.hazards.scopes import serves
from shouwang.domains.hazards.services import Step
from shouwang.domains.ledger.acts import before
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import covers
from shouwang.kernel.decision import Decision
from shouwang.policy import Pack
from shouwang.policy.loop_shapes import LoopArrow
from shouwang.policy.vocabulary import Side
from shouwang.rules.loops import LoopFacts, may_turn, turn
from shouwang.rules.musters import SUMMONS, limits, ruling_by

from .muster_news import Telling, news
from .photos import Photo, attach
from .refusal import Moved, NotSeen, Refused, Unfit, too_long
from .sight import pack_of, posts_with, sight
from .whistle import Whistle, calls_of, keep_calls, refuse_called_before
from .working_days import workdays_of

ARBITRATE, WHISTLE = "hazards.arbitrate", "hazards.whistle"
RULINGS = {"uphold": "upheld", "order": "ordered"}
MOST = 500


@dataclass(frozen=True, kw_only=True)
class Go:
    """What somebody does to a call. `version` is the one they looked at; `instead` whom a ruling calls in its place."""

    act: str
    version: int | None = None
    note: str = ""
    reason: str = ""
    photos: tuple[Photo, ...] = field(default=())
    instead: str = ""


def advance_muster(actor: Actor, case_id: UUID, muster_id: UUID, go: Go, *, now: datetime) -> Muster:
    """Move a department's call by `go.act`. Raises NotSeen, Unfit, Refused, Moved, FileRefused."""
    case = one(sight(actor), case_id)
    muster = muster_of(case, muster_id) if case else None
    if case is None or muster is None:
        raise NotSeen(str(muster_id))
    muster.case = case
    pack = pack_of(case.county, now=now)
    if go.version is not None and go.version != muster.version:
        raise Moved(str(muster_id))
    _check(go, pack)
    judged = may_go(actor, case, muster, go, pack=pack, now=now)
    if not judged.verdict:
        raise Refused(judged)
    if go.instead:
        refuse_called_before(case, [go.instead], pack=pack)
    arrow = turn(pack, SUMMONS, muster.state, go.act)
    assert arrow is not None
    try:
        with transaction.atomic():
            _moved(actor, muster, go, arrow=arrow, judged=judged, pack=pack, now=now)
            if go.act in RULINGS:
                _write_into_case(actor, case, muster, go, pack=pack, now=now)
    except Stale:
        raise Moved(str(muster_id)) from None
    return muster


def may_go(  # noqa: PLR0913
    actor: Actor, case: Case, muster: Muster, go: Go, *, pack: Pack, now: datetime
) -> Decision[bool]:
    """Whether the person may do this to the call now, with every reason."""
    loop, own = pack.loops[SUMMONS], serves(actor, muster.department, muster.body)
    facts = LoopFacts(
        sides=sides_of(actor, case, muster, pack=pack),
        words=go.note,
        listed=go.reason in loop.reasons,
        case_open=case.state not in ENDED_STATES,
        outsider=not own,
        impartial=not own and actor.id != muster.whistler,
        decided=bool(muster.ruling),
        used={"bounces": muster.bounces, "returns": muster.returns},
        most=limits(pack, now.astimezone(pack.zone).date()),
    )
    return may_turn(pack, SUMMONS, muster.state, go.act, facts)


def sides_of(actor: Actor, case: Case, muster: Muster, *, pack: Pack) -> frozenset[Side]:
    """Whose acts are the person's: who whistled or another grid post of the place, the department, the office."""
    found: set[Side] = set()
    if serves(actor, muster.department, muster.body):
        found.add("department")
    whistles = posts_with(actor, WHISTLE, case.region, pack=pack)
    if any(post.department == pack.wiring.departments.grid or actor.id == muster.whistler for post in whistles):
        found.add("site")
    if posts_with(actor, ARBITRATE, case.region, pack=pack):
        found.add("arbiter")
    return frozenset(found)


def open_turns(actor: Actor, case: Case, muster: Muster, *, pack: Pack, now: datetime) -> list[LoopArrow]:
    """The arrows a person could take from here if they bring what each asks for."""
    loop = pack.loops[SUMMONS]
    brought = {"note": "-", "reason": next(iter(loop.reasons), "")}
    return [
        arrow
        for arrow in loop.arrows
        if arrow.source == muster.state
        and may_go(actor, case, muster, Go(act=arrow.act, **brought), pack=pack, now=now).verdict
    ]


def _check(go: Go, pack: Pack) -> None:
    faults: dict[str, str] = {}
    if fault := too_long(go.note, MOST):
        faults["note"] = fault
    if go.instead and (go.act != "uphold" or go.instead not in pack.departments):
        faults["instead"] = _("Choose the department that shall act.")
    if faults:
        raise Unfit(faults)


def _moved(  # noqa: PLR0913
    actor: Actor,
    muster: Muster,
    go: Go,
    *,
    arrow: LoopArrow,
    judged: Decision[bool],
    pack: Pack,
    now: datetime,
) -> None:
    earlier, source = before(muster, "version"), muster.state
    muster.state, muster.version = arrow.target, muster.version + 1
    _mark(muster, go, pack, now)
    if arrow.target in pack.loops[SUMMONS].ends:
        muster.ended_at = now
    sort, people = Telling(pack, muster.county, now).of_step(go.act, muster)
    step = Turn(
        act=go.act,
        source=source,
        target=arrow.target,
        actor=actor.id,
        post=_post_of(actor, muster, pack),
        at=now,
        pack=pack.version,
        clause=arrow.row,
        note=go.note,
        reason=go.reason if "listed" in arrow.guards else "",
        judged=(judged,),
        files=tuple(
            attach(photo, actor=actor, subject=muster.case_id, region=muster.region, now=now)
            for photo in go.photos
        ),
        told=news(sort, muster, people - {actor.id}, at=now),
    )
    turn_muster(muster, step, earlier=earlier)


def _mark(muster: Muster, go: Go, pack: Pack, now: datetime) -> None:
    """What of a step is counted, and the moments that the table of responses is made of."""
    match go.act:
        case "arrive":
            muster.arrived_at = now
        case "bounce" | "appeal":
            muster.bounces, muster.reason = muster.bounces + 1, go.reason
        case "return":
            muster.returns += 1
        case "uphold" | "order":
            muster.ruling, muster.ruling_due_at = RULINGS[go.act], None
    if muster.state == "disputed":
        clock = ruling_by(pack, workdays_of(muster.region), now).verdict
        muster.ruling_due_at = clock.at if clock else None


def _post_of(actor: Actor, muster: Muster, pack: Pack) -> str:
    """The post a step is done in: that of the department or office, else one whose territory holds the place."""
    fitting = [
        post.kind
        for post in actor.posts
        if any(covers(area, muster.body) or covers(area, muster.region) for area in post.territory)
    ]
    return fitting[0] if fitting else ""


def _write_into_case(  # noqa: PLR0913
    actor: Actor, case: Case, muster: Muster, go: Go, *, pack: Pack, now: datetime
) -> None:
    """A ruling binds: it stands in the story of the case, and whom it names instead is called by it."""
    earlier = before(case, "version")
    case.version += 1
    post = _post_of(actor, muster, pack)
    step = Step(
        act="rule",
        source=case.state,
        target=case.state,
        actor=actor.id,
        post=post,
        at=now,
        pack=pack.version,
        clause=pack.wiring.clauses.unowned if go.instead else pack.actions.get(ARBITRATE, ""),
        note=go.note,
    )
    asked = Whistle(departments=[go.instead] if go.instead else [], need=muster.need)
    keep_calls(case, step, earlier=earlier, calls=calls_of(case, asked, by=(actor.id, post), pack=pack, now=now))
