"""Which homes and people at risk a person may see or keep, and how what is sealed is shown to them (脱敏)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from shouwang.domains.households.models import Resident
from shouwang.domains.households.scopes import KEEP, SEE, UNMASK, Sight
from shouwang.domains.households.sealed_fields import told_of
from shouwang.domains.ledger.acts import By
from shouwang.domains.people.actor import Actor
from shouwang.kernel.decision import Decision, Reason
from shouwang.kernel.digest import canonical
from shouwang.policy import Pack

from .refusal import Refused
from .sight import areas_for, post_with, spelt_out

KEEPING, LOOKING, SEEING = KEEP, UNMASK, SEE
# A shorter number, such as that of a flat, would stand there whole.
SHORTEST_NUMBER = 6


def home_sight(actor: Actor, action: str = SEE) -> Sight:
    return Sight(areas=tuple(spelt_out(areas_for(actor, action))))


def by_of(actor: Actor, action: str, region: str, *, pack: Pack, now: datetime) -> By:
    """The post by which a person does something to the register. Raises Refused."""
    post = post_with(actor, action, region, pack=pack)
    clause = pack.actions[action]
    if post is None:
        raise Refused(Decision(False, (Reason("not_held", {"action": action}),), (clause,)))
    return By(actor=actor.id, post=post.kind, at=now, pack=pack.version, clause=clause)


def secret_mark(purpose: str, said: object) -> bytes:
    """Known again only with the key of the house: a bare digest outlives a deletion and lets names be tried out."""
    return salted_hmac(f"households.{purpose}", canonical(said), algorithm="sha256").digest()


def masked(pack: Pack, person: Resident) -> Sequence[tuple[str, str]]:
    """(field, what is shown of it): that it is there, never what it says; a choice is said only in clear too."""
    told = told_of(person)
    return [(name, hint(told[name])) for name in pack.person_fields if told.get(name)]


def hint(value: str) -> str:
    """The first sign of a name, the last two figures of a number; of what is short, nothing."""
    figures = value.replace(" ", "").replace("-", "").removeprefix("+")
    if figures.isdigit() and len(figures) > SHORTEST_NUMBER:
        return f"••••{figures[-2:]}"
    return f"{value[:1]}＊＊" if len(value) > 1 and not value.isascii() else "＊＊＊"


def clear(pack: Pack, told: Mapping[str, str], language: str) -> Sequence[tuple[str, str]]:
    """(field, its words) in the order of the pack."""
    fields = pack.person_fields
    return [
        (name, fields[name].choices[told[name]].in_(language) if told[name] in fields[name].choices else told[name])
        for name in fields
        if told.get(name)
    ]


def needed() -> str:
    return _("This is needed.")
