"""Which signals are read next (信号先后): what may be a fire goes first, the storm around it follows in its order.

Two positions a county say what was heard: READER, up to which everything was; and AHEAD, up to which everything was
that may be a fire, with what its device had said before it. So both are told from the signals themselves, and a kill at
any moment skips nothing and hears nothing twice.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from shouwang.domains.devices.queries import (
    Heard,
    heard_after,
    heard_of_sources,
    last_positions,
    sources_saying,
)
from shouwang.domains.ledger.queries import reached_by
from shouwang.rules.alarms import FIRES

READER, AHEAD = "alarms.signals", "alarms.fires"


@dataclass(frozen=True, kw_only=True)
class Lane:
    """Signals to hear now, the position that is reached with them, and how many lie behind it then."""

    signals: Sequence[Heard]
    position: int
    passed: int = 0


def waiting(counties: Collection[str]) -> dict[str, int]:
    """{county: how many signals wait there} where any do, in two statements."""
    last, at = last_positions(counties), reached_by(counties, [READER])
    found = {county: last[county] - at.get((county, READER), -1) for county in counties}
    return {county: count for county, count in found.items() if count > 0}


def fires_first(county: str, *, limit: int) -> Lane:
    """What may be a fire among all that waits, up to `limit`, with what its devices said before it."""
    read, ahead = _reached(county)
    last, after = last_positions([county])[county], max(read, ahead)
    found = sources_saying(county, FIRES, after=after, until=last, limit=limit)
    until = found[-1][0] if len(found) == limit else last
    wanted = {source: position for position, source in found}
    heard = _ahead(county, wanted, after=read, until=ahead)
    said = heard_of_sources(county, wanted, after=read, until=until) if wanted else []
    fresh = [one for one in said if heard.get(one.source, -1) < one.position <= wanted[one.source]]
    return Lane(signals=fresh, position=until)


def in_order(county: str, *, limit: int) -> Lane:
    """What comes next in its order; what was heard ahead of it is not heard again."""
    read, ahead = _reached(county)
    signals = heard_after(county, read, limit=limit)
    heard = _ahead(county, {one.source for one in signals}, after=read, until=ahead)
    fresh = [one for one in signals if heard.get(one.source, -1) < one.position]
    return Lane(signals=fresh, position=signals[-1].position if signals else read, passed=len(signals))


def _reached(county: str) -> tuple[int, int]:
    at = reached_by([county], [READER, AHEAD])
    return at.get((county, READER), -1), at.get((county, AHEAD), -1)


def _ahead(county: str, sources: Collection[str], *, after: int, until: int) -> Mapping[str, int]:
    """{source: the position up to which it was heard} of those that were heard ahead of their order."""
    if until <= after or not sources:
        return {}
    found = sources_saying(county, FIRES, after=after, until=until, among=sources)
    return {source: position for position, source in found}
