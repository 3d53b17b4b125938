"""This month's share of hazards closed in time (按期闭环率), by the same count as the county page."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from shouwang.domains.duties.queries import Tally, tallies
from shouwang.faces.board.numbers import closed_loop
from shouwang.faces.office.place import Standpoint
from shouwang.kernel.codes import covers

TOWNSHIP = 9


@dataclass(frozen=True, kw_only=True)
class Month:
    """The month, and how many of those that had to be closed were closed in time."""

    name: str
    met: int
    owed: int

    @property
    def share(self) -> float | None:
        return self.met / self.owed if self.owed else None


def month_of(now: datetime) -> str:
    return timezone.localtime(now).strftime("%Y-%m")


def closed_in_time(stand: Standpoint, *, now: datetime) -> Month | None:
    """None below the township, whose duty it is, and for who sees only a part of the area."""
    if not stand.whole or len(stand.area) > TOWNSHIP:
        return None
    name = month_of(now)
    found = tallies(stand.counties, duty=closed_loop(), month=name, length=TOWNSHIP, lineage=stand.lineage)
    inside: list[Tally] = [tally for area, tally in found.items() if covers(stand.area, area)]
    return Month(name=name, met=sum(t.met for t in inside), owed=sum(t.owed for t in inside))
