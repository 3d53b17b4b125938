"""Whose task a duty is (谁的任务): a post performs it for the bodies of its territory."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from shouwang.kernel.codes import covers
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Duty, Event
from shouwang.rules.bearers import bearer_of
from shouwang.rules.scope import HeldPost

HEIGHTS = ("prefecture", "county", "township", "village", "grid")
SUMMONED = "hazard.summoned"
DIGITS = {9: "township", 12: "village", 15: "grid"}


class Part(NamedTuple):
    """Duties somebody performs for every body within an area; `exact` means for that one body only."""

    area: str
    duties: tuple[str, ...]
    exact: bool


def level_of_body(region: str) -> str:
    if len(region) == 6:
        return "prefecture" if region.endswith("00") else "county"
    return DIGITS[len(region)]


def is_call(duty: Duty) -> bool:
    """Whether it is opened by calling a department (吹哨)."""
    return isinstance(duty.trigger, Event) and duty.trigger.on == SUMMONED


def performs(post: HeldPost, duty: Duty, region: str) -> bool:
    """Whether the post does this duty of a body: one in its territory, or the one its territory lies in."""
    return is_performer(post, duty) and any(
        covers(area, region) or _body(duty, area) == region for area in post.territory
    )


def is_performer(post: HeldPost, duty: Duty) -> bool:
    """Of its kind, and of the department the duty is owed by, where it names one.

    A call, or a case, concerns the department it is with: it stands in that department's own list, not in everybody's.
    """
    if is_call(duty) or duty.bearer.of_case:
        return False
    owed_by = duty.bearer.department
    return post.kind == duty.performer and owed_by in (None, post.department)


def own_part(pack: Pack, posts: Sequence[HeldPost]) -> tuple[Part, ...]:
    """Everything that is a person's own to do, area by area, each once."""
    found: dict[tuple[str, bool], dict[str, None]] = {}
    for post in posts:
        for duty in pack.duties.values():
            if is_performer(post, duty):
                for area in post.territory:
                    place = _body(duty, area)
                    found.setdefault((place or area, place is not None), {})[duty.id] = None
    return tuple(Part(area, tuple(duties), exact) for (area, exact), duties in found.items())


def performers(duty: Duty, region: str, posts: Iterable[HeldPost]) -> Iterator[HeldPost]:
    """Of many posts those that do this duty of this body."""
    yield from (post for post in posts if performs(post, duty, region))


def _body(duty: Duty, area: str) -> str | None:
    """The one body that owes the duty, where it is the area itself or the area lies in it.

    A village's lead may work for the township; the bodies below an area are many.
    """
    level = duty.bearer.level
    if HEIGHTS.index(level) > HEIGHTS.index(level_of_body(area)):
        return None
    return bearer_of(level, area)
