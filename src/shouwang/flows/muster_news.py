"""Who is told of a step of a department that was called (吹哨通知): one notice for each step and person."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from shouwang.domains.duties.acting import About, notice
from shouwang.domains.duties.models import Notice
from shouwang.domains.hazards.models import Muster
from shouwang.domains.ledger.minting import mint
from shouwang.policy import Pack

from .people_told import People

# Whom a step is told, beside the one who did it, and the sort of the notice.
TOLD: dict[str, tuple[str, tuple[str, ...]]] = {
    "set_out": ("muster_moves", ("whistler",)),
    "bounce": ("muster_bounced", ("whistler",)),
    "appeal": ("muster_disputed", ("whistler", "office")),
    "dispute": ("muster_disputed", ("department", "office")),
    "insist": ("whistled", ("department",)),
    "let_go": ("muster_moves", ("department",)),
    "uphold": ("muster_ruled", ("whistler", "department")),
    "order": ("muster_ruled", ("whistler", "department")),
    "tell": ("muster_told", ("whistler",)),
    "return": ("muster_returned", ("department",)),
}


class Telling:
    """The people of a county on a day, asked once and only when there is somebody to tell."""

    def __init__(self, pack: Pack, county: str, now: datetime) -> None:
        self._office = pack.wiring.departments.office
        self._people = People(pack, county, now.astimezone(pack.zone).date())

    def department(self, department: str, body: str) -> set[UUID]:
        return self._people.working_on(department, body)

    def office(self, county: str) -> set[UUID]:
        return self._people.working_on(self._office, county)

    def of_step(self, act: str, muster: Muster) -> tuple[str, set[UUID]]:
        """The sort of notice a step brings, and to whom."""
        sort, sides = TOLD.get(act, ("", ()))
        found: set[UUID] = set()
        if "whistler" in sides and muster.whistler:
            found.add(muster.whistler)
        if "department" in sides:
            found |= self.department(muster.department, muster.body)
        if "office" in sides:
            found |= self.office(muster.county)
        return sort, found


def news(sort: str, muster: Muster, people: Collection[UUID] | Iterable[UUID], *, at: datetime) -> list[Notice]:
    """A notice for each person about the case of a call; the event is this step, so that nobody gets it twice."""
    event, about = mint(at), About(region=muster.region, subject=muster.case_id)
    return [notice(sort, event=event, recipient=who, about=about, at=at) for who in sorted(set(people))]
