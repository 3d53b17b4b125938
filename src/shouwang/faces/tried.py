"""表单再交: what a form did, or why it comes back: reasons, what was typed, a key that still holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import uuid4

from django.utils.translation import gettext as _

from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.flows.refusal import Unfit

T = TypeVar("T")
Words = Mapping[str, str]


def sent_before() -> str:
    """The words for a key that stands for something else already."""
    return _("This form was already sent with other contents. Send it once more.")


def somebody_was_first() -> str:
    return _("Somebody else was first. Below is how it stands now.")


@dataclass(frozen=True, kw_only=True)
class Tried(Generic[T]):
    """`done` is what the act made; None where the form comes back."""

    done: T | None = None
    typed: Mapping[str, Any]
    faults: Words
    status: int = 200


def tried(typed: Mapping[str, Any], act: Callable[[], T]) -> Tried[T]:
    """Raises whatever else the act raises."""
    try:
        return Tried(done=act(), typed=typed, faults={})
    except KeyReused:
        return Tried(typed={**typed, "key": str(uuid4())}, faults={"": sent_before()}, status=409)
    except Unfit as unfit:
        return Tried(typed=typed, faults=unfit.fields, status=422)
