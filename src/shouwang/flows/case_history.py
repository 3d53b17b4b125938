"""What a case has been through (经过), as far as an act may depend on it: asked once, and only where it matters."""

from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from shouwang.domains.hazards.models import WORKING_STATES, Case, Transition
from shouwang.domains.hazards.queries import steps_of
from shouwang.domains.hazards.reporters import tellings_of
from shouwang.domains.hazards.reviews import asked_of, lot_waiting
from shouwang.domains.hazards.telling_rows import Review
from shouwang.domains.sites.queries import hands_of, stands_for

ONCE = ("unmerge", "dispute")
# A network takes moments; what took longer waited on a phone.
WAITED = timedelta(minutes=1)
ENDS, DONE = ("closed", "rejected"), ("submitted", "closed")
RECHECK = "hazards.recheck"


class History:
    """Steps and reviews of a case, read when a guard asks for them."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def steps(self) -> list[Transition]:
        return steps_of(self.case)

    @cached_property
    def reviews(self) -> list[Review]:
        return asked_of(self.case)

    @property
    def before(self) -> frozenset[str]:
        """Acts that were done and may be done once; an answer, once for each outcome."""
        done = {step.act for step in self.steps if step.act in ONCE}
        for step in self.steps:
            if step.target in ENDS and step.source != step.target:
                done.discard("answer")
            elif step.act == "answer":
                done.add("answer")
        return frozenset(done)

    @cached_property
    def awaited(self) -> bool:
        """Whether somebody told of it who has no answer yet."""
        return any(one.answered_at is None for one in tellings_of(self.case))

    @property
    def passed(self) -> int:
        """How often it was given to another department since it was opened, opened again or graded."""
        found = 0
        for step in self.steps:
            found = 0 if step.act == "regrade" or step.source in ENDS else found + (step.act == "reassign")
        return found

    @property
    def closer(self) -> str:
        """Who passed the fix last."""
        passed = [step for step in self.steps if step.act == "pass"]
        return str(passed[-1].actor or "") if passed else ""

    @cached_property
    def hands(self) -> frozenset[UUID]:
        """Whoever had the code in hand with which a place handed in the fix; nobody where no place did."""
        case = self.case
        site = stands_for(case.county, case.submitter) if case.submitter else None
        return hands_of(site, since=case.reported_at) if site else frozenset()

    def done_at(self, told: datetime | None, *, now: datetime) -> datetime | None:
        """When a repair was done that arrives now: never before the finding, nor before it was last sent back."""
        if told is None or now - told < WAITED:
            return None
        back = [step.at for step in self.steps if step.source in DONE and step.target in WORKING_STATES]
        known = max([self.case.found_at, *back])
        return max(told, known) if known < now else None

    @property
    def under_review(self) -> bool:
        return lot_waiting(self.case, self.reviews, self.steps) is not None

    def asked(self, department: str, body: str) -> bool:
        """Whether a body was asked to look at this case."""
        return any((one.department, one.body) == (department, body) for one in self.reviews)
