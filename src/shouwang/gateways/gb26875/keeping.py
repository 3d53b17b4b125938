"""Group commit (成批落盘): while one batch of a county is written, the next one gathers; then all are acknowledged.

A database that is away is waited for: nothing is acknowledged meanwhile, and nobody is read from once too much waits.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, connection

from shouwang.domains.devices.signal_text import Received
from shouwang.flows.receive_signals import keep_signals

from .bell import Bell

WAY = "gb26875"
LARGEST, HANDS, GATHERING = 2000, 4, 0.004
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
                new = await loop.run_in_executor(self.hands, _write, county, items)
                break
            except (DatabaseError, InterfaceError) as error:
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


def _write(county: str, items: list[Received]) -> int:
    now = datetime.now(UTC)
    try:
        return keep_signals(county, items, way=WAY, at=now)
    except (DataError, IntegrityError):
        # One that cannot be written as it was read must not hold up the others: each for itself, and that one raw.
        log.exception("signals of %s are kept one by one", county)
        return sum(_alone(county, one, now) for one in items)
    except (DatabaseError, InterfaceError):
        # A server that only reads, a table that is missing: no fault of what was received.
        connection.close()
        raise


def _alone(county: str, one: Received, now: datetime) -> int:
    try:
        return keep_signals(county, [one], way=WAY, at=now)
    except (DataError, IntegrityError):
        return _raw(county, one, now)
    except (DatabaseError, InterfaceError):
        connection.close()
        raise


def _raw(county: str, one: Received, now: datetime) -> int:
    facts, one.facts = one.facts, {}
    try:
        return keep_signals(county, [one], way=WAY, at=now)
    except (DatabaseError, InterfaceError):
        # It was not what was read in it.
        one.facts = facts
        connection.close()
        raise


def _acknowledge(batch: list[Entry]) -> None:
    """All replies of a connection in one go."""
    replies: dict[int, tuple[Told, list[bytes]]] = {}
    for entry in batch:
        if entry.reply:
            replies.setdefault(id(entry.line), (entry.line, []))[1].append(entry.reply)
    for line, several in replies.values():
        line.say(b"".join(several))
