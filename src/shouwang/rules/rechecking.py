"""Who may re-check a fix where it was made, and who where nobody else is there (复核人): 07-31 wants another person."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from shouwang.kernel.codes import Level, county_of, covers, level_of, township_of
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack

RECHECK = "hazards.recheck"
LOCAL = (Level.TOWNSHIP, Level.VILLAGE, Level.GRID)


class Holder(Protocol):
    """As much of somebody in a post as this asks."""

    @property
    def kind(self) -> str: ...
    @property
    def department(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def territory(self) -> tuple[str, ...]: ...
    @property
    def name(self) -> str: ...
    @property
    def key(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecks:
    """Who may: people of the place, the posts of the level above, and stations of the neighbourhood."""

    own: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()


def who_rechecks(pack: Pack, holders: Iterable[Holder], *, region: str, barred: Collection[str]) -> Decision[Rechecks]:
    """Everybody else who holds a re-checking post over `region`; `barred` are the keys of who fixed it or may have."""
    able = [one for one in holders if RECHECK in pack.posts[one.kind].actions and one.key not in barred]
    over = [one for one in able if any(covers(area, region) for area in one.territory)]
    own = tuple(dict.fromkeys(one.key for one in over if level_of(one.region) in LOCAL))
    above = tuple(dict.fromkeys(one.kind for one in over if level_of(one.region) not in LOCAL))
    station, county = pack.wiring.departments.station, county_of(region)
    stations = {one.region for one in able if one.department == station and county_of(one.region) == county}
    neighbours = tuple(sorted(stations - {township_of(region)}))
    code = "recheck_by_others" if own else "recheck_by_above"
    found = Rechecks(own=own, above=above, neighbours=neighbours)
    return Decision(found, (Reason(code),), (pack.wiring.clauses.loop,))
