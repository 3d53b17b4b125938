"""Which area a page of numbers shows: only what lies within the reader's reach; all else is not there."""

from django.http import Http404

from shouwang.domains.areas.scopes import common_root
from shouwang.domains.people.actor import Actor
from shouwang.flows.sight import areas_for
from shouwang.kernel.codes import covered, covers, is_region

SEE, TOWNSHIP = "duties.see", 9


def reach_of(actor: Actor) -> tuple[str, ...]:
    """Areas whose numbers the person may see; below the township there are none to see."""
    return tuple(area for area in areas_for(actor, SEE) if len(area) <= TOWNSHIP)


def home_of(actor: Actor) -> str | None:
    """The area that holds all the person answers for."""
    return common_root(actor.lineage.live(reach_of(actor)))


def within_reach(actor: Actor, area: str) -> tuple[str, ...]:
    """The person's areas, if `area` lies in one of them or between them and their common root; else 404."""
    areas, home = reach_of(actor), home_of(actor)
    if home is None or not is_region(area) or not actor.lineage.holds(home, area):
        raise Http404
    if not (covered(areas, area) or any(covers(area, one) for one in areas)):
        raise Http404
    return areas
