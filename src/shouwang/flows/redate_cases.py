"""The notice of a year has come: open hazards whose deadline crossed it get another one, each by an act (时限调整)."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from shouwang.domains.adoptions.years import Told
from shouwang.domains.duties.acting import About, notice
from shouwang.domains.duties.models import Notice
from shouwang.domains.duties.redating import SORT, told_of
from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.redating import ACT, clocks_started, open_due_since
from shouwang.domains.hazards.services import Step, redate_case
from shouwang.domains.ledger.acts import before
from shouwang.kernel.decision import Decision, Reason
from shouwang.kernel.workdays import Calendar
from shouwang.policy import Pack
from shouwang.rules.clocks import Due, UnsetDeadline, due

from .local_values import pack_of
from .people_told import People
from .redate_calls import moved_to, redate_calls
from .working_days import calendars, known_notices


class Redated(NamedTuple):
    """A case with its deadline before and after; the same day twice when only its doubt is gone."""

    id: UUID
    region: str
    code: str
    before: datetime
    after: datetime


def redate_cases(county: str, *, now: datetime) -> list[Redated]:
    """Move what is to be moved, in one transaction; asked again, nothing more moves. Raises nothing to be caught."""
    told = known_notices(county)
    if not told:
        return []
    pack, known = pack_of(county, now=now), calendars(told)
    since = datetime(min(one.year for one in told), 1, 1, tzinfo=pack.zone)
    with transaction.atomic():
        work = _Work(pack, county, told[-1], now)
        cases = open_due_since(county, since)
        started = clocks_started(county, [case.id for case in cases])
        found = [work.redate(case, known, started.get(case.id, case.reported_at)) for case in cases]
        redate_calls(pack, county, known, since=since, why=told[-1], now=now)
        return [one for one in found if one is not None]


def _counted(pack: Pack, calendar: Calendar, case: Case, since: datetime) -> Due | None:
    try:
        return due(pack, calendar, case.grade, since).verdict
    except UnsetDeadline:
        return None


def newly_due(pack: Pack, known: Sequence[Calendar], case: Case, since: datetime) -> Due | None:
    """The deadline by the newest calendar, where the case still has that of an earlier one; else None.

    Its clock runs `since` it was reported, or graded or opened anew.

    A deadline that no calendar gives was not counted by one: it stays.
    """
    found = [_counted(pack, calendar, case, since) for calendar in known]
    return moved_to(found, stands=(case.due_at, case.due_provisional))


class _Work:
    """What one pass over a county needs, and whom it has told."""

    def __init__(self, pack: Pack, county: str, why: Told, now: datetime) -> None:
        self.pack, self.county, self.why, self.now = pack, county, why, now
        self.people = People(pack, county, now.astimezone(pack.zone).date())
        self._told: set[UUID] | None = None

    def redate(self, case: Case, known: Sequence[Calendar], since: datetime) -> Redated | None:
        found = newly_due(self.pack, known, case, since)
        if found is None:
            return None
        earlier, was = before(case, "version"), case.due_at
        case.due_at, case.due_provisional, case.version = found.at, found.provisional, case.version + 1
        moved = Redated(case.id, case.region, case.code, was, found.at)
        notices = self._notices(case) if moved.before != moved.after else []
        redate_case(case, self._step(case, moved), earlier=earlier, told=notices)
        return moved

    def _step(self, case: Case, moved: Redated) -> Step:
        code = "due_moved" if moved.before != moved.after else "due_sure"
        said = {
            "number": self.why.number,
            "before": self._day(moved.before),
            "after": self._day(moved.after),
            "notice": str(self.why.id),
            "was": moved.before.isoformat(),
        }
        judged = Decision(True, (Reason(code, said),), ())
        return Step(
            act=ACT,
            source=case.state,
            target=case.state,
            actor=None,
            post="",
            at=self.now,
            pack=self.pack.version,
            clause=self.pack.parameters[self.pack.clocks[case.grade]].row,
            judged=(judged,),
        )

    def _notices(self, case: Case) -> list[Notice]:
        """Who reported it and whose work it is, each once for the whole notice."""
        if self._told is None:
            self._told = told_of(self.county, self.why.id)
        wanted = self.people.working_on(case.department, case.body)
        wanted |= {case.reporter} if case.reporter else set()
        new = sorted(wanted - self._told)
        self._told |= wanted
        about = About(region=case.region, subject=case.id)
        return [notice(SORT, event=self.why.id, recipient=who, about=about, at=self.now) for who in new]

    def _day(self, at: datetime) -> str:
        return at.astimezone(self.pack.zone).date().isoformat()
