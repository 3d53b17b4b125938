"""Group commit (成批落盘): while one batch of a county is written, the next one gathers; then all are acknowledged.

A database that is away is waited for: nothing is acknowledged meanwhile, and nobody is read from once too much waits.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

from shouwang.domains.devices.signal_text import Received

from .bell import Bell
from .writers import Away, Writers

LARGEST, HANDS, GATHERING = 2000, 2, 0.010
FULL, ROOM_AGAIN = 20_000, 10_000
log = logging.getLogger(__name__)


class Told(Protocol):
    """Where an acknowledgement goes."""

    def say(self, data: bytes) -> None: ...


@dataclass(slots=True)
class Entry:
    """What one frame leaves to keep, and the acknowledgement that waits for it."""

    items: list[Received]
    line: Told
    reply: bytes


@dataclass
class Counts:
    """What a keeper did since it started."""

    kept: int = 0
    repeated: int = 0
    batches: int = 0
    failures: int = 0
    slowest: float = 0.0


@dataclass
class Keeper:
    """One queue a county, each written by one hand at a time."""

    emptied: Callable[[], None] = lambda: None
    counts: Counts = field(default_factory=Counts)
    waiting: int = 0
    queues: dict[str, list[Entry]] = field(default_factory=dict)
    busy: dict[str, "asyncio.Task[None]"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.writers = Writers()
        self.hands = ThreadPoolExecutor(HANDS, "keeper")
        self.bell = Bell(self.hands)

    @property
    def full(self) -> bool:
        return self.waiting >= FULL

    def put(self, county: str, entry: Entry) -> None:
        self.queues.setdefault(county, []).append(entry)
        self.waiting += len(entry.items)
        if county not in self.busy:
            self.busy[county] = asyncio.get_running_loop().create_task(self._empty(county))

    async def drain(self) -> None:
        """Until everything that waits is on disk."""
        while self.busy:
            await asyncio.wait(self.busy.values())

    async def give_up(self) -> int:
        """Hand back what is not on disk: unacknowledged, its senders send it again. How many signals that was."""
        self.writers.leaving, left = True, self.waiting
        tasks = list(self.busy.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.queues.clear()
        self.waiting = 0
        return left

    async def _empty(self, county: str) -> None:
        queue = self.queues[county]
        try:
            while queue:
                # Whoever rings in the same moment goes to disk together.
                await asyncio.sleep(GATHERING)
                batch, items = queue[:LARGEST], []
                del queue[:LARGEST]
                for entry in batch:
                    items += entry.items
                try:
                    await self._keep(county, items)
                    _acknowledge(batch)
                    self.bell.ring(county)
                except Exception:  # noqa: BLE001 - what waits behind must not wait for ever
                    log.exception("%s signals of %s were not acknowledged", len(items), county)
                finally:
                    self.waiting -= len(items)
                if self.waiting <= ROOM_AGAIN:
                    self.emptied()
        finally:
            del self.busy[county]

    async def _keep(self, county: str, items: list[Received]) -> None:
        loop, begun, pause = asyncio.get_running_loop(), asyncio.get_running_loop().time(), 0.1
        while True:
            try:
                new = await self.writers.keep(county, items)
                break
            except Away as error:
                self.counts.failures += 1
                log.warning(
                    "the database does not take %s signals of %s; trying again: %s", len(items), county, error
                )
                await asyncio.sleep(pause)
                pause = min(pause * 2, 2.0)
        self.counts.kept += new
        self.counts.repeated += len(items) - new
        self.counts.batches += 1
        self.counts.slowest = max(self.counts.slowest, loop.time() - begun)


def _acknowledge(batch: list[Entry]) -> None:
    """All replies of a connection in one go."""
    replies: dict[int, tuple[Told, list[bytes]]] = {}
    for entry in batch:
        if entry.reply:
            replies.setdefault(id(entry.line), (entry.line, []))[1].append(entry.reply)
    for line, several in replies.values():
        line.say(b"".join(several))
