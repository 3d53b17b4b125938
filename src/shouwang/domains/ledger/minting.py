"""Ids and salts for new rows."""

import os
from datetime import datetime
from uuid import UUID

from shouwang.kernel.ids import uuid7


def mint(at: datetime) -> UUID:
    return uuid7(at, os.urandom(10))


def salt() -> bytes:
    return os.urandom(16)
