"""Columns that hold something sealed (密文列), each with the way to seal it anew under another key."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.expressions import Combinable

from shouwang.domains.ledger.rows import Sealed

from .models import Contact, Person

# Given what is sealed and what it is bound to, gives what shall stand there instead.
Touch = Callable[[bytes, bytes], bytes]


@dataclass(frozen=True, kw_only=True)
class SealedColumn:
    """A column, the rows of it that hold something sealed, and its value with every sealed part `touched`."""

    model: type[Sealed]
    name: str
    holds: Q | Combinable
    touched: Callable[[Any, Touch], Any]

    def after(self, county: str, id: UUID | None, *, most: int, lock: bool = False) -> list[Any]:  # noqa: A002
        """The next rows of a county behind `id`, in the order of their ids."""
        rows = self.model._default_manager.filter(self.holds, county=county).order_by("id")
        rows = rows if id is None else rows.filter(id__gt=id)
        return list((rows.select_for_update(of=("self",)) if lock else rows)[:most])

    def counties(self) -> Collection[str]:
        return list(self.model._default_manager.order_by("county").values_list("county", flat=True).distinct())


def _code(person: Person, touch: Touch) -> bytes:
    return touch(bytes(person.totp), person.id.bytes)


def _address(contact: Contact, touch: Touch) -> bytes:
    return touch(bytes(contact.address), contact.id.bytes)


COLUMNS = (
    SealedColumn(model=Person, name="totp", holds=~Q(totp=b""), touched=_code),
    SealedColumn(model=Contact, name="address", holds=~Q(address=b""), touched=_address),
)
