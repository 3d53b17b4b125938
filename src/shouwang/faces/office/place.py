"""Where the reader stands (当前辖区): the crumb of places is the switch of scope."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone

from shouwang.domains.areas.queries import Place, children, line_of
from shouwang.domains.areas.scopes import common_root
from shouwang.domains.hazards.queries import Sight
from shouwang.domains.people.actor import Actor
from shouwang.flows.sight import lying_in, sight
from shouwang.kernel.codes import Level, county_of, covered, covers, is_region, level_of
from shouwang.kernel.lineage import NONE, Lineage


@dataclass(frozen=True, kw_only=True)
class Standpoint:
    """An area within a person's reach, the way down to it, and their sight narrowed to it."""

    area: str
    line: Sequence[Place]
    below: Sequence[Place]
    sight: Sight
    where: dict[str, Any] = field(default_factory=dict)
    lineage: Lineage = NONE

    @property
    def counties(self) -> list[str]:
        """The counties the area lies in or holds."""
        if level_of(self.area) in (Level.PROVINCE, Level.PREFECTURE):
            return sorted({county_of(area) for area in self.sight.areas if covers(self.area, area)})
        return [county_of(self.area)]

    @property
    def whole(self) -> bool:
        """Whether the person sees all of the area, not only parts of it."""
        return bool(self.area) and covered(self.sight.areas, self.area)


def standpoint(actor: Actor, asked: str, *, now: datetime, action: str = "hazards.see") -> Standpoint:
    """`asked`, or the smallest area that holds everything the person sees; 404 for one out of reach."""
    whole = sight(actor, action)
    areas = whole.areas or tuple(area for post in actor.posts for area in post.territory)
    known = actor.lineage
    root = common_root(known.live(areas)) or ""
    area = asked or root
    if asked and not (is_region(asked) and known.holds(root, asked) and _open(asked, areas)):
        raise Http404
    line = [place for place in line_of(area, known) if known.holds(root, place.code)] if area else []
    below = children(area, areas=areas, on=timezone.localdate(now), limit=200, lineage=known).places if area else ()
    if area == root:
        return Standpoint(area=area, line=line, below=below, sight=whole, lineage=known)
    narrowed = Sight(areas=_narrowed(whole.areas, area, known), viewer=whole.viewer)
    return Standpoint(
        area=area, line=line, below=below, sight=narrowed, where=lying_in(area, known), lineage=known
    )


def _open(asked: str, areas: Sequence[str]) -> bool:
    """In the person's reach, or on the way down to a part of it."""
    return is_region(asked) and (covered(areas, asked) or any(covers(asked, area) for area in areas))


def _narrowed(areas: Sequence[str], area: str, lineage: Lineage) -> tuple[str, ...]:
    if covered(areas, area) and level_of(area) is not Level.PREFECTURE:
        return (area, *lineage.outside(area))
    return tuple(one for one in areas if lineage.holds(area, one))
