"""表单再交: what a form of the phone did, or why it comes back: reasons, what was typed, a key that still holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import uuid4

from django.utils.translation import gettext as _

from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.flows.refusal import Unfit

T = TypeVar("T")
Words = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Tried(Generic[T]):
    """`done` is what the act made; None where the form comes back."""

    done: T | None = None
    typed: Words
    faults: Words
    status: int = 200


def tried(typed: Words, act: Callable[[], T]) -> Tried[T]:
    """Raises whatever else the act raises."""
    try:
        return Tried(done=act(), typed=typed, faults={})
    except KeyReused:
        again = _("This form was already sent with other contents. Send it once more.")
        return Tried(typed={**typed, "key": str(uuid4())}, faults={"": again}, status=409)
    except Unfit as unfit:
        return Tried(typed=typed, faults=unfit.fields, status=422)
