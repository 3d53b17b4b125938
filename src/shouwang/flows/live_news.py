"""News for open pages (页面动态): whose page it is, what of a county's news it may hear of, from which position on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shouwang.domains.alarms.queries import news_after, positions
from shouwang.domains.areas.pieces import within
from shouwang.domains.areas.queries import counties
from shouwang.domains.devices.queries import last_position, sorts_after
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.profiles import profile
from shouwang.domains.people.queries import SignedIn, signed_in
from shouwang.domains.people.sessions import touch
from shouwang.kernel.codes import county_of
from shouwang.rules.alarms import must_sound

from .alarm_sight import alarm_sight
from .each_county import BEHIND
from .follow_signals import follow as follow_signals
from .lapse_alarms import lapse_alarms
from .see_devices import device_sight

# So few that in a storm whoever rings next is looked for several times a second.
AT_ONCE = 250


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is new in a county, without what it says: pages fetch that within their own sight."""

    position: int
    region: str
    rings: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A kind of news: in which areas somebody hears of it, where each county stands, what is new since."""

    areas: Callable[[Actor], tuple[str, ...]]
    newest: Callable[[Sequence[str]], dict[str, int]]
    after: Callable[[str, int, int], list[News]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A signed-in person's place before the news: the areas it may hear of."""

    held: SignedIn
    areas: tuple[str, ...]

    @property
    def counties(self) -> list[str]:
        return sorted({county_of(area) for area in self.areas})


def _alarms_after(county: str, position: int, limit: int) -> list[News]:
    rows = news_after(within([county]), {county: position}, limit=limit)
    return [
        News(row["position"], row["region"], must_sound(row["kind"], row["state"], proposed=bool(row["proposed"])))
        for row in rows
    ]


def _signals_after(county: str, position: int, limit: int) -> list[News]:
    return [News(number, region, False) for number, region, _sort in sorts_after(county, position, limit=limit)]


FEEDS: Mapping[str, Feed] = {
    "alarms": Feed(areas=lambda actor: alarm_sight(actor).areas, newest=positions, after=_alarms_after),
    "signals": Feed(
        areas=lambda actor: device_sight(actor).areas,
        newest=lambda wanted: {county: last_position(county) for county in wanted},
        after=_signals_after,
    ),
}


def all_counties() -> list[str]:
    return counties()


def seat_of(token: str, about: str, *, now: datetime, day: date) -> Seat | None:
    """Who holds a token and what they may hear of; None where they are not signed in or still owe a step."""
    held = signed_in(token, now=now, day=day, idle=profile().idle)
    if held is None or held.owes:
        return None
    return Seat(held=held, areas=FEEDS[about].areas(held.actor))


def keep_session(seat: Seat, *, now: datetime) -> None:
    """Who watches alarms uses the session, though nothing is clicked in a quiet night."""
    touch(seat.held.actor.county, seat.held.session, seen_at=seat.held.seen_at, now=now)


def stayed_behind() -> int:
    """How often a county could not be followed while the others were."""
    return BEHIND.total()


def follow(*, now: datetime) -> int:
    """Turn what was received into alarms, and look whose time is up; how much was done."""
    return follow_signals(limit=AT_ONCE, now=now) + lapse_alarms(now=now)
