"""What a letter is about (事由): hazards and duties within the writer's sight, with their facts as they stand now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from shouwang.domains.areas.queries import both_names
from shouwang.domains.hazards.models import Case, Muster
from shouwang.domains.hazards.queries import chosen
from shouwang.domains.people.actor import Actor
from shouwang.policy import Pack

from .sight import sight

HAZARD, WHISTLE, DUTY = "hazard", "whistle", "duty"
MANY = 100


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One thing a letter is about, and who answers for it: (department, post, body)."""

    kind: str
    subject: UUID
    area: str
    to: tuple[str, str, str]
    facts: dict[str, str]
    grade: str = ""
    state: str = ""
    step: UUID | None = None


def of_cases(actor: Actor, ids: Sequence[UUID], *, pack: Pack) -> list[Matter]:
    """Hazards in sight; what may not be seen is left out."""
    return matters(chosen(sight(actor), ids[:MANY]), pack=pack)


def matters(cases: Sequence[Case], *, pack: Pack, steps: dict[UUID, UUID] | None = None) -> list[Matter]:
    places = both_names({case.region for case in cases})
    return [_of_case(case, places[case.region], pack, (steps or {}).get(case.id)) for case in cases]


def of_calls(calls: Sequence[Muster], *, pack: Pack, steps: dict[UUID, UUID]) -> list[Matter]:
    """Departments that were called to a hazard and did not come: they answer for that, whoever has the case."""
    found = matters([call.case for call in calls], pack=pack)
    return [_of_call(call, one, pack, steps[call.id]) for call, one in zip(calls, found, strict=True)]


def _of_call(call: Muster, of_case: Matter, pack: Pack, step: UUID) -> Matter:
    due = {"due_on": call.due_at.astimezone(pack.zone).date().isoformat()} if call.due_at else {}
    return replace(
        of_case, kind=WHISTLE, to=(call.department, "", call.body), facts=of_case.facts | due, step=step
    )


def _of_case(case: Case, place: tuple[str, str], pack: Pack, step: UUID | None) -> Matter:
    zh, ko = place
    facts = {
        "code": case.code,
        "kind": case.kind,
        "grade": case.grade,
        "place_zh": f"{zh}{case.place}",
        "place_ko": f"{ko} {case.place}".strip(),
        "due_on": case.due_at.astimezone(pack.zone).date().isoformat(),
    }
    return Matter(
        kind=HAZARD, subject=case.id, area=case.region, to=(case.department, "", case.body), facts=facts,
        grade=case.grade, state=case.state, step=step,
    )  # fmt: skip


def of_standing(pack: Pack, standing: Any, *, rung: str, step: UUID | None, now: datetime) -> Matter:
    """A duty that was not done: the one who performs it answers; what was raised goes to who verified in vain."""
    duty = pack.duties[standing.duty]
    zh, ko = both_names([standing.region])[standing.region]
    post = duty.verifier if rung == "level_up" else duty.performer
    department = pack.posts[post].department or ""
    facts = {
        "duty": duty.id,
        "period": standing.period,
        "place_zh": zh,
        "place_ko": ko,
        "due_on": (standing.due_at or now).astimezone(pack.zone).date().isoformat(),
    }
    to = (department, "" if department else post, standing.region)
    return Matter(kind=DUTY, subject=standing.subject, area=standing.region, to=to, facts=facts, step=step)
