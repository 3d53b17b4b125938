"""What all connections share: frames come in from any of them, are sorted, kept, and only then acknowledged."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from shouwang.kernel.gb26875.frames import Command, Frame, header_of, label_of, reply
from shouwang.kernel.gb26875.reading import Rubbish

from .keeping import Entry, Keeper
from .options import Options
from .orders import Orders
from .sorting import ANSWERS, sort
from .sources import Source, Sources

SECOND = timedelta(seconds=1)


class Line(Protocol):
    """A way back to whoever sent something."""

    peer: str

    def say(self, data: bytes) -> None: ...
    def hold(self) -> None: ...
    def go_on(self) -> None: ...


@dataclass
class Station:
    """The heart of the gateway."""

    options: Options
    keeper: Keeper
    sources: Sources
    orders: Orders
    held: set[Line] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    second: datetime = datetime.min.replace(tzinfo=UTC)
    label: bytes = bytes(6)
    leaving: bool = False

    @property
    def full(self) -> bool:
        return self.keeper.full or self.sources.full

    def take(self, one: Frame | Rubbish, line: Line) -> None:
        """Something came in on a line."""
        now = datetime.now(UTC)
        if isinstance(one, Rubbish):
            self._refuse(one, line, now)
            return
        self.counts["frames"] += 1
        if not self.sources.with_source(one.source, lambda source: self._take(one, source, line, now)):
            self.counts["turned_away"] += 1
        if self.full:
            line.hold()
            self.held.add(line)

    def _take(self, frame: Frame, source: Source, line: Line, now: datetime) -> None:
        source.hear(now)
        source.line, source.peer, source.centre = line, line.peer, frame.destination
        self.sources.changed.add(frame.source)
        asked = self.orders.answered(frame) if frame.command in ANSWERS else None
        found = sort(frame, source.sender, now=now, answers=asked)
        answer = reply(frame, found.reply, label=self.time(now), data=found.data) if found.reply else b""
        if found.reply == Command.DENY:
            self.counts["denied"] += 1
        if found.keep:
            self.keeper.put(source.sender.county, Entry(found.keep, line, answer))
        elif answer:
            self.counts["beats"] += 1
            line.say(answer)

    def _refuse(self, one: Rubbish, line: Line, now: datetime) -> None:
        """Whoever sent a damaged frame is told, so that it comes again."""
        self.counts["rubbish"] += len(one.data)
        if header := header_of(one.data):
            self.counts["denied"] += 1
            line.say(reply(header, Command.DENY, label=self.time(now)))

    def time(self, now: datetime) -> bytes:
        """The time label of a moment, made once a second."""
        if not self.second <= now < self.second + SECOND:
            self.second = now.replace(microsecond=0)
            self.label = label_of(now)
        return self.label

    def release(self) -> None:
        """There is room again."""
        held, self.held = self.held, set()
        loop = asyncio.get_running_loop()
        for line in held:
            loop.call_soon(line.go_on)
