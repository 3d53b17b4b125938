"""News for open pages (页面动态): whose page it is, what of a county's news it may hear of, from which position on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shouwang.domains.areas.queries import counties
from shouwang.domains.devices.queries import last_position, sorts_after
from shouwang.domains.people.profiles import profile
from shouwang.domains.people.queries import SignedIn, signed_in
from shouwang.domains.people.sessions import touch
from shouwang.kernel.codes import county_of

from .see_devices import device_sight

# What a desk must hear, whoever looks.
RINGS = frozenset({"fire"})


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is new in a county, without what it says: pages fetch that within their own sight."""

    position: int
    region: str
    rings: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A signed-in person's place before the news: the areas it may hear of."""

    held: SignedIn
    areas: tuple[str, ...]

    @property
    def counties(self) -> list[str]:
        return sorted({county_of(area) for area in self.areas})


def seat_of(token: str, *, now: datetime, day: date) -> Seat | None:
    """Who holds a token and what they may hear of; None where they are not signed in or still owe a step."""
    held = signed_in(token, now=now, day=day, idle=profile().idle)
    if held is None or held.owes:
        return None
    return Seat(held=held, areas=device_sight(held.actor).areas)


def keep_watch(seat: Seat, *, now: datetime) -> None:
    """Who watches alarms uses the session, though nothing is clicked in a quiet night."""
    touch(seat.held.actor.county, seat.held.session, seen_at=seat.held.seen_at, now=now)


def news_after(county: str, position: int, *, limit: int) -> list[News]:
    return [
        News(number, region, sort in RINGS)
        for number, region, sort in sorts_after(county, position, limit=limit)
    ]


def newest(wanted: Sequence[str] | None = None) -> dict[str, int]:
    """{county: position of its newest news}; of all counties where none are named."""
    return {county: last_position(county) for county in (counties() if wanted is None else wanted)}


def follow(*, now: datetime) -> int:
    """What signals bring about elsewhere; how many were followed."""
    return 0
