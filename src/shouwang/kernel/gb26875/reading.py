"""Cuts a stream of bytes into frames, and finds the next good one after any rubbish.

A frame ends where its length says, never at the first `##`: that pair stands in texts, addresses and times. Where a
start turns out to be none, the search goes on one byte behind it, so that a damaged frame costs itself alone. While a
start waits for bytes that may never come, every later start is tried as well: a frame that is whole is given at once.
Each start is judged once, so that no sender can make us count the same bytes again and again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from .frames import END, LONGEST, START, Frame, fault, length_at, whole

# Starts whose length is none too long, and those so near the end that it has not come: a flood of signs costs no more
# than the search.
STARTS, LATE = re.compile(rb"(?=@@.{23}[\0-\4])", re.DOTALL), re.compile(rb"(?=@@)")
KNOWN = 26  # bytes of a start after which its length is known


class Rubbish(NamedTuple):
    """Bytes that belong to no frame, and why."""

    data: bytes
    reason: str


@dataclass
class Reader:
    """What one sender sent and nobody has read yet; never more than two of the longest frames."""

    rest: bytearray = field(default_factory=bytearray)
    looked: int = 0
    waiting: list[int] = field(default_factory=list)

    def feed(self, data: bytes) -> Iterator[Frame | Rubbish]:
        """Whatever is decided now that these bytes came."""
        at = 0
        if not self.rest:
            while (end := _whole_at(data, at)) > at:
                yield whole(data[at:end])
                at = end
        # In pieces, so that a flood in one go is held to the same bound.
        for start in range(at, len(data), LONGEST):
            self.rest += data[start : min(start + LONGEST, len(data))]
            yield from self._decide()

    def give_up(self) -> Iterator[Frame | Rubbish]:
        """The sender fell silent or left: what still waits is rubbish."""
        if self.rest:
            yield self._dropped(len(self.rest))

    def _decide(self) -> Iterator[Frame | Rubbish]:
        while (found := self._next()) is not None:
            start, end = found
            if start:
                yield self._dropped(start)
                end -= start
            yield whole(bytes(self.rest[:end]))
            self._forget(end)
        keep = self.waiting[0] if self.waiting else len(self.rest) - self.rest.endswith(START[:1])
        if keep:
            yield self._dropped(keep)

    def _next(self) -> tuple[int, int] | None:
        """The first whole frame: where it starts and ends."""
        self._look()
        undecided = []
        for number, start in enumerate(self.waiting):
            length = length_at(self.rest, start)
            if length is None or len(self.rest) < start + length:
                undecided.append(start)
            elif length and _sound(self.rest, start, length):
                self.waiting = undecided + self.waiting[number:]
                return start, start + length
        self.waiting = undecided
        return None

    def _look(self) -> None:
        """Find the starts among bytes that are new."""
        late = max(self.looked, len(self.rest) - KNOWN + 1)
        self.waiting += [found.start() for found in STARTS.finditer(self.rest, self.looked)]
        self.waiting += [found.start() for found in LATE.finditer(self.rest, late)]
        self.looked = max(0, len(self.rest) - 1)

    def _dropped(self, count: int) -> Rubbish:
        data = bytes(self.rest[:count])
        self._forget(count)
        return Rubbish(data, fault(data) or "inside another frame")

    def _forget(self, count: int) -> None:
        del self.rest[:count]
        self.looked = max(0, self.looked - count)
        self.waiting = [start - count for start in self.waiting if start >= count]


def _whole_at(data: bytes, at: int) -> int:
    """Where the frame that starts here ends, when it is whole and sound; else where it starts."""
    if not data.startswith(START, at):
        return at
    length = length_at(data, at)
    if not length or len(data) < at + length or not _sound(data, at, length):
        return at
    return at + length


def _sound(data: bytes | bytearray, start: int, length: int) -> bool:
    end = start + length
    return data[end - 2 : end] == END and sum(data[start + 2 : end - 3]) & 0xFF == data[end - 3]
