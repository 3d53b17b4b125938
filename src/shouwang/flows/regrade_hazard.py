"""A case is graded again from more facts (重新定级): which grade, who acts, by when, and who discussed it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.queries import one
from shouwang.domains.hazards.services import Step, regrade_case
from shouwang.domains.ledger.acts import before
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import covered
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.policy.vocabulary import Scalar
from shouwang.rules.clocks import Due, due
from shouwang.rules.determining import Discussion, may_determine
from shouwang.rules.grading import grade
from shouwang.rules.routing import Assignee, body_of, who_acts
from shouwang.rules.transitions import ActFacts, arrow, may

from .advance_hazard import post_for
from .grading_facts import typed
from .lapse_extension import lapse_extension
from .photos import Photo, attach
from .refusal import Moved, NotSeen, Refused, Unfit, too_long
from .sight import areas_for, pack_of, sight
from .working_days import workdays_of

ACT, DETERMINE, NOTE = "regrade", "hazards.determine", 500


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What a person states of a case, as it was typed; `names` are those who discussed it."""

    version: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    discussed_on: str = ""
    names: str = ""
    found_major: bool | None = None
    photos: tuple[Photo, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class Regraded:
    """How a case comes out: what it was, what it would be, and why."""

    case: Case
    facts: Mapping[str, Scalar]
    grade: str
    assignee: Assignee
    body: str
    due: Due
    judged: tuple[Decision[object], ...]

    @property
    def is_new(self) -> bool:
        case = self.case
        return (self.grade, self.assignee.department, self.body) != (case.grade, case.department, case.body)


def judge_again(actor: Actor, case_id: UUID, stated: Stated, *, now: datetime) -> Regraded:
    """What would come of it, nothing written. Raises NotSeen, Unfit, Refused, Moved."""
    case = one(sight(actor), case_id)
    if case is None:
        raise NotSeen(str(case_id))
    if stated.version is not None and stated.version != case.version:
        raise Moved(str(case_id))
    pack = pack_of(case.county, now=now)
    _may(actor, case, pack)
    day = case.reported_at.astimezone(pack.zone).date()
    facts, discussion = _read(stated, case, pack, day=day, now=now)
    found = _judged(pack, case, facts, now=now, day=day)
    allowed = _determined(actor, case, found, discussion, pack=pack, day=day)
    return replace(found, judged=(*found.judged, allowed)) if discussion else found


def regrade_hazard(actor: Actor, case_id: UUID, stated: Stated, *, now: datetime) -> Case:
    """Grade a case again. Raises NotSeen, Unfit, Refused, Moved, FileRefused."""
    found = judge_again(actor, case_id, stated, now=now)
    case, pack = found.case, pack_of(found.case.county, now=now)
    way = arrow(pack, case.state, ACT)
    assert way is not None
    post = post_for(actor, case, way, pack=pack)
    earlier, source = before(case, "version"), case.state
    case.facts, case.site = _kept(found.facts)
    case.grade, case.version = found.grade, case.version + 1
    case.department, case.body, case.state = found.assignee.department, found.body, way.target
    case.due_at, case.due_provisional = found.due.at, found.due.provisional
    step = Step(
        act=ACT,
        source=source,
        target=way.target,
        actor=actor.id,
        post=post.kind if post else "",
        at=now,
        pack=pack.version,
        clause=way.row,
        note=_noted(stated),
        judged=found.judged,
        files=tuple(
            attach(photo, actor=actor, subject=case.id, region=case.region, now=now) for photo in stated.photos
        ),
    )
    try:
        with transaction.atomic():
            regrade_case(case, step, earlier=earlier)
            lapse_extension(case, now=now)
    except Stale:
        raise Moved(str(case.id)) from None
    return case


def stated_of(case: Case) -> dict[str, Any]:
    """Everything the decision tables were told of a case beside its kind."""
    return {**case.facts, "site": case.site} if case.site else dict(case.facts)


def _kept(facts: Mapping[str, Scalar]) -> tuple[dict[str, Scalar], str]:
    rest = {name: value for name, value in facts.items() if name != "site"}
    return rest, str(facts.get("site", ""))


def _may(actor: Actor, case: Case, pack: Pack) -> None:
    way = arrow(pack, case.state, ACT)
    holds = way is not None and post_for(actor, case, way, pack=pack) is not None
    allowed = may(pack, case.state, ACT, ActFacts(actor=str(actor.id), holds=holds, stated=True))
    if not allowed.verdict:
        raise Refused(allowed)


def _read(
    stated: Stated, case: Case, pack: Pack, *, day: date, now: datetime
) -> tuple[dict[str, Scalar], Discussion | None]:
    """The facts and the discussion as they can be read. Raises Unfit with every field at fault."""
    facts, faults = typed(pack, stated.facts, on=day)
    discussion = _discussion(stated, faults, now.astimezone(pack.zone).date())
    if fault := too_long(_noted(stated), NOTE):
        faults["note"] = fault
    before = stated_of(case)
    known = {**before, **facts}
    if discussion is not None:
        known["determined_major"] = discussion.is_major
    if not faults and known == before and discussion is None:
        faults["facts"] = _("State something new, or the result of a discussion.")
    if faults:
        raise Unfit(faults)
    return known, discussion


def _discussion(stated: Stated, faults: dict[str, str], today: date) -> Discussion | None:
    if stated.found_major is None:
        if stated.discussed_on or stated.names.strip():
            faults["found_major"] = _("Say what the discussion found.")
        return None
    people = len(_people(stated.names))
    on = None
    try:
        on = date.fromisoformat(stated.discussed_on)
    except ValueError:
        faults["discussed_on"] = _("Write the day as 2026-06-01.")
    if on is not None and on > today:
        faults["discussed_on"] = _("This day has not come yet.")
    if not people:
        faults["names"] = _("Write who discussed it.")
    return Discussion(on=on or today, people=people, is_major=stated.found_major)


def _people(names: str) -> list[str]:
    for sign in "，、；;\n":
        names = names.replace(sign, ",")
    return list(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))


