"""网格数据包: what of a person's own grid the phone keeps to be read without a network; bounded, only what changed.

A part is a list of rows, each with a page that opens it. Parts are registered in `package_parts`; a room adds one by
adding a function there. Nothing of a sealed register may stand in a row: a door mark, never a name.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.utils.translation import get_language

from shouwang.domains.ledger.queries import sealed_up_to
from shouwang.domains.people.actor import Actor
from shouwang.flows.sight import areas_for, pack
from shouwang.kernel.codes import Level, county_of, level_of
from shouwang.kernel.lineage import Lineage

from .grids import REPORT

# Nobody carries more than a village with its grids; a wider post reads its lists where there is a network.
WIDEST = (Level.TOWNSHIP, Level.VILLAGE, Level.GRID)
MOST_AREAS = 12
POSITION = re.compile(r"-?[0-9]{1,18}")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One thing of the grid: what it is, a second line, the page that opens it, its place in the order."""

    id: str
    words: str
    more: str
    page: str
    rank: str


@dataclass(frozen=True, kw_only=True)
class Slice:
    """All rows of a part (`whole`), or those that changed and the ids of what is no longer there.

    `stencil`: their pages differ by the mark alone, so one form is kept for all of them.
    """

    rows: Sequence[Row] = ()
    gone: Sequence[str] = ()
    whole: bool = True
    stencil: bool = False


@dataclass(frozen=True, kw_only=True)
class Asked:
    """For whom, where, and what the phone has: positions of the ledger by county, the pack it last saw."""

    actor: Actor
    areas: tuple[str, ...]
    now: datetime
    since: Mapping[str, int] = field(default_factory=dict)
    fresh: bool = True


Part = tuple[str, Callable[[], str], Callable[[Asked], Slice]]


def areas_of(actor: Actor) -> tuple[str, ...]:
    """The grids and villages (at most a township) a person walks."""
    areas = areas_for(actor, REPORT)
    return tuple(area for area in areas if level_of(area) in WIDEST)[:MOST_AREAS]


def asked_by(actor: Actor, since: str, *, now: datetime) -> Asked:
    """What the phone says it has; what cannot be read, or is of another pack or place, counts as nothing."""
    areas = areas_of(actor)
    held, _, positions = since.partition("|")
    found = dict(one.split(":", 1) for one in positions.split(",") if ":" in one)
    known = {county: int(at) for county, at in found.items() if POSITION.fullmatch(at)}
    fresh = held != _edition(areas) or set(known) != {county_of(area) for area in areas}
    return Asked(actor=actor, areas=areas, now=now, since={} if fresh else known, fresh=fresh)


def cursor_of(asked: Asked) -> str:
    """Where the phone goes on next time; read before the rows, so that nothing falls in between."""
    counties = sorted({county_of(area) for area in asked.areas})
    at = ",".join(f"{county}:{sealed_up_to(county)}" for county in counties)
    return f"{_edition(asked.areas)}|{at}"


def _edition(areas: Sequence[str]) -> str:
    """What makes a package another one altogether: the plan, the reader's language, the places."""
    return "/".join((pack().name, str(pack().version), get_language() or "", *sorted(areas)))


def told(asked: Asked, parts: Sequence[Part]) -> list[dict[str, object]]:
    """Every part with its rows, as the phone keeps them."""
    found = ((name, label(), rows(asked)) for name, label, rows in parts)
    return [{"name": name, "label": label, **asdict(part)} for name, label, part in found]


def prefixes(asked: Asked, county: str) -> list[str]:
    """The beginnings of region codes of the asked areas in a county, of units read with them too."""
    lineage: Lineage = asked.actor.lineage
    return [one for area in asked.areas if county_of(area) == county for one in lineage.prefixes(area)]
