"""Ids and salts for new rows."""

import os
from datetime import datetime
from threading import local
from uuid import UUID

from shouwang.kernel.ids import ENTROPY, uuid7, uuid7_texts

SALT, AT_ONCE = 16, 4096


class _Drawn(local):
    """Randomness asked of the system in one go, for each thread its own.

    An act mints a dozen ids and salts. Asking each time gives up the interpreter to the other threads of a web process,
    and getting it back takes longer than all of it.
    """

    def __init__(self) -> None:
        self.forget()

    def some(self, count: int) -> bytes:
        if count > AT_ONCE:
            return os.urandom(count)
        if self.at + count > len(self.rest):
            self.rest, self.at = os.urandom(AT_ONCE), 0
        found = self.rest[self.at : self.at + count]
        self.at += count
        return found

    def forget(self) -> None:
        self.rest = b""
        self.at = 0


_drawn = _Drawn()
# A forked process would draw what its parent draws.
os.register_at_fork(after_in_child=_drawn.forget)


def mint(at: datetime) -> UUID:
    return uuid7(at, _drawn.some(ENTROPY))


def mint_texts(at: datetime, count: int) -> list[str]:
    """Many at once, as texts, in their order."""
    return uuid7_texts(at, _drawn.some(ENTROPY * count))


def salt() -> bytes:
    return _drawn.some(SALT)