def _judged(pack: Pack, case: Case, facts: Mapping[str, Scalar], *, now: datetime, day: date) -> Regraded:
    """By the tables of the case's own day; a clock that starts anew runs from the moment work is sent again.

    What is late already stays late: the clock is the hazard's, not that of whoever has to see to it.
    """
    known = {"kind": case.kind, **facts}
    graded = grade(pack, known, day)
    routed = who_acts(pack, {**known, "grade": graded.verdict}, day)
    body = body_of(routed.verdict, case.region)
    same = (graded.verdict, routed.verdict.department) == (case.grade, case.department)
    clock = due(pack, workdays_of(case.region), graded.verdict, case.reported_at if same else now)
    late = now > case.due_at
    stays = (_late_stays(case, pack),) if late and not same else ()
    return Regraded(
        case=case,
        facts=facts,
        grade=graded.verdict,
        assignee=routed.verdict,
        body=body,
        due=Due(case.due_at, case.due_provisional, clock.verdict.parameter, clock.verdict.provenance)
        if same or late
        else clock.verdict,
        judged=(graded, routed, *stays) if same or late else (graded, routed, clock),
    )


def _late_stays(case: Case, pack: Pack) -> Decision[bool]:
    day = case.due_at.astimezone(pack.zone).date().isoformat()
    return Decision(True, (Reason("late_stays", {"before": day}),), ())


def _determined(
    actor: Actor, case: Case, found: Regraded, told: Discussion | None, *, pack: Pack, day: date
) -> Decision[bool]:
    """A hazard becomes major, or ceases to be, by a discussion that those who may determine it held."""
    needed = (found.grade == "major") != (case.grade == "major")
    allowed = may_determine(pack, told, needed=needed, on=day)
    if not allowed.verdict:
        raise Refused(allowed)
    if (needed or told is not None) and not covered(areas_for(actor, DETERMINE), case.region):
        reason = Reason("not_held", {"action": DETERMINE})
        raise Refused(Decision(False, (reason,), (pack.actions[DETERMINE],)))
    return allowed


def _noted(stated: Stated) -> str:
    """What stays in the case's story: who discussed it, and the words."""
    who = "、".join(_people(stated.names)) if stated.found_major is not None else ""
    return "\n".join(part for part in (who, stated.note.strip()) if part)
