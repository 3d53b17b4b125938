"""Which signals are read next (信号先后): what may be a fire goes first, the storm around it follows in its order.

Positions of a county say what was heard: READER, up to which everything was; AHEAD, up to which everything was that may
be a fire, with what its device had said before it; and PART, how far the device was heard that says the first fire
behind AHEAD, where it had said more than is heard at once. So all are told from the signals themselves, and a kill at
any moment skips nothing and hears nothing twice. However long a storm is, a round hears so many signals and no more.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from shouwang.domains.devices.queries import (
    Heard,
    heard_after,
    heard_of_sources,
    last_positions,
    last_saying,
    sources_saying,
)
from shouwang.domains.ledger.queries import reached_by
from shouwang.rules.alarms import FIRES

READER, AHEAD, PART = "alarms.signals", "alarms.fires", "alarms.fires.part"
# How many signals are heard ahead at once, for each that is heard in its order.
SHARE = 4


@dataclass(frozen=True, kw_only=True)
class Lane:
    """Signals to hear now, the positions that are reached with them, and how many of the order lie behind it then."""

    signals: Sequence[Heard] = ()
    reached: Mapping[str, int] = field(default_factory=dict)
    passed: int = 0


class _At(NamedTuple):
    """Where a county stands; `part` is -1 where no device is heard in parts."""

    read: int
    ahead: int
    part: int


def waiting(counties: Collection[str]) -> dict[str, int]:
    """{county: how many signals wait there} where any do, in two statements."""
    last, at = last_positions(counties), reached_by(counties, [READER])
    found = {county: last[county] - at.get((county, READER), -1) for county in counties}
    return {county: count for county, count in found.items() if count > 0}


def fires_first(county: str, *, limit: int) -> Lane:
    """What may be a fire among all that waits, up to `limit`, with what its devices said before it."""
    at, last = _reached(county), last_positions([county])[county]
    found = sources_saying(county, FIRES, after=max(at.read, at.ahead), until=last, limit=limit)
    until = found[-1][0] if len(found) == limit else last
    heard, most = _ahead(county, {source for _position, source in found}, at), limit * SHARE
    while found:
        spans = {source: (heard.get(source, at.read), position) for position, source in found}
        said = heard_of_sources(county, spans, limit=most + 1)
        if len(said) <= most:
            return Lane(signals=said, reached=_whole(at, until))
        if len(found) == 1:
            # AHEAD stands right before the fire, which is how it is known whose part it is.
            [(fire, _source)] = found
            return Lane(signals=said[:most], reached={AHEAD: fire - 1, PART: said[most - 1].position})
        found = found[: len(found) // 2]
        until = found[-1][0]
    return Lane(reached=_whole(at, until))


def in_order(county: str, *, limit: int) -> Lane:
    """What comes next in its order; what was heard ahead of it is not heard again."""
    at = _reached(county)
    signals = heard_after(county, at.read, limit=limit)
    heard = _ahead(county, {one.source for one in signals}, at)
    fresh = [one for one in signals if heard.get(one.source, -1) < one.position]
    return Lane(
        signals=fresh, reached={READER: signals[-1].position if signals else at.read}, passed=len(signals)
    )


def _whole(at: _At, until: int) -> dict[str, int]:
    return {AHEAD: until} | ({PART: -1} if at.part >= 0 else {})


def _reached(county: str) -> _At:
    at = reached_by([county], [READER, AHEAD, PART])
    return _At(*(at.get((county, reader), -1) for reader in (READER, AHEAD, PART)))


def _ahead(county: str, sources: Collection[str], at: _At) -> Mapping[str, int]:
    """{source: the position up to which it was heard} of those that were heard ahead of their order."""
    if at.ahead < at.read or not sources:
        return {}
    found = last_saying(county, sources, FIRES, after=at.read, until=at.ahead) if at.ahead > at.read else {}
    if at.part > at.read:
        for _position, source in sources_saying(county, FIRES, after=at.ahead, until=at.ahead + 1, limit=1):
            found[source] = max(found.get(source, -1), at.part)
    return found
