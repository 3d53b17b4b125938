"""The deadline of a case is moved by a step with its reason (时限变动): paused, resumed, extended on approval."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shouwang.domains.duties.acting import About, notice
from shouwang.domains.duties.models import Notice
from shouwang.domains.hazards.extra_time import extra_time_of, give_time
from shouwang.domains.hazards.extra_time_rows import ExtraTime
from shouwang.domains.hazards.models import WORKING_STATES, Case
from shouwang.domains.hazards.queries import one
from shouwang.domains.hazards.scopes import serves
from shouwang.domains.hazards.services import Step
from shouwang.domains.ledger.acts import before
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import covers
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.policy.loop_shapes import LoopArrow
from shouwang.policy.vocabulary import Side
from shouwang.rules.extra_time import (
    Left,
    allowed,
    due_after,
    due_extended,
    left_of,
    longest_extension,
    pause_until,
    paused_reason,
    told,
)
from shouwang.rules.loops import LoopFacts, may_turn, turn
from shouwang.rules.scope import reach

from .refusal import Moved, NotSeen, Refused, Unfit, too_long
from .sight import pack_of, sight
from .working_days import workdays_of

PAUSE, EXTENSION, NOTE = "pause", "extension", 500
LOOP_OF = {
    "pause": PAUSE, "resume": PAUSE, "ask_extension": EXTENSION, "grant_extension": EXTENSION,
    "deny_extension": EXTENSION,
}  # fmt: skip
OPENING = ("pause", "ask_extension")
DECIDES = ("hazards.assign", "hazards.arbitrate")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody does to the deadline; `workdays` are asked for, `version` is the case's they looked at."""

    act: str
    version: int | None = None
    note: str = ""
    reason: str = ""
    workdays: int = 0


def move_deadline(actor: Actor, case_id: UUID, wish: Wish, *, now: datetime) -> Case:
    """Raises NotSeen, Unfit, Refused, Moved."""
    case = one(sight(actor), case_id)
    if case is None or wish.act not in LOOP_OF:
        raise NotSeen(str(case_id))
    pack = pack_of(case.county, now=now)
    if wish.version is not None and wish.version != case.version:
        raise Moved(str(case_id))
    if fault := too_long(wish.note, NOTE):
        raise Unfit({"note": fault})
    known = extra_time_of(case)
    judged = may_move_deadline(actor, case, wish, known, pack=pack, now=now)
    if not judged.verdict:
        raise Refused(judged)
    try:
        _given(actor, case, wish, running_of(case, known, LOOP_OF[wish.act], now=now), pack=pack, now=now)
    except Stale:
        raise Moved(str(case_id)) from None
    return case


def may_move_deadline(  # noqa: PLR0913
    actor: Actor, case: Case, wish: Wish, known: list[ExtraTime], *, pack: Pack, now: datetime
) -> Decision[bool]:
    """Whether the person may do this to the deadline now, with every reason."""
    loop, on = LOOP_OF[wish.act], now.astimezone(pack.zone).date()
    found = pack.loops.get(loop)
    running = running_of(case, known, loop, now=now)
    state = None if wish.act in OPENING else running.state if running else ""
    facts = LoopFacts(
        sides=sides_of(actor, case, pack=pack),
        words=wish.note,
        listed=found is not None and wish.reason in found.reasons,
        case_open=case.state in WORKING_STATES,
        other_person=running is None or running.asker != actor.id,
        running=any(running_of(case, known, one_, now=now) for one_ in (PAUSE, EXTENSION)),
        in_time=now <= case.due_at,
        within_limit=1 <= wish.workdays <= longest_extension(pack, on),
        longest=longest_extension(pack, on),
        used={
            "pauses": sum(one_.loop == PAUSE for one_ in known),
            "extensions": sum(one_.loop == EXTENSION and one_.state != "denied" for one_ in known),
        },
        most=allowed(pack, on),
    )
    return may_turn(pack, loop, state, wish.act, facts)


def open_wishes(
    actor: Actor, case: Case, known: list[ExtraTime], *, pack: Pack, now: datetime
) -> list[tuple[str, LoopArrow]]:
    """(loop, arrow) a person could take from here if they bring what each asks for."""
    found = []
    for name in (PAUSE, EXTENSION):
        loop = pack.loops.get(name)
        for arrow in loop.arrows if loop else ():
            if arrow.act not in LOOP_OF:
                continue
            brought = {"note": "-", "reason": next(iter(loop.reasons), "") if loop else "", "workdays": 1}
            wish = Wish(act=arrow.act, **brought)  # type: ignore[arg-type]
            if may_move_deadline(actor, case, wish, known, pack=pack, now=now).verdict:
                found.append((name, arrow))
    return found


