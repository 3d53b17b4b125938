"""A year is planned (年度计划): generated from the pack, adjusted, handed in, approved, replaced by a version."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from shouwang.domains.duties import plans
from shouwang.domains.duties.acting import By
from shouwang.domains.duties.models import Plan
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.kernel.decision import Decision, Reason
from shouwang.rules.plan_rights import PLAN, approves, may_approve, may_write

from .local_values import pack_of
from .plan_items import Change, Own, adjusted, carried, generated, with_own
from .plan_people import to_approve, to_break_down
from .refusal import Moved, NotSeen, Refused, Unfit
from .see_plans import above_of, may_see_plan
from .sight import pack as current_pack
from .sight import post_that

WORDS = 300
YEARS = range(2023, 2101)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Which plan somebody acts on, as it stood on their screen."""

    region: str
    year: int
    revision: int | None = None


def start(actor: Actor, region: str, year: int, *, now: datetime) -> Plan:
    """The first version, with what the plan above hands down. Raises NotSeen, Refused, Unfit."""
    _writer(actor, region)
    if year not in YEARS:
        raise Unfit({"year": _("This is not a year that can be planned.")})
    above = above_of(region, year)
    items = [*generated(pack_of(region[:6], now=now), region, year, now=now), *carried(above)]
    try:
        return plans.start_plan(
            region,
            year,
            items,
            version=1,
            reason="",
            above=above.id if above else None,
            by=_writing(actor, region, now),
        )
    except IntegrityError:
        raise Moved(region) from None


def adjust(actor: Actor, seen: Seen, key: str, change: Change, *, now: datetime) -> Plan:
    """The planned day, the person, a note of one item. Raises NotSeen, Refused, Unfit, Moved."""
    plan = _draft(actor, seen)
    items = adjusted(plan, key, change, now=now)
    return _changed(plan, "write_plan", by=_writing(actor, plan.region, now), items=items)


def add(actor: Actor, seen: Seen, own: Own, *, now: datetime) -> Plan:
    """An item of the body's own. Raises NotSeen, Refused, Unfit, Moved."""
    plan = _draft(actor, seen)
    return _changed(plan, "write_plan", by=_writing(actor, plan.region, now), items=with_own(plan, own, now=now))


def leave_out(actor: Actor, seen: Seen, key: str, *, now: datetime) -> Plan:
    """Only items of the body's own can go: what the pack asks for stays. Raises NotSeen, Refused, Moved."""
    plan = _draft(actor, seen)
    kept = [item for item in plan.items if item["key"] != key or item["duty"]]
    if len(kept) == len(plan.items):
        raise NotSeen(key)
    return _changed(plan, "write_plan", by=_writing(actor, plan.region, now), items=kept)


def hand_in(actor: Actor, seen: Seen, *, now: datetime) -> Plan:
    """To whoever approves. Raises NotSeen, Refused, Moved."""
    plan = _draft(actor, seen)
    told = to_approve(plan, now=now)
    return _changed(
        plan, "hand_in_plan", by=_writing(actor, plan.region, now), told=told, state="handed_in", answer=""
    )


def approve(actor: Actor, seen: Seen, *, now: datetime) -> Plan:
    """By another person than those who wrote it; the bodies below are told that their part is ready.

    Raises NotSeen, Refused, Moved.
    """
    plan = _waiting(actor, seen)
    by = _approving(actor, plan.region, now)
    told = to_break_down(plan, now=now)
    given = {"state": "approved", "approved_by": actor.id, "approved_post": by.post, "approved_at": now}
    return _changed(plan, "approve_plan", by=by, told=told, **given)


def send_back(actor: Actor, seen: Seen, words: str, *, now: datetime) -> Plan:
    """With a reason. Raises NotSeen, Refused, Unfit, Moved."""
    plan = _waiting(actor, seen)
    if not words.strip() or len(words) > WORDS:
        raise Unfit({"answer": _("Say in at most %(n)s characters what has to change.") % {"n": WORDS}})
    told = [UUID(hand) for hand in plan.hands]
    by = _approving(actor, plan.region, now)
    return _changed(plan, "return_plan", by=by, told=told, state="draft", answer=words.strip())


def revise(actor: Actor, region: str, year: int, reason: str, *, now: datetime) -> Plan:
    """A new version beside the approved one, which stands until this is approved. Raises as `start`."""
    _writer(actor, region)
    earlier = plans.versions(region, year)
    if not earlier or earlier[0].state != "approved":
        raise Refused(_no("plan_not_waiting"))
    if not reason.strip() or len(reason) > WORDS:
        raise Unfit({"reason": _("Say in at most %(n)s characters why the plan changes.") % {"n": WORDS}})
    last, above = earlier[0], above_of(region, year)
    items = [
        *last.items,
        *(item for item in carried(above) if item["key"] not in {one["key"] for one in last.items}),
    ]
    try:
        return plans.start_plan(
            region, year, items, version=last.version + 1, reason=reason.strip(),
            above=above.id if above else None, by=_writing(actor, region, now),
        )  # fmt: skip
    except IntegrityError:
        raise Moved(region) from None


def _writer(actor: Actor, region: str) -> None:
    if not may_see_plan(actor, region):
        raise NotSeen(region)
    decision = may_write(current_pack(), region, actor.posts)
    if not decision.verdict:
        raise Refused(decision)


def _newest(actor: Actor, seen: Seen) -> Plan:
    found = plans.versions(seen.region, seen.year) if may_see_plan(actor, seen.region) else []
    if not found:
        raise NotSeen(seen.region)
    if seen.revision is not None and seen.revision != found[0].revision:
        raise Moved(str(found[0].id))
    return found[0]


def _draft(actor: Actor, seen: Seen) -> Plan:
    _writer(actor, seen.region)
    plan = _newest(actor, seen)
    if plan.state != "draft":
        raise Refused(_no("plan_approved" if plan.state == "approved" else "plan_not_draft"))
    return plan


def _waiting(actor: Actor, seen: Seen) -> Plan:
    plan = _newest(actor, seen)
    decision = may_approve(
        current_pack(), plan.region, actor.posts,
        state=plan.state, wrote=str(actor.id) in plan.hands, items=len(plan.items),
    )  # fmt: skip
    if not decision.verdict:
        raise Refused(decision)
    return plan


def _changed(plan: Plan, name: str, *, by: By, told: Any = (), **values: Any) -> Plan:
    try:
        plans.change_plan(plan, name, by=by, told=told, **values)
    except Stale:
        raise Moved(str(plan.id)) from None
    return plan


def _no(code: str) -> Decision[bool]:
    return Decision(False, (Reason(code, {"action": PLAN}),), (current_pack().actions[PLAN],))


def _writing(actor: Actor, region: str, now: datetime) -> By:
    """By the post that writes the plan of the body."""
    pack = current_pack()
    post = post_that(actor, lambda posts: may_write(pack, region, posts).verdict)
    return By(actor=actor.id, post=post, at=now, pack=pack.version)


def _approving(actor: Actor, region: str, now: datetime) -> By:
    """By the post that plans for the area."""
    pack = current_pack()
    post = post_that(actor, lambda posts: approves(pack, region, posts))
    return By(actor=actor.id, post=post, at=now, pack=pack.version)
