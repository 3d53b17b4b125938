"""A leader passes a task to a named person (委派), who accepts or declines; the body goes on owing the duty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from shouwang.domains.duties import delegations
from shouwang.domains.duties.acting import By
from shouwang.domains.duties.delegations import Passed
from shouwang.domains.duties.lists import Task, one
from shouwang.domains.duties.models import Delegation
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.holders import Holder, actor_of, holders_within
from shouwang.kernel.codes import county_of
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy.duty_shapes import Duty
from shouwang.rules.delegating import ACTION, Wish, leads, may_delegate, may_receive

from .refusal import Moved, NotSeen, Refused, Unfit
from .see_tasks import counties_of, given_onward, task_sight
from .sight import pack as current_pack
from .sight import post_that

WORDS = 300


@dataclass(frozen=True, kw_only=True)
class Order:
    """To whom, with which words, for this period or also for those after it."""

    receiver: UUID
    county: str
    note: str = ""
    onward: bool = False


def delegate_task(actor: Actor, standing: UUID, order: Order, *, now: datetime) -> Delegation:
    """Offer a task to somebody. Raises NotSeen, Unfit, Refused."""
    task, duty = _seen(actor, standing)
    pack = current_pack()
    day = now.astimezone(pack.zone).date()
    receiver = actor_of(order.county, order.receiver, on=day)
    faults = _faults(receiver, order, task)
    if faults:
        raise Unfit(faults)
    assert receiver is not None
    open_now = open_of(task)
    wish = Wish(
        task.region, task.verdict, actor.posts, receiver.posts, receiver.id == actor.id, open_now is not None
    )
    decision = may_delegate(pack, duty, wish)
    if not decision.verdict:
        raise Refused(decision)
    passed = Passed(
        region=task.region,
        duty=task.duty,
        period=task.period,
        subject=task.subject,
        since=task.due_at if order.onward else None,
        onward=order.onward,
    )
    try:
        return delegations.pass_on(
            passed, receiver.id, note=order.note.strip(), by=_leading(actor, duty, task.region, now)
        )
    except IntegrityError:
        raise Refused(_no("delegation_twice", duty)) from None


def answer_delegation(
    actor: Actor, county: str, delegation: UUID, *, accept: bool, words: str, now: datetime
) -> Delegation:
    """The person asked says yes, or no with a reason. Raises NotSeen, Unfit, Refused, Moved."""
    found = _own(actor, county, delegation, "receiver")
    duty = current_pack().duties[found.duty]
    if found.state != "offered":
        raise Refused(_no("delegation_answered", duty))
    if not accept and not words.strip():
        raise Unfit({"answer": _("Say why, so that the task can go to somebody else.")})
    return _answered(found, "accepted" if accept else "declined", words, by=_asked(actor, duty, found.region, now))


def take_back(actor: Actor, county: str, delegation: UUID, *, now: datetime) -> Delegation:
    """A leader of the body takes a task back. Raises NotSeen, Refused, Moved."""
    found = delegations.given(county, delegation)
    if found is None or county not in counties_of(actor):
        raise NotSeen(str(delegation))
    pack = current_pack()
    duty = pack.duties[found.duty]
    if found.giver != actor.id and not leads(pack, duty, found.region, actor.posts):
        raise NotSeen(str(delegation))
    if found.state not in delegations.OPEN:
        raise Refused(_no("delegation_answered", duty))
    return _answered(found, "taken_back", "", by=_leading(actor, duty, found.region, now))


def may_pass_on(actor: Actor, task: Task) -> bool:
    """Whether the reader leads the body that owes the task."""
    pack = current_pack()
    return task.duty in pack.duties and leads(pack, pack.duties[task.duty], task.region, actor.posts)


def candidates(actor: Actor, task: Task, *, text: str, on: date, limit: int = 30) -> list[Holder]:
    """People of the body or below it who may be asked; `text` is a part of a name."""
    duty = current_pack().duties[task.duty]
    found = holders_within(task.region, on=on, text=text, limit=limit * 3)
    fit = [one for one in found if one.person != actor.id and may_receive(duty, task.region, (one,))]
    return fit[:limit]


def open_of(task: Task) -> Delegation | None:
    return open_among([task]).get(task.id)


class Owing(Protocol):
    """As much of a standing as it takes to find what was passed on."""

    @property
    def id(self) -> UUID: ...
    @property
    def duty(self) -> str: ...
    @property
    def subject(self) -> UUID: ...
    @property
    def region(self) -> str: ...
    @property
    def due_at(self) -> datetime | None: ...


def open_among(tasks: Sequence[Owing]) -> dict[UUID, Delegation]:
    """Delegations now open of a list of standings, one statement for each county."""
    found: dict[UUID, Delegation] = {}
    for county in sorted({county_of(task.region) for task in tasks}):
        here = [task for task in tasks if county_of(task.region) == county]
        rows = delegations.open_about(county, [(task.duty, task.subject, task.region) for task in here])
        for task in here:
            match = next((row for row in rows if _reaches(row, task)), None)
            if match is not None:
                found[task.id] = match
    return found


def _reaches(row: Delegation, task: Owing) -> bool:
    if row.duty != task.duty:
        return False
    return row.subject == task.subject or (row.region == task.region and given_onward(row, task.due_at))


def _seen(actor: Actor, standing: UUID) -> tuple[Task, Duty]:
    task, duties = one(task_sight(actor), standing), current_pack().duties
    if task is None or task.duty not in duties:
        raise NotSeen(str(standing))
    return task, duties[task.duty]


def _faults(receiver: Actor | None, order: Order, task: Task) -> dict[str, str]:
    found = {}
    if receiver is None:
        found["receiver"] = _("Choose who shall do it.")
    if len(order.note) > WORDS:
        found["note"] = _("At most %(n)s characters.") % {"n": WORDS}
    if order.onward and task.due_at is None:
        found["onward"] = _("This task has no periods that follow.")
    return found


def _own(actor: Actor, county: str, delegation: UUID, side: str) -> Delegation:
    found = delegations.given(county, delegation) if county in counties_of(actor) else None
    if found is None or getattr(found, side) != actor.id:
        raise NotSeen(str(delegation))
    return found


def _answered(found: Delegation, state: str, words: str, *, by: By) -> Delegation:
    if len(words) > WORDS:
        raise Unfit({"answer": _("At most %(n)s characters.") % {"n": WORDS}})
    try:
        delegations.answer(found, state, words=words.strip(), by=by)
    except Stale:
        raise Moved(str(found.id)) from None
    return found


def _leading(actor: Actor, duty: Duty, region: str, now: datetime) -> By:
    """By the post that leads the body."""
    pack = current_pack()
    post = post_that(actor, lambda posts: leads(pack, duty, region, posts))
    return By(actor=actor.id, post=post, at=now, pack=pack.version)


def _asked(actor: Actor, duty: Duty, region: str, now: datetime) -> By:
    """By the post that may be asked to do it."""
    post = post_that(actor, lambda posts: may_receive(duty, region, posts))
    return By(actor=actor.id, post=post, at=now, pack=current_pack().version)


def _no(code: str, duty: Duty) -> Decision[Any]:
    return Decision(False, (Reason(code, {"action": ACTION, "duty": duty.id}),), (current_pack().actions[ACTION],))
