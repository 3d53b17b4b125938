"""Who a member is, where no account says it (密文)."""

from collections.abc import Mapping
from uuid import UUID

from shouwang.domains.people.seals import Seals

from .models import Member

Told = Mapping[str, str]
TOLD = "told"
SEALS = Seals("volunteers")
COLUMNS = (SEALS.column(Member, TOLD),)


def sealed(row: UUID, told: Told) -> bytes:
    return SEALS.seal(row, TOLD, dict(told)) if any(told.values()) else b""


def told_of(member: Member) -> Told:
    return SEALS.open(member.id, TOLD, member.told) or {}
