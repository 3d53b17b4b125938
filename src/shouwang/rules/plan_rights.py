"""Who may write and who may approve a body's yearly plan (年度计划): never the same person."""

from collections.abc import Collection, Sequence

from shouwang.kernel.codes import covers
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.rules.delegating import Station

PLAN, DELEGATE = "duties.plan", "duties.delegate"
LEVELS = ("prefecture", "county", "township", "village")


def may_write(pack: Pack, region: str, posts: Sequence[Station]) -> Decision[bool]:
    """A post of that very body which plans, or at least passes its work on."""
    holds = any(
        post.region == region and {PLAN, DELEGATE} & pack.posts[post.kind].actions
        for post in posts
        if post.kind in pack.posts
    )
    return _told(pack, holds, "held" if holds else "not_held")


def may_approve(
    pack: Pack, region: str, posts: Sequence[Station], *, state: str, wrote: bool, items: int
) -> Decision[bool]:
    """A post that plans for the area, held by somebody who did not write on it."""
    if not approves(pack, region, posts):
        return _told(pack, False, "not_held")
    for wrong, code in ((state != "handed_in", "plan_not_waiting"), (wrote, "plan_same_person")):
        if wrong:
            return _told(pack, False, code)
    return _told(pack, items > 0, "held" if items else "plan_empty")


def approves(pack: Pack, region: str, posts: Sequence[Station]) -> bool:
    return any(
        PLAN in pack.posts[post.kind].actions and any(covers(area, region) for area in post.territory)
        for post in posts
        if post.kind in pack.posts
    )


def writers(pack: Pack, level: str) -> Collection[str]:
    """The posts that write the plans of a level."""
    return {
        post.id for post in pack.posts.values() if post.level == level and {PLAN, DELEGATE} & post.actions
    }


def _told(pack: Pack, holds: bool, code: str) -> Decision[bool]:
    return Decision(holds, (Reason(code, {"action": PLAN}),), (pack.actions[PLAN],))
