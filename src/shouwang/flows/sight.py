"""What a person may see or do now: posts held × territory × action, denied by default."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import counties_of
from shouwang.domains.hazards.queries import Sight
from shouwang.domains.people.actor import Actor, HeldPost
from shouwang.domains.people.services import By
from shouwang.domains.records.scopes import Sight as RecordSight
from shouwang.kernel.codes import Level, county_of, covered, covers, is_region, level_of, prefix_of
from shouwang.kernel.lineage import NONE, Lineage
from shouwang.policy import Pack, load
from shouwang.rules.scope import reach

from .local_values import pack_of as pack_of
from .refusal import Unfit

SEE = "hazards.see"
RECORDS = "records.see"


def pack() -> Pack:
    """The pack this installation runs."""
    return load(settings.PACK)


def usual_way() -> str:
    """How what the people of the place find comes in, where nothing else is said."""
    return pack().wiring.channels.usual


def pack_for(region: str, *, now: datetime) -> Pack:
    """The pack of the county a region lies in; the shipped one for what is no region."""
    return pack_of(county_of(region), now=now) if is_region(region) else pack()


def areas_for(actor: Actor, action: str) -> tuple[str, ...]:
    """The areas in which a person may do `action`; empty when nowhere."""
    return reach(pack(), actor.posts, action).verdict.areas


def posts_with(actor: Actor, action: str, region: str, *, pack: Pack) -> list[HeldPost]:
    """The posts by which a person may do `action` in a place."""
    return [
        post
        for post in actor.posts
        if any(covers(area, region) for area in reach(pack, (post,), action).verdict.areas)
    ]


def post_with(actor: Actor, action: str, region: str, *, pack: Pack) -> HeldPost | None:
    """The first of them; None where none reaches it."""
    return next(iter(posts_with(actor, action, region, pack=pack)), None)


def administering(actor: Actor, action: str, region: str, *, now: datetime) -> By:
    """Who administers in a place, and in which post: of several the one that reaches it by `action`."""
    pack = pack_for(region, now=now)
    post = post_with(actor, action, region, pack=pack)
    return By(actor=actor.id, post=post.kind if post else "", pack=pack.version)


def post_that(actor: Actor, lets: Callable[[Sequence[HeldPost]], bool]) -> str:
    """The kind of the post by which somebody acts: of several the first that lets them alone; '' where none does."""
    return next((post.kind for post in actor.posts if lets((post,))), "")


def sight(actor: Actor, action: str = SEE) -> Sight:
    """Cases a person may reach by `action`. A prefecture is spelt out, so that each query names its counties."""
    return Sight(areas=tuple(spelt_out(areas_for(actor, action))), viewer=actor)


def record_sight(actor: Actor, action: str = RECORDS) -> RecordSight:
    """Records a person may reach by `action`: their areas, their department's, and what they entered themselves."""
    found = reach(pack(), actor.posts, action).verdict
    return RecordSight(
        areas=tuple(spelt_out(found.areas)),
        shares=tuple((one.department, area) for one in found.shares for area in spelt_out(one.areas)),
        viewer=actor,
    )


def counties_within(areas: Iterable[str]) -> list[str]:
    """The counties that areas lie in or hold."""
    return sorted({county_of(area) for area in spelt_out(areas)})


def narrowed(whole: Sight, area: str, lineage: Lineage = NONE) -> tuple[Sight, dict[str, Any]]:
    """A sight cut down to one area, and what cases that a person is party to must fulfil. Raises Unfit."""
    if not area:
        return whole, {}
    if not is_region(area):
        raise Unfit({"area": _("This is not an area code.")})
    inside = (area, *lineage.outside(area)) if covered(whole.areas, area) and not _high(area) else whole.areas
    kept = tuple(one for one in inside if lineage.holds(area, one))
    return Sight(areas=kept, viewer=whole.viewer), lying_in(area, lineage)


def lying_in(area: str, lineage: Lineage) -> dict[str, Any]:
    """What rows of an area fulfil, those of units read with it among them."""
    if lineage.outside(area):
        return {"region__regex": f"^(?:{'|'.join(lineage.prefixes(area))})"}
    prefix = prefix_of(area)
    return {"county__startswith": prefix[:6], "region__startswith": prefix}


def spelt_out(areas: Iterable[str]) -> list[str]:
    """Areas with each prefecture as its counties, so that every query names the counties it reads."""
    return [one for area in areas for one in (counties_of(area) if _high(area) else [area])]


def _high(area: str) -> bool:
    return level_of(area) in (Level.PROVINCE, Level.PREFECTURE)
