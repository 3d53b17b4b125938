"""Who speaks (来源): each address with its device, its interval learnt, and the line it was last heard on."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from time import monotonic

from django.db import DatabaseError, InterfaceError, connection

from shouwang.domains.devices.hearing import Heard, Known
from shouwang.flows.receive_signals import beats, note, whose
from shouwang.kernel.codes import county_of
from shouwang.kernel.gb26875.profiles import STRICT, profile
from shouwang.rules.device_hearing import beat

from .keeping import Told
from .sorting import Sender
from .writing import WAY

# How long what was found out about an address is taken for true, in seconds.
FRESH, FRESH_UNKNOWN = 60.0, 5.0
# Frames whose source is being asked about: from so many on nobody is read from, and beyond so many none is taken, so
# that it comes again. Addresses that are remembered; anybody may invent one.
FULL, MOST_ASKING, MOST_KNOWN = 10_000, 20_000, 100_000


@dataclass(slots=True)
class Source:
    """One address; `sender` says whose it is."""

    address: str
    sender: Sender
    asked: float
    heard_at: datetime | None = None
    beat: float | None = None
    peer: str = ""
    line: Told | None = None
    centre: int = 0

    def hear(self, now: datetime) -> None:
        if self.heard_at is not None:
            self.beat = beat(self.beat, (now - self.heard_at).total_seconds())
        self.heard_at = now


@dataclass
class Sources:
    """All addresses heard since the start, and those that somebody has to ask the database about first."""

    centre: str
    hands: Executor
    known: dict[int, Source] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)
    asking: dict[int, list[Callable[[Source], None]]] = field(default_factory=dict)
    again: set[int] = field(default_factory=set)
    task: "asyncio.Task[None] | None" = None
    waiting: int = 0
    emptied: Callable[[], None] = lambda: None

    @property
    def full(self) -> bool:
        return self.waiting >= FULL

    def with_source(self, address: int, then: Callable[[Source], None]) -> bool:
        """Go on with the source of an address: at once where it is known, else when the database has said.

        False when too many wait for that already.
        """
        source = self.known.get(address)
        if source is None:
            if self.waiting >= MOST_ASKING:
                return False
            self.asking.setdefault(address, []).append(then)
            self.waiting += 1
            self._ask()
            return True
        age = monotonic() - source.asked
        if age > (FRESH if source.sender.device else FRESH_UNKNOWN) and address not in self.again:
            self.again.add(address)
            self._ask()
        then(source)
        return True

    def _ask(self) -> None:
        if self.task is None:
            self.task = asyncio.get_running_loop().create_task(self._answer())

    async def _answer(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self.asking or self.again:
                wanted = [*self.asking, *self.again]
                try:
                    found = await loop.run_in_executor(self.hands, self._look, wanted)
                except (DatabaseError, InterfaceError):
                    await asyncio.sleep(0.5)
                    continue
                self.again.clear()
                full = self.full
                for address, (sender, heard_at, learnt) in found.items():
                    source = self.known.get(address)
                    if source is None:
                        source = self.known[address] = Source(str(address), sender, 0, heard_at, learnt)
                    source.sender, source.asked = sender, monotonic()
                    self._go_on(source, self.asking.pop(address, []))
                self._forget()
                if full and not self.full:
                    self.emptied()
        finally:
            self.task = None

    def _go_on(self, source: Source, waited: list[Callable[[Source], None]]) -> None:
        self.waiting -= len(waited)
        for then in waited:
            then(source)

    def _forget(self) -> None:
        """Of addresses that no device has, the oldest go when there are too many; those still to be noted stay."""
        unknown = (
            address
            for address, source in self.known.items()
            if source.sender.device is None and address not in self.changed
        )
        for address in list(islice(unknown, max(0, len(self.known) - MOST_KNOWN))):
            del self.known[address]

    def _look(self, wanted: list[int]) -> dict[int, tuple[Sender, datetime | None, float | None]]:
        try:
            texts = [str(address) for address in wanted]
            devices, learnt = whose(WAY, texts), beats(WAY, texts)
        except (DatabaseError, InterfaceError):
            connection.close()
            raise
        return {
            address: (self._sender(devices.get(text)), *learnt.get(text, (None, None)))
            for address, text in zip(wanted, texts, strict=True)
        }

    def _sender(self, device: Known | None) -> Sender:
        if device is None:
            return Sender(county=county_of(self.centre), region=self.centre, device=None, profile=STRICT)
        return Sender(
            county=device.county, region=device.region, device=device.id, profile=profile(device.profile)
        )

    async def note(self) -> None:
        """Write down who was heard since the last time."""
        heard, self.changed = self.changed, set()
        rows = [
            Heard(
                county=source.sender.county, region=source.sender.region, address=source.address,
                device=source.sender.device, peer=source.peer, at=source.heard_at or datetime.now(UTC),
                beat=source.beat,
            )
            for source in (self.known[address] for address in heard)
        ]  # fmt: skip
        if not rows:
            return
        try:
            await asyncio.get_running_loop().run_in_executor(self.hands, self._write, rows)
        except (DatabaseError, InterfaceError):
            self.changed |= heard & self.known.keys()

    def _write(self, rows: list[Heard]) -> None:
        try:
            note(WAY, rows, centre=self.centre)
        except (DatabaseError, InterfaceError):
            connection.close()
            raise
