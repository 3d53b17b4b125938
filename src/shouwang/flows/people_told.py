"""Who must know of something about a duty or a case: those who do the work, and those a step is told to (告知对象)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from shouwang.domains.areas.lineage import lineage
from shouwang.domains.duties.delegations import accepted_in
from shouwang.domains.duties.models import Delegation
from shouwang.domains.hazards.muster_queries import called_in
from shouwang.domains.hazards.queries import given_to
from shouwang.domains.people.holders import Holder, holders
from shouwang.kernel.codes import Level, county_of, covers, level_of, township_of
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Duty
from shouwang.rules.ladder import told_to
from shouwang.rules.tasks import is_call, performs

from .see_tasks import given_onward


class Owing(Protocol):
    """As much of what is owed as tells whose it is."""

    @property
    def region(self) -> str: ...
    @property
    def duty(self) -> str: ...
    @property
    def subject(self) -> UUID: ...
    @property
    def due_at(self) -> datetime: ...


class People:
    """Asked once for a county, and only when there is something to tell."""

    def __init__(self, pack: Pack, county: str, on: date) -> None:
        self.pack, self.county, self.on = pack, county, on
        self._holders: dict[str, list[Holder]] | None = None
        self._passed: dict[tuple[str, str], list[Delegation]] | None = None

    def working_on(self, department: str, body: str) -> set[UUID]:
        """Who holds a post of a department that serves a body: those a case was given to."""
        return {one.person for one in self._all() if one.department == department and _answers(one, body)}

    def at(self, department: str, body: str) -> set[UUID]:
        """Who holds a post of a department at just this body, not of the levels over it."""
        return {one.person for one in self._all() if (one.department, one.region) == (department, body)}

    def above(self, body: str) -> set[UUID]:
        """Who answers for a body one level up."""
        match level_of(body):
            case Level.GRID | Level.VILLAGE:
                return self.at(self.pack.wiring.departments.station, township_of(body))
            case Level.TOWNSHIP:
                return self.at(self.pack.wiring.departments.office, county_of(body))
            case _:
                return self.at(self.pack.wiring.departments.office, f"{body[:4]}00")

    def told(self, duty: Duty, one: Owing, rung: str) -> set[UUID]:
        kinds = told_to(self.pack, duty, rung)
        found = {
            holder.person
            for kind in kinds
            for holder in self._of(kind)
            if (
                performs(holder, duty, one.region) if kind == duty.performer else _answers(holder, one.region)
            )
        }
        with_whom = called_in if is_call(duty) else given_to if duty.bearer.of_case else None
        if duty.performer in kinds and with_whom and (whose := with_whom(self.county, one.subject)):
            found |= self.working_on(*whose)
        return found | (self._delegates(one) if duty.performer in kinds else set())

    def _all(self) -> Iterator[Holder]:
        return (holder for kind in self.pack.posts for holder in self._of(kind))

    def _of(self, kind: str) -> list[Holder]:
        if self._holders is None:
            self._holders = {}
            heirs = lineage(self.on).heirs_of(self.county)
            counties = sorted({self.county, f"{self.county[:4]}00", *heirs})
            for holder in holders(counties, kinds=list(self.pack.posts), on=self.on):
                self._holders.setdefault(holder.kind, []).append(holder)
        return self._holders.get(kind, [])

    def _delegates(self, one: Owing) -> set[UUID]:
        if self._passed is None:
            self._passed = {}
            for row in accepted_in(self.county):
                self._passed.setdefault((row.duty, row.region), []).append(row)
        rows = self._passed.get((one.duty, one.region), ())
        return {row.receiver for row in rows if row.subject == one.subject or given_onward(row, one.due_at)}


def _answers(holder: Holder, region: str) -> bool:
    return any(covers(area, region) for area in holder.territory)