def sides_of(actor: Actor, case: Case, *, pack: Pack) -> frozenset[Side]:
    """Those the case was given to; and a post one level above them, which is none of theirs."""
    found: set[Side] = set()
    if serves(actor, case.department, case.body):
        found.add("assignee")
    for action in DECIDES:
        for area in reach(pack, actor.posts, action).verdict.areas:
            if covers(area, case.body) and area != case.body:
                found.add("superior")
    return frozenset(found)


def running_of(case: Case, known: list[ExtraTime], loop: str, *, now: datetime) -> ExtraTime | None:
    """The pause that runs, or the extension that waits for an answer."""
    return next((one_ for one_ in known if one_.loop == loop and _runs(one_, case, now)), None)


def _runs(extra: ExtraTime, case: Case, now: datetime) -> bool:
    """A pause ends by itself at its limit, and when the case has another clock since: graded again, opened again."""
    if extra.state != "paused":
        return extra.state == "asked"
    return extra.until is not None and extra.until > now and extra.due_after == case.due_at


def _given(actor: Actor, case: Case, wish: Wish, extra: ExtraTime | None, *, pack: Pack, now: datetime) -> None:
    loop = LOOP_OF[wish.act]
    earlier, due_before = before(case, "version"), case.due_at
    stood = before(extra, "version") if extra is not None and wish.act not in OPENING else None
    if extra is None or wish.act in OPENING:
        extra = ExtraTime(
            id=mint(now), county=case.county, region=case.region, salt=salt(), case=case, loop=loop,
            reason=wish.reason if loop == PAUSE else "", note=wish.note, asker=actor.id, at=now, due_before=due_before,
        )  # fmt: skip
        arrow = turn(pack, loop, None, wish.act)
    else:
        arrow = turn(pack, loop, extra.state, wish.act)
        extra.decider, extra.decided_at, extra.version = actor.id, now, extra.version + 1
    assert arrow is not None
    why = _moved(case, wish, extra, pack=pack, now=now)
    extra.state, case.version = arrow.target, case.version + 1
    step = Step(
        act=wish.act,
        source=case.state,
        target=case.state,
        actor=actor.id,
        post=next((post.kind for post in actor.posts if any(covers(a, case.region) for a in post.territory)), ""),
        at=now,
        pack=pack.version,
        clause=arrow.row,
        note=wish.note,
        judged=(Decision(True, why, ()),),
    )
    give_time(case, step, extra, earlier=earlier, before=stood, told=_news(case, extra, wish, actor, now))


def _moved(case: Case, wish: Wish, extra: ExtraTime, *, pack: Pack, now: datetime) -> tuple[Reason, ...]:
    """The new deadline, and in words what became of it."""
    calendar, was = workdays_of(case.region), case.due_at
    match wish.act:
        case "pause":
            limit = pause_until(pack, calendar, now)
            left = left_of(pack, calendar, grade=case.grade, at=now, due_at=case.due_at)
            if limit.verdict is None:
                raise Refused(Decision(False, limit.reasons, limit.clauses))
            extra.until, extra.workdays, extra.hours = limit.verdict.at, left.workdays, left.hours
            due = due_after(pack, calendar, left=left, resumed=limit.verdict.at, due_at=case.due_at)
            why = (paused_reason(pack, until=limit.verdict.at, before=was, after=due.at, left=left),)
        case "resume":
            left = Left(hours=extra.hours, workdays=extra.workdays)
            due = due_after(pack, calendar, left=left, resumed=now, due_at=extra.due_before)
            why = (Reason("resumed_due", {**told(left), "after": _day(pack, due.at)}),)
        case "grant_extension":
            due = due_extended(pack, calendar, due_at=case.due_at, workdays=extra.workdays)
            why = (Reason("extended_to", {"before": _day(pack, was), "after": _day(pack, due.at)}),)
        case "ask_extension":
            extra.workdays = wish.workdays
            due = due_extended(pack, calendar, due_at=case.due_at, workdays=wish.workdays)
            return (Reason("extension_asked", {"n": wish.workdays, "after": _day(pack, due.at)}),)
        case _:
            return ()
    case.due_at, case.due_provisional = due.at, due.provisional
    extra.due_after = due.at
    return why


def _news(case: Case, extra: ExtraTime, wish: Wish, actor: Actor, now: datetime) -> list[Notice]:
    """Whoever asked is told what was decided."""
    if wish.act in OPENING or wish.act == "resume" or extra.asker is None or extra.asker == actor.id:
        return []
    about = About(region=case.region, subject=case.id)
    return [notice("extension_decided", event=mint(now), recipient=extra.asker, about=about, at=now)]


def _day(pack: Pack, at: datetime) -> str:
    return at.astimezone(pack.zone).date().isoformat()


