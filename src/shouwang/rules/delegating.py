"""Whether a duty may be passed on (委派): by a leader of the bearer, to somebody of the same or a lower body."""

from collections.abc import Sequence
from typing import NamedTuple

from shouwang.kernel.codes import covers
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Duty

ACTION = "duties.delegate"
OPEN = ("offered", "accepted")
NOT_DONE = ("due", "overdue", "undetermined", "not_counted")


class Station(NamedTuple):
    """A post held: what it is, whom it serves, where it sits and what it covers."""

    kind: str
    department: str
    region: str
    territory: tuple[str, ...]


class Wish(NamedTuple):
    """Who wants to pass what to whom: the verdict of what is owed, whether it is passed on already."""

    region: str
    verdict: str
    giver: Sequence[Station]
    receiver: Sequence[Station]
    same_person: bool = False
    passed_on: bool = False


def may_delegate(pack: Pack, duty: Duty, wish: Wish) -> Decision[bool]:
    """The duty stays the bearer's; only the work is passed on, and never to whoever verifies it."""
    for code in _faults(pack, duty, wish):
        return Decision(False, (Reason(code, {"action": ACTION, "duty": duty.id}),), _clauses(pack, duty))
    return Decision(True, (Reason("delegation_leaves_duty", {"duty": duty.id}),), _clauses(pack, duty))


def leads(pack: Pack, duty: Duty, region: str, posts: Sequence[Station]) -> bool:
    """Whether a person leads the body that owes the duty: a post of that very body which may delegate."""
    return any(
        one.region == region
        and ACTION in pack.posts[one.kind].actions
        and duty.bearer.department in (None, one.department)
        for one in posts
        if one.kind in pack.posts
    )


def may_receive(duty: Duty, region: str, posts: Sequence[Station]) -> bool:
    """Of the body or one inside it, and not its verifier."""
    inside = [one for one in posts if covers(region, one.region)]
    return bool(inside) and all(one.kind != duty.verifier for one in posts)


def _faults(pack: Pack, duty: Duty, wish: Wish) -> list[str]:
    found = []
    if not leads(pack, duty, wish.region, wish.giver):
        found.append("not_held")
    if wish.verdict not in NOT_DONE:
        found.append("delegation_done")
    if wish.passed_on:
        found.append("delegation_twice")
    if wish.same_person:
        found.append("delegation_to_oneself")
    if not any(covers(wish.region, one.region) for one in wish.receiver):
        found.append("delegation_outside")
    elif not may_receive(duty, wish.region, wish.receiver):
        found.append("delegation_to_verifier")
    return found


def _clauses(pack: Pack, duty: Duty) -> tuple[str, ...]:
    return tuple(dict.fromkeys((pack.actions.get(ACTION, duty.row), *duty.rows_served)))
