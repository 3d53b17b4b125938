"""One case as a person reads it: facts, who did what and why, photos, and what the reader may do now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language

from shouwang.domains.areas.queries import names, path_of
from shouwang.domains.files.queries import attachments_of
from shouwang.domains.hazards.queries import ENDED_STATES, WORKING_STATES, one, steps_of
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.queries import names as people_named
from shouwang.faces.around import Around, around, suggested_answer, tells_of_others
from shouwang.faces.astray import AstrayTold, astray_told
from shouwang.faces.deadlines import Clock, clock_of
from shouwang.faces.musters import ToldMuster, WhistleForm, musters_told, whistle_form
from shouwang.faces.offers import Offer, offers
from shouwang.faces.pressing import Pressed, may_write, pressed
from shouwang.faces.templatetags.words import deadline_clause
from shouwang.flows.sight import areas_for, pack_of, sight
from shouwang.kernel.codes import covered
from shouwang.kernel.decision import Reason

LOUD = (
    "hazard-grade", "hazard-authority", "discussed", "discussion_least_unset", "paused_until", "resumed_due",
    "extension_asked", "extended_to",
)  # fmt: skip
STANDARD = "major-elements"


@dataclass(frozen=True, kw_only=True)
class Told:
    """One step of the case: who, as what, did it, why, and with which files."""

    act: str
    at: datetime
    who: str
    post: str
    note: str
    reasons: Sequence[Mapping[str, Any]]
    clauses: Sequence[str]
    files: Sequence[Any]
    line: UUID
    done_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Story:
    case: Any
    place: str
    body: str
    steps: Sequence[Told]
    musters: Sequence[ToldMuster]
    whistle: WhistleForm | None
    clock: Clock
    offers: Sequence[Offer]
    pressed: Sequence[Pressed]
    may_write: bool
    clause: str
    may_prove: bool
    around: Around
    answer: str
    may_grade: bool = False
    astray: AstrayTold | None = None

    @property
    def ended(self) -> bool:
        return self.case.state in ENDED_STATES

    @property
    def photos(self) -> list[Any]:
        told = [*self.steps, *(step for muster in self.musters for step in muster.steps)]
        return [file for step in told for file in step.files]


def story_of(actor: Actor, case_id: UUID) -> Story:
    """The case with everything that belongs to it, in nine statements; 404 outside the reader's sight.

    Eleven where departments were called.
    """
    case = one(sight(actor), case_id)
    if case is None:
        raise Http404
    now, files = timezone.now(), _files(case)
    place, steps, offered = path_of(case.region), _steps(case, files), offers(actor, case)
    musters = musters_told(actor, case, files, now=now)
    return Story(
        case=case,
        place=place,
        body=names([case.body])[case.body],
        steps=steps,
        clock=clock_of(actor, case, steps, now=now),
        musters=musters,
        whistle=whistle_form(actor, case, musters, now=now),
        offers=offered,
        pressed=pressed(actor, case),
        may_write=may_write(actor, case),
        clause=deadline_clause(case.grade),
        may_prove=covered(areas_for(actor, "ledger.prove"), case.region),
        may_grade=case.state in WORKING_STATES and covered(areas_for(actor, "hazards.grade"), case.region),
        around=around(actor, case, steps),
        answer=suggested_answer(case, place, steps) if any(one.act == "answer" for one in offered) else "",
        astray=astray_told(actor, case),
    )


def _whys(case: Any, reasons: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Why, where the step tells it; rows of a table the place adopted bring that table's words."""
    loud = [one for one in reasons if _is_loud(one["code"].partition(":")[0]) or tells_of_others(one)]
    if not loud:
        return []
    pack, language = pack_of(case.county, now=timezone.now()), get_language() or settings.LANGUAGE_CODE
    return [
        {**one, "said": pack.explain(Reason(one["code"], one.get("params", {})), language)} for one in loud
    ]


def _is_loud(part: str) -> bool:
    return part in LOUD or part.startswith(STANDARD)


def _files(case: Any) -> dict[UUID, list[Any]]:
    """Photos by the line of the act that brought them."""
    by_line: dict[UUID, list[Any]] = {}
    for file in attachments_of(case.county, case.id):
        by_line.setdefault(file.line, []).append(file)
    return by_line


def _steps(case: Any, by_line: Mapping[UUID, list[Any]]) -> list[Told]:
    steps = steps_of(case)
    known = people_named({step.actor for step in steps if step.actor})
    return [
        Told(
            act=step.act,
            at=step.at,
            who=known.get(step.actor, "") if step.actor else "",
            post=step.post,
            note=step.note,
            reasons=_whys(case, step.reasons),
            clauses=step.clauses,
            files=by_line.get(step.line, []),
            line=step.line,
            done_at=step.done_at,
        )
        for step in steps
    ]
