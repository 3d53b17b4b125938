"""What will fall due (以后的任务): periods that have not begun stand in no table, they follow from the pack."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from shouwang.domains.areas.queries import kinds_of
from shouwang.domains.duties.lists import of_bodies
from shouwang.domains.duties.scopes import Own
from shouwang.domains.people.actor import Actor
from shouwang.rules.planning import plan_of
from shouwang.rules.seen import Body
from shouwang.rules.tasks import level_of_body

from .judge_bodies import subject_of
from .see_tasks import task_sight
from .sight import pack as current_pack
from .working_days import workdays_of

MOST_BODIES = 20


class Ahead(NamedTuple):
    """A duty of a body in a period to come; `subject` is the one its standing will have."""

    duty: str
    region: str
    period: str
    day: date
    subject: UUID


def ahead(actor: Actor, *, since: date, until: date, now: datetime) -> list[Ahead]:
    """What a person will have to do from `since` until before `until`, beyond what stands already."""
    gone = actor.lineage.heirs
    own = [part for part in task_sight(actor).own if part.exact and part.area not in gone][:MOST_BODIES]
    regions = {part.area for part in own}
    if not regions or until <= timezone.localdate(now):
        return []
    known, left_out = set(), set()
    for task in of_bodies(regions):
        known.add((task.region, task.duty, task.period))
        if task.verdict == "not_owed":
            left_out.add((task.region, task.duty))
    kinds, found = kinds_of(regions), []
    for year in range(since.year, until.year + 1):
        for part in own:
            found += _of_body(part, kinds.get(part.area, ""), year, now)
    return sorted(
        (
            one
            for one in found
            if since <= one.day < until
            and (one.region, one.duty, one.period) not in known
            and (one.region, one.duty) not in left_out
        ),
        key=lambda one: (one.day, one.duty),
    )


def _of_body(part: Own, kind: str, year: int, now: datetime) -> Iterator[Ahead]:
    body = Body(part.area, level_of_body(part.area), kind)
    for line in plan_of(current_pack(), workdays_of(part.area), body, year, now=now):
        if (
            line.duty in part.duties
            and line.sort == "period"
            and line.last is not None
            and line.last >= timezone.localdate(now)
        ):
            yield Ahead(
                line.duty, part.area, line.period, line.last, subject_of(line.duty, part.area, line.period)
            )
