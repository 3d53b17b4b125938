"""Receiving from the wires (接收信号): whose an address is, what it said kept for good, who was heard."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from shouwang.domains.areas.queries import counties
from shouwang.domains.devices.hearing import (
    Heard,
    Known,
    beats_of,
    known_at,
    no_longer_unknown,
    note_gateway,
    note_heard,
)
from shouwang.domains.devices.ordering import Asked, asked_since
from shouwang.domains.devices.receiving import keep_received, wake
from shouwang.domains.devices.signal_text import Received
from shouwang.kernel.codes import Level, county_of, is_region, level_of

from .sight import pack

ASKED_WITHIN = timedelta(minutes=10)


class NoCentre(Exception):
    """Nowhere to keep what unknown devices say; the message says what to do."""


def centre(named: str = "") -> str:
    """The receiving centre, where what nobody knows is kept: the one named, else the prefecture's own offices."""
    known = counties()
    if named:
        if not is_region(named) or county_of(named) not in known:
            raise NoCentre(f"the receiving centre {named!r} is no county on record")
        return named
    found = [code for code in known if level_of(code) == Level.PREFECTURE] or known
    if not found:
        raise NoCentre("no areas are on record; run `shouwang areas import --pack`")
    return found[0]


def warm() -> None:
    """Read what every signal needs before the first one comes."""
    pack()
    known_at("", [""], counties=counties())


def keep_signals(county: str, received: Sequence[Received], *, way: str, at: datetime) -> int:
    """Keep signals of one county; when it returns they are on disk. How many were new."""
    return keep_received(county, received, way=way, region=received[0].region[:6], at=at, pack=pack().version)


def wake_followers(counties: Sequence[str]) -> None:
    """Signals of these counties are on disk: whoever follows them need not wait for their next look."""
    wake(counties)


def whose(way: str, addresses: Collection[str]) -> dict[str, Known]:
    return known_at(way, addresses, counties=counties())


def beats(way: str, addresses: Collection[str]) -> dict[str, tuple[datetime, float | None]]:
    return beats_of(way, addresses, counties=counties())


def note(way: str, heard: Sequence[Heard], *, centre: str) -> None:
    """Note who was heard, county by county."""
    grouped: dict[str, list[Heard]] = {}
    for one in heard:
        grouped.setdefault(one.county, []).append(one)
    for some in grouped.values():
        note_heard(way, some)
    known = [one.address for one in heard if one.device is not None]
    if known:
        no_longer_unknown(way, known, county=county_of(centre))


def waiting_orders(*, now: datetime) -> list[Asked]:
    """What devices were asked lately and nothing has answered yet."""
    return asked_since(now - ASKED_WITHIN, counties=counties())


def tell_state(name: str, figures: Mapping[str, float], *, centre: str, now: datetime) -> None:
    note_gateway(name, figures, region=county_of(centre), at=now)
