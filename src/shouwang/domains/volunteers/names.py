"""Who a member is, where no account says it (密文): sealed where it is kept, and sealed anew when keys rotate."""

from collections.abc import Mapping
from uuid import UUID

import msgspec
from django.db.models import Q

from shouwang.domains.people.crypto import Unreadable, decrypt, encrypt
from shouwang.domains.people.resealing import SealedColumn, Touch

from .models import Member

Told = Mapping[str, str]


def sealed(row: UUID, told: Told) -> bytes:
    return encrypt(msgspec.json.encode(dict(told)), bound_to=_bound(row)) if any(told.values()) else b""


def told_of(member: Member) -> Told:
    if not member.told:
        return {}
    try:
        found: dict[str, str] = msgspec.json.decode(decrypt(bytes(member.told), bound_to=_bound(member.id)))
    except Unreadable:
        return {}
    return found


def _bound(row: UUID) -> bytes:
    return f"volunteers.{row}.told".encode()


def _anew(member: Member, touch: Touch) -> bytes:
    return touch(bytes(member.told), _bound(member.id))


COLUMNS = (SealedColumn(model=Member, name="told", holds=~Q(told=b""), touched=_anew),)
