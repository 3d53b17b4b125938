"""What the notice of a year moved (时限调整), as far as a person may see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from shouwang.domains.duties.redating import moved_by
from shouwang.domains.hazards.redating import redated_by
from shouwang.domains.people.actor import Actor

from .see_tasks import task_sight
from .sight import counties_within, sight

MOST = 100


class Moved(NamedTuple):
    """One deadline, before and after; `case` where it is that of a hazard, else `duty` and `period`."""

    region: str
    before: datetime
    after: datetime
    case: UUID | None = None
    code: str = ""
    duty: str = ""
    period: str = ""


class _Held(NamedTuple):
    """As much of what moved as a sight asks for."""

    region: str
    duty: str
    subject: UUID
    due_at: datetime | None


def moved_for(actor: Actor, notice: UUID) -> Sequence[Moved]:
    """The most pressing first, at most MOST; empty for who sees nothing of it."""
    counties = counties_within(area for post in actor.posts for area in post.territory)
    if not counties:
        return ()
    held = task_sight(actor)
    found = [
        Moved(one.region, one.before, one.after, duty=one.duty, period=one.period)
        for one in moved_by(counties, notice, limit=5000)
        if held.holds(_Held(one.region, one.duty, one.subject, one.after))
    ]
    found += [
        Moved(case.region, was, case.due_at, case=case.id, code=case.code)
        for case, was in redated_by(sight(actor), counties, notice, limit=MOST)
    ]
    return sorted(found, key=lambda one: (one.after, one.region, one.duty))[:MOST]

