"""A place outside the area the reporter chose (位置核对), as the page of the case tells it."""

from dataclasses import dataclass
from typing import Any

from shouwang.domains.areas.queries import names
from shouwang.domains.people.actor import Actor
from shouwang.flows.place_astray import astray
from shouwang.kernel.geo import Point


@dataclass(frozen=True, kw_only=True)
class AstrayTold:
    """The area that was chosen, what holds the place instead, '' if nothing on record, and how far off it is."""

    chosen: str
    holds: str
    metres: int


def astray_told(actor: Actor, case: Any) -> AstrayTold | None:
    """One to three statements, and only for a case that was reported with a place."""
    if case.lon is None or case.lat is None:
        return None
    found = astray(case.region, Point(case.lon, case.lat), accuracy=case.accuracy or 0, lineage=actor.lineage)
    if found is None:
        return None
    named = names({found.chosen, found.holds} - {""})
    return AstrayTold(chosen=named[found.chosen], holds=named.get(found.holds, ""), metres=found.metres)
