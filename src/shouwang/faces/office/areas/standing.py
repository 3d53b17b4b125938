"""Where the reader stands in the tree of areas: what they keep, or whose people they see; else nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from shouwang.domains.areas.queries import Place, line_of
from shouwang.domains.areas.scopes import common_root
from shouwang.domains.people.actor import Actor
from shouwang.flows.see_coverage import IMPORT, areas_seen
from shouwang.flows.sight import areas_for
from shouwang.kernel.codes import covered, covers, is_region


@dataclass(frozen=True, kw_only=True)
class Stand:
    """An area, the way down to it, the areas in reach, and whether the reader may change it."""

    area: str
    line: Sequence[Place]
    areas: tuple[str, ...]
    keeps: bool

    @property
    def here(self) -> Place:
        return self.line[-1]


def stand_of(actor: Actor, asked: str) -> Stand:
    """`asked`, or the smallest area that holds all the reader may see; 404 for one out of reach or unknown."""
    areas, known = areas_seen(actor), actor.lineage
    root = common_root(known.live(areas))
    area = asked or root or ""
    if root is None or not is_region(area) or not (known.holds(root, area) and _open(area, areas)):
        raise Http404
    whole = line_of(area, known)
    if not whole or whole[-1].code != area:
        raise Http404
    line = [place for place in whole if known.holds(root, place.code)]
    return Stand(area=area, line=line, areas=areas, keeps=covered(areas_for(actor, IMPORT), area))


def _open(area: str, areas: Sequence[str]) -> bool:
    return covered(areas, area) or any(covers(area, one) for one in areas)
