"""What a reader may do to a case now, and what each act asks of them; three at once, the rest behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from shouwang.domains.people.actor import Actor
from shouwang.faces.templatetags.words import say
from shouwang.flows.advance_hazard import GIVES, open_acts
from shouwang.policy import load
from shouwang.policy.shapes import Transition

FIRST = (
    "submit", "review_pass", "pass", "start", "review_fail", "fail", "answer", "dispute", "arbitrate", "reassign",
    "interim", "reject",
)  # fmt: skip
PLAIN = 3


@dataclass(frozen=True, kw_only=True)
class Offer:
    """An act as a button or as a form. `why` tells why a photo is needed, `now` that it shows how it is now.

    `words` asks for an answer in words, `elder` for the code of another case.
    """

    act: str
    label: str
    clause: str
    photo: bool = False
    reason: bool = False
    department: bool = False
    words: bool = False
    elder: bool = False
    now: bool = False
    why: str = ""
    departments: Sequence[tuple[str, str]] = ()

    @property
    def quiet(self) -> bool:
        """What is seldom meant, and so never stands first."""
        return self.act in ("merge", "unmerge", "dispute")

    @property
    def plain(self) -> bool:
        """Whether the act needs nothing but the decision."""
        return not (self.photo or self.reason or self.department or self.words or self.elder)


def offers(actor: Actor, case: Any) -> list[Offer]:
    found = {arrow.act: _offer(arrow) for arrow in open_acts(actor, case)}
    return sorted(found.values(), key=lambda offer: FIRST.index(offer.act) if offer.act in FIRST else 99)


def _offer(arrow: Transition) -> Offer:
    photo = bool({"after_photo", "photo"} & set(arrow.guards))
    why = next((say(ask.why) for ask in arrow.asks if ask.what == "photo"), "")
    return Offer(
        act=arrow.act,
        label=say(arrow.label),
        clause=arrow.row,
        photo=photo,
        reason="reason" in arrow.guards,
        words="words" in arrow.guards,
        elder="elder" in arrow.guards,
        now="photo" in arrow.guards,
        department=arrow.act in GIVES,
        why=why if photo else "",
        departments=_departments() if arrow.act in GIVES else (),
    )


def _departments() -> list[tuple[str, str]]:
    return [(code, say(found.label)) for code, found in load(settings.PACK).departments.items()]
