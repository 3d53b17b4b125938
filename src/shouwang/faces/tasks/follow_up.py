"""督促: letters to write, interviews to hold, and what the level below could not settle; there until it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.areas.queries import paths
from shouwang.domains.duties.steps import Raised
from shouwang.domains.letters.queries import letters_of_steps
from shouwang.domains.people.actor import Actor
from shouwang.faces import keyset
from shouwang.faces.doors import signed_in
from shouwang.faces.tasks import wording
from shouwang.flows.follow_tasks import to_follow
from shouwang.flows.letter_sight import written_here
from shouwang.flows.see_tasks import looks_around
from shouwang.kernel.codes import county_of
from shouwang.policy import load
from shouwang.policy.duty_shapes import Duty

ROWS = 50


@dataclass(frozen=True, kw_only=True)
class Line:
    """One step that asks something of the reader's office."""

    step: Raised
    duty: Duty
    place: str
    letter: Any = None

    @property
    def words(self) -> str:
        return wording.rung_words(self.step.rung)

    @property
    def period(self) -> str:
        return wording.period_words(self.step.period)


@signed_in
def follow_up(request: HttpRequest, actor: Actor) -> HttpResponse:
    now, after = timezone.now(), keyset.read(request.GET.get("after", ""))
    found = to_follow(actor, limit=ROWS + 1, before=after)
    here = reverse("tasks:follow_up")
    last = found[ROWS - 1] if len(found) > ROWS else None
    context: dict[str, Any] = {
        "now": now,
        "lines": _lines(found[:ROWS]),
        "next": f"{here}?after={keyset.written((last.at, last.id))}" if last else "",
        "first": here if after else "",
        "tab": "follow",
        "may_write": bool(written_here(actor)),
        "both": looks_around(actor),
    }
    return render(request, "tasks/follow_up.html", context)


def _lines(found: Sequence[Raised]) -> list[Line]:
    places, duties = paths({step.region for step in found}), load(settings.PACK).duties
    counties = sorted({county_of(step.region) for step in found})
    written = letters_of_steps([*counties, *{f"{one[:4]}00" for one in counties}], [step.id for step in found])
    return [
        Line(step=step, duty=duties[step.duty], place=places[step.region], letter=written.get(step.id))
        for step in found
    ]
