"""What waits for the reader among the letters (函件待办): to approve and issue, or to answer, in one number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.duties.steps import pressed_now
from shouwang.domains.letters.queries import waiting
from shouwang.domains.letters.scopes import SEE, Sight
from shouwang.domains.people.actor import Actor
from shouwang.faces.tasks.wording import rung_words
from shouwang.flows.letter_sight import letter_sight, written_here
from shouwang.flows.sight import areas_for
from shouwang.kernel.codes import covered
from shouwang.policy import load
from shouwang.policy.duty_shapes import Event

HAZARD = "hazard."
RUNGS = ("supervise", "letter", "interview", "level_up")


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One number for the page of the day; `late` answers among them."""

    label: str
    href: str
    n: int
    late: int

    @property
    def hot(self) -> bool:
        return self.late > 0


@dataclass(frozen=True, kw_only=True)
class Pressure:
    """What was done about what is late in an area: letters not answered, and the steps taken for cases still late."""

    unanswered: int
    late: int
    steps: str

    @property
    def hot(self) -> bool:
        return self.late > 0


def pressure_on(actor: Actor, area: str, counties: Sequence[str]) -> Pressure | None:
    """For who may see the area's letters; in two statements."""
    if not covered(areas_for(actor, SEE), area):
        return None
    sight = Sight(areas=tuple({*counties, area[:6]}), viewer=actor)
    pack, found = load(settings.PACK), waiting(sight.issued_by_us(), now=timezone.now())
    known = [d.id for d in pack.duties.values() if isinstance(d.trigger, Event) and d.trigger.on.startswith(HAZARD)]
    taken = pressed_now(counties, known, zone=str(pack.zone))
    steps = [f"{rung_words(rung)} {taken[rung]}" for rung in RUNGS if taken.get(rung)]
    return Pressure(unanswered=found["unanswered"], late=found["late"], steps=" · ".join(steps))


def letters_waiting(actor: Actor, *, now: datetime) -> Waiting | None:
    """For who writes letters what the office has to do next; for who gets them those not answered yet."""
    sight, here = letter_sight(actor), reverse("office:letter_list")
    if written_here(actor):
        found = waiting(sight.issued_by_us(), now=now)
        n = found["drafted"] + found["approved"] + found["answered"] + found["late"]
        return Waiting(label=_("Letters to see to"), href=f"{here}?view=issued", n=n, late=found["late"])
    pieces = sight.received_by_us()
    if not pieces:
        return None
    found = waiting(pieces, now=now)
    if not found["unanswered"]:
        return None
    return Waiting(
        label=_("Letters to answer"), href=f"{here}?view=received", n=found["unanswered"], late=found["late"]
    )
