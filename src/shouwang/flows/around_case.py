"""What an act on a case brings along (连带): the elder of a merge, answers to all who told, word to the level above."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import models

from shouwang.domains.duties.acting import About, notice
from shouwang.domains.hazards import reporters, telling
from shouwang.domains.hazards.models import OPEN_STATES, Case
from shouwang.domains.hazards.queries import of_code
from shouwang.domains.hazards.services import Step, move_case
from shouwang.domains.hazards.telling_rows import Merger
from shouwang.domains.ledger.acts import By, before
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.rows import Enclosed
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import parse_case_code
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack

from .people_told import People
from .sight import sight
from .tellings import due_after_ending, owed_at_the_end


@dataclass(kw_only=True)
class Beside:
    """Rows kept with an act, and acts kept in its transaction after it."""

    reasons: tuple[Decision[bool], ...] = ()
    enclosed: list[Enclosed] = field(default_factory=list)
    also: list[models.Model] = field(default_factory=list)
    after: list[Callable[[], None]] = field(default_factory=list)


def elder_named(actor: Actor, code: str) -> Case | None:
    """The case of a code that the person sees."""
    try:
        return of_code(sight(actor), parse_case_code(code))
    except ValueError:
        return None


def fitness(case: Case, code: str, elder: Case | None) -> str:
    """Whether a case may be merged into another: 'fits', or the code of why not; '' where none was named."""
    if not code.strip():
        return ""
    if elder is None:
        return "elder_unknown"
    if elder.id == case.id:
        return "elder_itself"
    if elder.county != case.county:
        return "elder_elsewhere"
    if (elder.reported_at, elder.id) > (case.reported_at, case.id):
        return "elder_younger"
    return "fits" if elder.state in OPEN_STATES else "elder_ended"


def beside_merge(case: Case, elder: Case, step: Step) -> Beside:
    """The younger is part of the elder; each says so of the other."""
    row = Merger(
        id=mint(step.at), county=case.county, region=case.region, salt=salt(), case=case, elder=elder.id, at=step.at
    )
    said = _said("merged_into", elder.code)
    return Beside(reasons=(said,), enclosed=[row], after=[_on_elder(elder, step, "absorb", case.code)])


def beside_unmerge(elder: Case, step: Step, code: str) -> Beside:
    return Beside(after=[_on_elder(elder, step, "release", code)])


def beside_answer(case: Case, step: Step) -> Beside:
    """Everybody who told of it has the answer, each by the own code or list."""
    by = By(actor=step.actor, post=step.post, at=step.at, pack=step.pack, clause=step.clause)
    return Beside(after=[_answered(one, by) for one in reporters.tellings_of(case)])


def beside_interim(case: Case, step: Step) -> Beside:
    """Everybody who told of it can read what is being done; nobody is answered by that."""
    by = By(actor=step.actor, post=step.post, at=step.at, pack=step.pack, clause=step.clause)
    waiting = [one for one in reporters.tellings_of(case) if one.answered_at is None]
    return Beside(after=[_heard(one, by) for one in waiting])


def beside_ending(case: Case, step: Step, *, pack: Pack) -> Beside:
    """From the end of the case on, those who told wait for its answer: by when, where somebody set the time."""
    by = By(actor=step.actor, post=step.post, at=step.at, pack=step.pack, clause=step.clause)
    found = []
    for one in reporters.tellings_of(case):
        if one.answered_at is None and owed_at_the_end(pack, one.channel):
            found.append(_owed(one, due_after_ending(pack, one.channel, region=one.region, ended=step.at), by))
    return Beside(after=found)


def beside_reopening(case: Case, step: Step, *, pack: Pack) -> Beside:
    """A closing that did not hold is told to the level above those who closed it, and to whoever fixes it."""
    people = People(pack, case.county, step.at.astimezone(pack.zone).date())
    wanted = people.above(case.body) | people.working_on(case.department, case.body)
    sort = "disputed" if step.act == "dispute" else "reopened"
    return Beside(also=told_rows(sort, case, wanted - {step.actor}, at=step.at))


def _said(code: str, other: str) -> Decision[bool]:
    return Decision(True, (Reason(code, {"code": other}),), ())


def _on_elder(elder: Case, step: Step, act: str, code: str) -> Callable[[], None]:
    def keep() -> None:
        earlier = before(elder, "version")
        elder.version += 1
        own = replace(
            step, act=act, source=elder.state, target=elder.state, note="", files=(),
            judged=(_said("took_in" if act == "absorb" else "released", code),),
        )  # fmt: skip
        move_case(elder, own, earlier=earlier)

    return keep


def _answered(one: reporters.Contribution, by: By) -> Callable[[], None]:
    def keep() -> None:
        earlier = before(one, "version")
        # An order answered in time stays so when a dispute brings a second answer.
        one.answered_at, one.version = one.answered_at or by.at, one.version + 1
        telling.answered_telling(one, by, earlier=earlier)

    return keep


def _heard(one: reporters.Contribution, by: By) -> Callable[[], None]:
    def keep() -> None:
        earlier = before(one, "version")
        one.version += 1
        telling.interim_telling(one, by, earlier=earlier)

    return keep


def _owed(one: reporters.Contribution, due: datetime | None, by: By) -> Callable[[], None]:
    def keep() -> None:
        earlier = before(one, "version")
        one.answer_due_at, one.version = due, one.version + 1
        telling.set_answer_due(one, by, earlier=earlier)

    return keep


def told_rows(sort: str, case: Case, people: Collection[UUID], *, at: datetime) -> list[models.Model]:
    """A notice for each of some people, once for this event."""
    event, about = mint(at), About(region=case.region, subject=case.id)
    return [notice(sort, event=event, recipient=who, about=about, at=at) for who in sorted(people)]
