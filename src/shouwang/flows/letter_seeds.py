"""What a draft starts from (起草依据): chosen hazards or a step of the ladder, and what else is late."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shouwang.domains.duties.lists import one as task
from shouwang.domains.duties.steps import steps_of
from shouwang.domains.hazards.queries import WORKING_STATES, chosen, open_by_due
from shouwang.domains.letters.queries import letters_of_steps
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import county_of
from shouwang.policy import Pack

from .letter_causes import HAZARD, MANY, Matter, matters, of_cases, of_standing
from .see_tasks import task_sight
from .sight import sight


def from_step(actor: Actor, standing_id: UUID, step_id: UUID | None, *, pack: Pack, now: datetime) -> list[Matter]:
    """The duty behind a step of the ladder that asks for a letter; empty where the reader may not see it."""
    found = task(task_sight(actor), standing_id)
    if found is None:
        return []
    steps = {one.id: one for one in steps_of(county_of(found.region), duty=found.duty, subject=found.subject)}
    step = steps.get(step_id) if step_id else None
    taken = letters_of_steps([county_of(found.region)], [step.id]) if step else {}
    free = step.id if step and not taken else None
    rung = step.rung if step else "letter"
    cases = chosen(sight(actor), [found.subject])
    if cases and rung != "level_up":
        return matters(cases, pack=pack, steps={found.subject: free} if free else None)
    return [of_standing(pack, found, rung=rung, step=free, now=now)]


def with_others(actor: Actor, found: Sequence[Matter], *, pack: Pack, now: datetime) -> list[Matter]:
    """Late hazards of the same recipient, too: one letter, many cases. What was chosen stands first."""
    if not found or found[0].kind != HAZARD:
        return list(found)
    department, _post, body = found[0].to
    where = {"department": department, "body": body, "state__in": WORKING_STATES}
    rows = open_by_due(sight(actor), where=where, until=now, limit=MANY).rows
    known = {one.subject for one in found}
    return [*found, *of_cases(actor, [row["id"] for row in rows if row["id"] not in known], pack=pack)]
