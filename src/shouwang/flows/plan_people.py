"""Who is told of a yearly plan: those who approve it, and those below whose part it makes ready."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from shouwang.domains.duties.models import Plan
from shouwang.domains.people.holders import Holder, holders
from shouwang.kernel.codes import covers, parent_of
from shouwang.rules.plan_rights import LEVELS, PLAN, approves, writers
from shouwang.rules.tasks import level_of_body

from .sight import pack as current_pack
from .sight import spelt_out


def to_approve(plan: Plan, *, now: datetime) -> set[UUID]:
    """Those of the body itself who may; where it has none, those of the body above."""
    pack = current_pack()
    kinds = [post.id for post in pack.posts.values() if PLAN in post.actions]
    found = [
        one
        for one in _held(plan.region, kinds, now)
        if approves(pack, plan.region, (one,)) and _fresh(plan, one)
    ]
    nearest = max((len(one.region) for one in found), default=0)
    return {one.person for one in found if len(one.region) == nearest and covers(one.region, plan.region)}


def to_break_down(plan: Plan, *, now: datetime) -> set[UUID]:
    """Those who write the plans of the bodies right below."""
    height = LEVELS.index(level_of_body(plan.region)) + 1
    if height >= len(LEVELS):
        return set()
    kinds = writers(current_pack(), LEVELS[height])
    return {one.person for one in _held(plan.region, kinds, now) if parent_of(one.region) == plan.region}


def _held(region: str, kinds: object, now: datetime) -> list[Holder]:
    counties = {region[:6], f"{region[:4]}00", *spelt_out([region])}
    named = {county[:6] for county in counties}
    return holders(sorted(named), kinds=list(kinds), on=timezone.localdate(now))  # type: ignore[call-overload]


def _fresh(plan: Plan, one: Holder) -> bool:
    return str(one.person) not in plan.hands
