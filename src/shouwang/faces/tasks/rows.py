"""Tasks as rows of a list: named, with what proves each, who has it, and how its day stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings

from shouwang.domains.areas.queries import paths
from shouwang.domains.duties.lists import Task
from shouwang.domains.hazards.queries import newest
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.queries import names
from shouwang.faces.tasks import wording
from shouwang.faces.tasks.ways import OFFICE, Way, of_case, way_of
from shouwang.faces.verdicts import TONES, verdict_words
from shouwang.flows.delegate_task import open_among
from shouwang.flows.sight import sight
from shouwang.policy import Pack, load
from shouwang.policy.duty_shapes import Duty


@dataclass(frozen=True, kw_only=True)
class Row:
    """One task on a screen. `passed` tells to whom it was passed, and whether that person has agreed."""

    id: UUID
    duty: Duty
    task: Task
    place: str
    way: Way
    words: str
    tone: str
    receiver: str = ""
    agreed: bool = False
    mine: bool = False
    others: int = 0

    @property
    def period(self) -> str:
        return wording.period_words(self.task.period)


def rows(actor: Actor, tasks: Sequence[Task], *, now: datetime, face: str = OFFICE) -> dict[UUID, Row]:
    """Rows of the tasks of duties the pack still knows, by id: four statements, however many there are."""
    pack = load(settings.PACK)
    known = [task for task in tasks if task.duty in pack.duties]
    places, passed = paths({task.region for task in known}), open_among(known)
    people, opening = names({one.receiver for one in passed.values()}), _cases(actor, pack, known)
    found = {}
    for task in known:
        given = passed.get(task.id)
        own = given is not None and given.receiver == actor.id
        duty = pack.duties[task.duty]
        found[task.id] = Row(
            id=task.id,
            duty=duty,
            task=task,
            place=places[task.region],
            way=way_of(task, duty, actor, face=face, given=own, opens=task.subject in opening),
            words=_words(task, now),
            tone=_tone(task, now),
            receiver=people.get(given.receiver, "") if given else "",
            agreed=given is not None and given.state == "accepted",
            mine=own,
        )
    return found


def _cases(actor: Actor, pack: Pack, tasks: Sequence[Task]) -> set[UUID]:
    """Of the cases the tasks are about those that the reader may open."""
    about = {task.subject for task in tasks if of_case(pack.duties[task.duty])}
    found = newest(sight(actor), limit=len(about), where={"id__in": about}).rows if about else []
    return {row["id"] for row in found}


def folded(found: Sequence[Task], *, most: int) -> dict[UUID, int]:
    """The same duty of the same body once: {its first task: how many more periods of it stand here}."""
    first: dict[tuple[str, str], UUID] = {}
    others: dict[UUID, int] = {}
    for task in found:
        key = task.duty, task.region if task.period else str(task.id)
        shown = first.setdefault(key, task.id)
        others[shown] = others.get(shown, -1) + 1
    return dict(list(others.items())[:most])


def counted_in(named: Mapping[UUID, Row], shown: Mapping[UUID, int]) -> list[Row]:
    """Rows as they stand under a heading, each with its other periods."""
    return [replace(named[id_], others=n) for id_, n in shown.items() if id_ in named]


def _words(task: Task, now: datetime) -> str:
    if task.verdict in ("due", "overdue"):
        return wording.due_words(task.due_at, now)
    return verdict_words(task.verdict)


def _tone(task: Task, now: datetime) -> str:
    return (
        wording.due_tone(task.due_at, now) if task.verdict == "due" else TONES.get(task.verdict, "")
    )
