"""What waits for the reader among the letters (函件待办): to approve and issue, or to answer, in one number."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwang.domains.letters.queries import waiting
from shouwang.domains.people.actor import Actor
from shouwang.flows.letter_sight import letter_sight, written_here


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
