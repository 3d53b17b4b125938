"""Which body owes a duty (责任主体), and which bodies a duty is owed by."""

from collections.abc import Iterable, Iterator

from shouwang.kernel.codes import level_of
from shouwang.policy.duty_shapes import Duty, Event
from shouwang.rules.seen import Body, Seen, fits

LENGTHS = {"county": 6, "township": 9, "village": 12, "grid": 15}


def bearer_of(level: str, region: str) -> str:
    """The body of a level that answers for a place; one that lies above the level answers itself."""
    if level == "prefecture":
        return region[:4] + "00"
    return region[: LENGTHS[level]]


def opens(duty: Duty, one: Seen) -> bool:
    """Whether an event is of the duty's kind, has the facts it asks for and was left where it counts."""
    trigger = duty.trigger
    if not isinstance(trigger, Event) or one.kind != trigger.on or not fits(trigger.where, one.facts):
        return False
    return not trigger.own or level_of(one.region) == duty.bearer.level


def is_bearer(duty: Duty, body: Body) -> bool:
    """Whether a duty is one for bodies of this level and, where it names some, of this kind."""
    kinds = duty.bearer.kinds
    return body.level == duty.bearer.level and (not kinds or body.kind in kinds)


def bodies_of(duty: Duty, bodies: Iterable[Body]) -> Iterator[Body]:
    """The bodies that owe a duty."""
    return (one for one in bodies if is_bearer(duty, one))
