"""今日路线: which homes to see today and why, in walking order; nothing is counted, nobody is followed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shouwang.domains.households.models import Home
from shouwang.domains.households.queries import groups_of, in_sight
from shouwang.domains.households.sealed_fields import address_of
from shouwang.domains.patrols.queries import last_visits
from shouwang.domains.people.actor import Actor
from shouwang.kernel.decision import Reason
from shouwang.kernel.geo import Point
from shouwang.policy import Pack
from shouwang.rules.routes import walked
from shouwang.rules.visiting import visit_due

from .households_sight import home_sight
from .sight import pack_for

# A walk of one day, and the homes of the largest grid (300) with room to spare.
STOPS, HOMES = 20, 1000


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A home on the way: why it is there, and the rows that ask for it."""

    home: Home
    groups: Sequence[str]
    reasons: Sequence[Reason]
    rows: Sequence[str]


def todays_route(actor: Actor, *, now: datetime, start: Point | None = None) -> list[Stop]:
    """The most pressing homes, in the order in which one walks least; those nobody placed stand last."""
    homes = list(in_sight(home_sight(actor))[:HOMES])
    groups = groups_of(homes)
    at_risk = [home for home in homes if groups[home.id]]
    last = last_visits({home.county for home in at_risk}, [home.id for home in at_risk])
    packs = {county: pack_for(county, now=now) for county in {home.county for home in at_risk}}
    found = [one for home in at_risk if (one := _due(packs[home.county], home, groups[home.id], last, now=now))]
    pressing = [stop for _urgency, stop in sorted(found, key=lambda pair: -pair[0])[:STOPS]]
    placed = [(stop, point) for stop in pressing if (point := point_of(stop.home))]
    return [*walked(placed, start), *(stop for stop in pressing if point_of(stop.home) is None)]


def _due(
    pack: Pack, home: Home, groups: Sequence[str], last: Mapping[UUID, datetime], *, now: datetime
) -> tuple[int, Stop] | None:
    seen = last.get(home.id)
    day = seen.astimezone(pack.zone).date() if seen else None
    judged = visit_due(pack, groups, day, on=now.astimezone(pack.zone).date())
    if judged.verdict is None:
        return None
    return judged.verdict, Stop(home=home, groups=groups, reasons=judged.reasons, rows=judged.clauses)


def point_of(home: Home) -> Point | None:
    """Where a home stands, if the phone knew; for the order of a walk alone."""
    told = address_of(home)
    try:
        return Point(float(told["lon"]), float(told["lat"]))
    except (KeyError, ValueError):
        return None
