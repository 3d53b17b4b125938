"""What followed because a case is late (督促): the steps of the ladder and the letters about it, oldest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from shouwang.domains.duties.steps import steps_about
from shouwang.domains.letters.queries import about
from shouwang.domains.letters.scopes import addressed_post
from shouwang.domains.people.actor import Actor
from shouwang.faces.office.letters.words import kind_label, state_label
from shouwang.faces.tasks.wording import rung_words
from shouwang.flows.letter_sight import written_here
from shouwang.flows.sight import areas_for
from shouwang.kernel.codes import covered
from shouwang.policy import load
from shouwang.policy.duty_shapes import Event

HAZARD = "hazard."


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """A step that was taken, or a letter; `letter` opens it where the reader may see it."""

    at: datetime
    words: str
    more: str = ""
    letter: UUID | None = None


def pressed(actor: Actor, case: Any) -> list[Pressed]:
    """In two statements. Steps are for whoever sees the case; letters for those who may see them."""
    duties = load(settings.PACK).duties.values()
    known = [d.id for d in duties if isinstance(d.trigger, Event) and d.trigger.on.startswith(HAZARD)]
    # Several duties of one case may take the same step at once: a reader is told once.
    taken = dict.fromkeys((one.at, one.rung) for one in steps_about(case.county, known, case.id))
    steps = [Pressed(at=at, words=rung_words(rung)) for at, rung in taken]
    return sorted([*steps, *_letters(actor, case)], key=lambda one: one.at)


def may_write(actor: Actor, case: Any) -> bool:
    """Whether the reader's office can write to whoever has to act on the case."""
    ended = case.state == "rejected"
    return not ended and bool(written_here(actor, case.county) or written_here(actor, f"{case.county[:4]}00"))


def _letters(actor: Actor, case: Any) -> Iterator[Pressed]:
    areas = areas_for(actor, "letters.see")
    for one in about([case.county, f"{case.county[:4]}00"], case.id):
        received = one.issued_at is not None and addressed_post(
            actor, department=one.to_department, post=one.to_post, body=one.to_body
        )
        if covered(areas, one.region) or received:
            words = f"{one.number} {kind_label(one.kind)}".strip()
            yield Pressed(at=one.issued_at or one.made_at, words=words, more=state_label(one.state), letter=one.id)
