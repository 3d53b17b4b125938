"""Whether a place lies in the area somebody chose (位置核对), as far as outlines tell: it warns and refuses nothing."""

from dataclasses import dataclass

from shouwang.domains.areas.outlines import Drawn, holding, outlines
from shouwang.domains.areas.queries import counties_of
from shouwang.domains.areas.scopes import ancestors
from shouwang.kernel.codes import Level, level_of
from shouwang.kernel.geo import Point
from shouwang.kernel.lineage import NONE, Lineage
from shouwang.kernel.outlines import inside, metres_off

# Outlines are simplified, and a phone is rarely surer than this.
DOUBT_M = 300.0


@dataclass(frozen=True, kw_only=True)
class Astray:
    """The chosen area that does not hold the place, how far off it is, and what holds it, '' if nothing on record."""

    chosen: str
    metres: int
    holds: str


def astray(region: str, here: Point, *, accuracy: float = 0.0, lineage: Lineage = NONE) -> Astray | None:
    """None where the place fits, or nobody brought an outline to tell by."""
    chain = [unit for unit in (region, *ancestors(region)) if level_of(unit) is not Level.PROVINCE]
    drawn = outlines(chain)
    chosen = next((drawn[unit] for unit in chain if unit in drawn), None)
    if chosen is None or _fits(chosen, here, accuracy):
        return None
    found = holding(here, counties=counties_of(region[:4] + "00"))
    if any(lineage.holds(chosen.region, one.region) for one in found):
        return None
    off = round(metres_off(chosen.outline, here))
    return Astray(chosen=chosen.region, metres=off, holds=found[0].region if found else "")


def _fits(drawn: Drawn, here: Point, accuracy: float) -> bool:
    return inside(drawn.outline, here) or metres_off(drawn.outline, here) <= max(accuracy, DOUBT_M)
