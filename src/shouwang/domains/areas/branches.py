"""Several branches of the tree at once: the units below each of some units, in one statement."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from shouwang.kernel.codes import level_of, parent_of
from shouwang.kernel.lineage import NONE, Lineage

from .models import Area
from .queries import BELOW, Place, open_to, places
from .scopes import NOTHING, standing, under


class Branch(NamedTuple):
    """The units right below one; `after` asks for the next ones, '' when there are none."""

    below: tuple[Place, ...] = ()
    after: str = ""


def branches(
    parents: Iterable[str],
    *,
    areas: Sequence[str],
    on: date,
    limit: int,
    after: str = "",
    lineage: Lineage = NONE,
) -> dict[str, Branch]:
    """What lies right below each parent that `areas` reach; the first of them from `after` on."""
    wanted = [code for code in parents if level_of(code) in BELOW]
    found = NOTHING
    for place, code in enumerate(wanted):
        found |= _below(code, after if place == 0 else "", lineage)
    rows = places(Area.objects.filter(found, open_to(areas), standing(on)).order_by("region"))
    grouped: dict[str, list[Place]] = {code: [] for code in wanted}
    for row in rows:
        above = parent_of(row.code) or ""
        grouped[above if above in grouped else lineage.current(above)].append(row)
    return {code: _cut(below, limit) for code, below in grouped.items()}


def _below(code: str, after: str, lineage: Lineage) -> Q:
    return under([code, *lineage.outside(code)]) & Q(level=BELOW[level_of(code)].value, region__gt=after)


def _cut(below: list[Place], limit: int) -> Branch:
    return Branch(tuple(below[:limit]), below[limit - 1].code if len(below) > limit else "")
