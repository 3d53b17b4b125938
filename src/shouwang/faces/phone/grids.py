"""Where a person may report (我的网格): the grids of the posts held; for wider posts the parts right below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shouwang.domains.areas.queries import children, names
from shouwang.domains.people.actor import Actor
from shouwang.flows.sight import areas_for
from shouwang.kernel.codes import Level, level_of, parent_of

REPORT = "hazards.report"
MOST = 200


@dataclass(frozen=True, kw_only=True)
class Grid:
    """An area a report can name: 明东村 · 第3网格."""

    code: str
    name: str


def grids_of(actor: Actor, *, on: date) -> list[Grid]:
    """The person's own areas first. A county is too wide a place for anybody to find a hazard in."""
    codes: list[str] = []
    for area in areas_for(actor, REPORT):
        high = level_of(area) in (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY)
        codes += [] if high or area in actor.lineage.heirs else [area]
        if len(area) < 15:
            codes += [place.code for place in children(area, areas=[area], on=on, limit=MOST).places]
    return named(codes[:MOST])


def named(codes: Sequence[str]) -> list[Grid]:
    """Names with the unit above, in one statement."""
    above = {code: parent_of(code) or code for code in codes}
    known = names([*codes, *above.values()]) if codes else {}
    return [Grid(code=code, name=f"{known[above[code]]} · {known[code]}") for code in codes]
