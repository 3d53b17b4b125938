"""What a room keeps sealed in columns of its own (密文): bound to its row and column, sealed anew when keys rotate."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Q

from shouwang.domains.ledger.rows import Sealed

from .crypto import Unreadable, decrypt, encrypt
from .resealing import SealedColumn, Touch


@dataclass(frozen=True)
class Seals:
    """The seals of one room: texts, lists and mappings go in, the same come out."""

    room: str

    def seal(self, row: UUID, column: str, told: object) -> bytes:
        return encrypt(msgspec.json.encode(told), bound_to=self._bound(row, column))

    def open(self, row: UUID, column: str, kept: bytes) -> Any:
        """In clear; None where nothing is kept any more or its key is gone."""
        try:
            return msgspec.json.decode(decrypt(bytes(kept), bound_to=self._bound(row, column))) if kept else None
        except Unreadable:
            return None

    def column(self, model: type[Sealed], name: str) -> SealedColumn:
        def anew(row: Any, touch: Touch) -> bytes:
            return touch(bytes(getattr(row, name)), self._bound(row.id, name))

        return SealedColumn(model=model, name=name, holds=~Q(**{name: b""}), touched=anew)

    def _bound(self, row: UUID, column: str) -> bytes:
        return f"{self.room}.{row}.{column}".encode()
