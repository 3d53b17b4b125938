"""Where the reader stands in the system of responsibility: an area within reach of `people.see`, else nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from shouwang.domains.areas.queries import Place, line_of
from shouwang.domains.areas.scopes import common_root
from shouwang.domains.people.actor import Actor
from shouwang.flows.sight import areas_for, counties_within
from shouwang.kernel.codes import covered, covers, is_region
from shouwang.kernel.lineage import NONE, Lineage

SEE, DUTIES = "people.see", "duties.see"


@dataclass(frozen=True, kw_only=True)
class Stand:
    """An area, the areas in reach, and those of them where the reader may know what is lacking."""

    area: str
    root: str
    areas: tuple[str, ...]
    duties: tuple[str, ...]
    lineage: Lineage = NONE

    @cached_property
    def counties(self) -> list[str]:
        """The counties whose rows the page reads; a prefecture is spelt out."""
        inside = [one for one in self.areas if covers(self.area, one)]
        return counties_within([self.area] if covered(self.areas, self.area) else inside)

    @property
    def seen_areas(self) -> list[str]:
        """The parts of the area whose people the reader may see."""
        return self._parts(self.areas)

    @property
    def known_areas(self) -> list[str]:
        """The parts of it where the reader may also know what is lacking."""
        return [one for one in self._parts(self.duties) if covered(self.areas, one)]

    def _parts(self, areas: Sequence[str]) -> list[str]:
        return [self.area] if covered(areas, self.area) else [one for one in areas if covers(self.area, one)]

    def sees(self, region: str) -> bool:
        return covered(self.areas, region)

    def knows(self, region: str) -> bool:
        """Whether the reader may know where a body stands with its duties."""
        return covered(self.duties, region)


def stand_of(actor: Actor, asked: str) -> Stand:
    """The area asked for, or the smallest one that holds all the reader may see. 404 for one out of reach."""
    areas = areas_for(actor, SEE)
    known = actor.lineage
    root = common_root(known.live(areas))
    area = asked or root or ""
    if root is None or not is_region(area) or not known.holds(root, area) or not _open(area, areas):
        raise Http404
    return Stand(area=area, root=root, areas=areas, duties=areas_for(actor, DUTIES), lineage=known)


def way_down(stand: Stand) -> list[Place]:
    """The units from the reader's own area down to where they stand; 404 for an area nobody has on record."""
    line = line_of(stand.area, stand.lineage)
    if not line or line[-1].code != stand.area:
        raise Http404
    return [place for place in line if stand.lineage.holds(stand.root, place.code)]


def _open(asked: str, areas: Sequence[str]) -> bool:
    return covered(areas, asked) or any(covers(asked, area) for area in areas)
