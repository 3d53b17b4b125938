"""Which body owes a duty (责任主体), and which bodies a duty is owed by."""

from collections.abc import Iterable, Iterator

from shouwang.policy.duty_shapes import Duty
from shouwang.rules.seen import Body

LENGTHS = {"county": 6, "township": 9, "village": 12, "grid": 15}


def bearer_of(level: str, region: str) -> str:
    """The body of a level that answers for a place; one that lies above the level answers itself."""
    if level == "prefecture":
        return region[:4] + "00"
    return region[: LENGTHS[level]]


def bodies_of(duty: Duty, bodies: Iterable[Body]) -> Iterator[Body]:
    """The bodies of the duty's level, of its kinds where it names some."""
    kinds = duty.bearer.kinds
    yield from (one for one in bodies if one.level == duty.bearer.level and (not kinds or one.kind in kinds))
