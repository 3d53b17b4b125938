"""An answer of the database that is good for a moment (短时记忆): asked with every request, changed once a month."""

from collections.abc import Callable
from time import monotonic
from typing import Generic, TypeVar

from django.db import connection

FRESH_FOR = 1.0
K = TypeVar("K")
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """What `ask` says of a key, asked again after a second."""

    def __init__(self, ask: Callable[[K], V]) -> None:
        self._ask = ask
        self._seen: dict[K, tuple[float, V]] = {}

    def of(self, key: K) -> V:
        """A transaction sees what it sees; only outside of one is the answer of a moment ago good enough."""
        if connection.in_atomic_block:
            return self._ask(key)
        held = self._seen.get(key)
        if held is None or monotonic() - held[0] >= FRESH_FOR:
            held = self._seen[key] = (monotonic(), self._ask(key))
        return held[1]

    def forget(self) -> None:
        """Look anew with the next question: this process itself has just changed something."""
        self._seen.clear()
