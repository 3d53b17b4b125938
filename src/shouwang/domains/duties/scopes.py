"""Who may see a standing: by territory and `duties.see`, as its own department, as the one who does it or was given it.

A task is never kept: it is a standing that somebody sees. A sight is a union of pieces, each served by one index.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from shouwang.domains.areas.pieces import Piece, within, within_one
from shouwang.kernel.codes import county_of, covered, covers

SEE = "duties.see"


class Seen(Protocol):
    """As much of a standing as decides who sees it."""

    @property
    def region(self) -> str: ...
    @property
    def duty(self) -> str: ...
    @property
    def subject(self) -> UUID: ...
    @property
    def due_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Own:
    """Duties one does for the bodies in an area, or, `exact`, for that body alone."""

    area: str
    duties: tuple[str, ...]
    exact: bool = True

    def piece(self) -> Piece:
        named = Piece("duty = ANY(%s)", (list(self.duties),))
        if self.exact:
            return Piece("county = %s AND region = %s", (county_of(self.area), self.area)) & named
        return within_one(self.area) & named

    def holds(self, one: Seen) -> bool:
        here = one.region == self.area if self.exact else covers(self.area, one.region)
        return here and one.duty in self.duties


@dataclass(frozen=True)
class Given:
    """What was passed to one: a single standing, or that duty of that body from a deadline on."""

    region: str
    duty: str
    subject: UUID | None
    since: datetime | None = None

    def piece(self) -> Piece:
        named = Piece("county = %s AND duty = %s", (county_of(self.region), self.duty))
        if self.subject is not None:
            return named & Piece("subject = %s", (self.subject,))
        onward = Piece("region = %s AND due_at >= %s", (self.region, self.since))
        return named & onward

    def holds(self, one: Seen) -> bool:
        if one.region[:6] != county_of(self.region) or one.duty != self.duty:
            return False
        if self.subject is not None:
            return one.subject == self.subject
        started = self.since is not None and one.due_at is not None and one.due_at >= self.since
        return one.region == self.region and started


@dataclass(frozen=True, kw_only=True)
class Sight:
    """Standings a person may see: all of some areas, some duties of others, the person's own tasks."""

    areas: tuple[str, ...] = ()
    shares: tuple[Own, ...] = ()
    own: tuple[Own, ...] = ()
    given: tuple[Given, ...] = ()

    def pieces(self) -> list[Piece]:
        named = (*self.shares, *self.own, *self.given)
        return [*within(self.areas), *(one.piece() for one in named)]

    def holds(self, one: Seen) -> bool:
        """The same in Python as `pieces` in the database."""
        named: tuple[Own | Given, ...] = (*self.shares, *self.own, *self.given)
        return covered(self.areas, one.region) or any(part.holds(one) for part in named)

    def mine(self) -> "Sight":
        """The person's own tasks alone."""
        return Sight(own=self.own, given=self.given)

    def narrowed(self, *areas: str) -> "Sight":
        """As much of it as lies in an area and in those read with it."""
        return Sight(
            areas=tuple(dict.fromkeys(one for area in areas for one in _cut(self.areas, area))),
            shares=tuple(dict.fromkeys(one for area in areas for one in _cut_own(self.shares, area))),
            own=tuple(dict.fromkeys(one for area in areas for one in _cut_own(self.own, area))),
            given=tuple(one for one in self.given if covered(areas, one.region)),
        )


def may_see(areas: Sequence[str], region: str) -> bool:
    return any(covers(area, region) for area in areas)


def _cut(areas: Sequence[str], area: str) -> list[str]:
    if any(covers(one, area) and one != area for one in areas):
        return [area]
    return [one for one in areas if covers(area, one)]


def _cut_own(parts: Sequence[Own], area: str) -> tuple[Own, ...]:
    return tuple(
        one if covers(area, one.area) else Own(area, one.duties, one.exact)
        for one in parts
        if covers(area, one.area) or (not one.exact and covers(one.area, area))
    )
