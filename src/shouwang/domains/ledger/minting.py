"""Ids and salts for new rows."""

import os
from datetime import datetime
from uuid import UUID

from shouwang.kernel.ids import ENTROPY, uuid7, uuid7_texts


def mint(at: datetime) -> UUID:
    return uuid7(at, os.urandom(ENTROPY))


def mint_texts(at: datetime, count: int) -> list[str]:
    """Many at once, as texts, in their order."""
    return uuid7_texts(at, os.urandom(ENTROPY * count))


def salt() -> bytes:
    return os.urandom(16)
