"""What is told of a home or a person (密文): sealed where it is kept, and sealed anew when keys rotate."""

from collections.abc import Mapping
from uuid import UUID

import msgspec
from django.db.models import Q

from shouwang.domains.people.crypto import Unreadable, decrypt, encrypt
from shouwang.domains.people.resealing import SealedColumn, Touch

from .models import Home, Resident

Told = Mapping[str, str]
ADDRESS, TOLD = "address", "told"


def sealed(row: UUID, column: str, told: Told) -> bytes:
    return encrypt(msgspec.json.encode(dict(told)), bound_to=_bound(row, column))


def opened(row: UUID, column: str, kept: bytes) -> dict[str, str]:
    """In clear; empty where nothing is kept any more or its key is gone."""
    if not kept:
        return {}
    try:
        found: dict[str, str] = msgspec.json.decode(decrypt(bytes(kept), bound_to=_bound(row, column)))
    except Unreadable:
        return {}
    return found


def address_of(home: Home) -> dict[str, str]:
    return opened(home.id, ADDRESS, home.address)


def told_of(resident: Resident) -> dict[str, str]:
    return opened(resident.id, TOLD, resident.told)


def _bound(row: UUID, column: str) -> bytes:
    return f"households.{row}.{column}".encode()


def _address_anew(home: Home, touch: Touch) -> bytes:
    return touch(bytes(home.address), _bound(home.id, ADDRESS))


def _told_anew(resident: Resident, touch: Touch) -> bytes:
    return touch(bytes(resident.told), _bound(resident.id, TOLD))


COLUMNS = (
    SealedColumn(model=Home, name=ADDRESS, holds=~Q(address=b""), touched=_address_anew),
    SealedColumn(model=Resident, name=TOLD, holds=~Q(told=b""), touched=_told_anew),
)
