"""Who covers an area, where nobody does, and whose territory a change would let grow (辖区覆盖)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shouwang.domains.areas.queries import Place, bodies
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.serving import serving
from shouwang.kernel.codes import county_of, covered, parent_of, prefix_of
from shouwang.kernel.lineage import Lineage
from shouwang.policy.area_changes import ABOVE, AreaChange
from shouwang.rules.coverage import Serving, coverage, covering, near, widened
from shouwang.rules.scope import minimal

from .sight import areas_for, counties_within

IMPORT, PEOPLE = "areas.import", "people.see"
MOST = 5000


@dataclass(frozen=True, kw_only=True)
class Covered:
    """How the villages of an area are covered by a department: gaps, and overlaps with the bodies."""

    total: int
    gaps: Sequence[Place]
    overlaps: Sequence[tuple[Place, Sequence[str]]]

    @property
    def once(self) -> int:
        return self.total - len(self.gaps) - len(self.overlaps)


def areas_seen(actor: Actor) -> tuple[str, ...]:
    """Where somebody may look at the tree and who serves it: as its keeper, or by seeing its people."""
    return minimal((*areas_for(actor, IMPORT), *areas_for(actor, PEOPLE)))


def covered_by(actor: Actor, area: str, department: str, *, on: date) -> Covered:
    """The villages in an area and the bodies of a department below the county that cover each."""
    known = actor.lineage
    inside = [one for one in known.with_former([area]) if covered(areas_seen(actor), one)]
    places = bodies(inside, levels=["village"], on=on, limit=MOST)
    found = serving(_counties(inside, known), on=on, lineage=known, department=department)
    by_unit = coverage([place.code for place in places], found)
    return Covered(
        total=len(places),
        gaps=[place for place in places if not by_unit[place.code]],
        overlaps=[(place, by_unit[place.code]) for place in places if len(by_unit[place.code]) > 1],
    )


def covering_of(actor: Actor, area: str, *, on: date) -> list[Serving]:
    """Every body that serves an area, the nearest first."""
    known = actor.lineage
    found = covering(area, serving(_counties([area], known), on=on, lineage=known))
    return sorted(found, key=lambda one: (-len(prefix_of(one.body)), one.body, one.department, one.kind))


def departments_of(actor: Actor, area: str, *, on: date) -> list[str]:
    """Departments that cover some place below the county, so that asking for gaps makes sense."""
    found = serving(_counties([area], actor.lineage), on=on, lineage=actor.lineage)
    return sorted({one.department for one in found if one.department and near(one)})


def would_widen(actor: Actor, change: AreaChange, *, on: date) -> list[tuple[Serving, tuple[str, ...]]]:
    """Whose territory grows by a change, before it is done."""
    known = actor.lineage
    given = serving(_counties([*change.codes, change.into or change.codes[0]], known), on=on, lineage=known, given=True)
    return widened(given, known, _with(known, change))


def _with(known: Lineage, change: AreaChange) -> Lineage:
    heirs, parts = dict(known.heirs), dict(known.parts)
    for code in change.codes:
        fresh = [part.code for part in change.parts if part.code != code]
        if change.into:
            heirs[code] = change.into
        elif change.act == "split" and len(fresh) == len(change.parts):
            heirs[code] = (parent_of(code) or "") if change.successor == ABOVE else change.successor
        if fresh:
            parts[code] = [*parts.get(code, ()), *fresh]
    return replace(known, heirs=heirs, parts=parts)


def _counties(areas: Iterable[str], known: Lineage) -> list[str]:
    counties = known.counties_with(counties_within(areas))
    return sorted({*counties, *(f"{county_of(one)[:4]}00" for one in counties)})
