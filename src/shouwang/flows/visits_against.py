"""说法不一: homes a person went to of which another visit says otherwise, until somebody has looked again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from shouwang.domains.households.queries import in_sight
from shouwang.domains.patrols.models import Visit
from shouwang.domains.patrols.queries import of_same_homes
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import Level, level_of, township_of
from shouwang.rules.visiting import Told, unsettled

from .households_sight import home_sight
from .record_visit import ENTERING
from .sight import areas_for, pack_for

# Who has not looked again after two weeks has gone on; the visits of the home still tell it.
BACK = timedelta(days=14)
WALKED = (Level.TOWNSHIP, Level.VILLAGE, Level.GRID)


@dataclass(frozen=True, kw_only=True)
class Against:
    """A home by its mark, and what is told of it in two ways."""

    home: UUID
    mark: str
    asks: Sequence[object]


def visits_against(actor: Actor, *, now: datetime) -> list[Against]:
    """One statement, and a second where there is something to tell."""
    towns = sorted({township_of(area) for area in areas_for(actor, ENTERING) if level_of(area) in WALKED})
    rows = of_same_homes(actor.id, towns, since=now - BACK) if towns else []
    asks = {home: found for home, visits in _by_home(rows) if (found := _asks(visits, now=now))}
    marks = in_sight(home_sight(actor)).filter(id__in=list(asks)) if asks else ()
    return [Against(home=home.id, mark=home.mark, asks=asks[home.id]) for home in marks]


def _by_home(rows: Sequence[Visit]) -> Iterable[tuple[UUID | None, list[Visit]]]:
    return ((home, list(found)) for home, found in groupby(rows, key=lambda one: one.home))


def _asks(visits: Sequence[Visit], *, now: datetime) -> list[object]:
    if len(visits) < 2:  # noqa: PLR2004 - one visit stands against nothing
        return []
    pack = pack_for(visits[0].region, now=now)
    asks = {point.id: point.ask for one in pack.checklists.values() for point in one.points if point.fact}
    told = [Told(seen=one.found_at, known=one.recorded_at, answers=one.answers) for one in visits]
    return [asks[name] for name in unsettled(list(asks), told)]
