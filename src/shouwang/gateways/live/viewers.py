"""One open page (在看的页面): its request, its stream, and what was told to it. Slow ones are let go and come again."""

import asyncio
import json
from http import HTTPStatus
from itertools import count
from typing import Any, Protocol
from uuid import UUID

from .options import Options
from .requests import END, LARGEST, Asked, Positions, Unfit, read, spelt

# Bytes that a page has not fetched; from here on it is let go, and the browser comes back with what it saw last.
MOST_UNREAD = 32 * 1024
HEAD = (
    "HTTP/1.1 {status} {reason}\r\nContent-Type: {kind}\r\nCache-Control: no-store\r\nX-Accel-Buffering: no\r\n"
    "X-Content-Type-Options: nosniff\r\nConnection: close\r\n{more}\r\n"
)
OTHER = "Access-Control-Allow-Origin: {origin}\r\nAccess-Control-Allow-Credentials: true\r\nVary: Origin\r\n"
# The loop's clock tells no two of a millisecond apart.
_COMING = count()


class House(Protocol):
    """Where viewers are let in and out."""

    options: Options

    def came(self, viewer: "Viewer") -> None: ...
    def asked(self, viewer: "Viewer", asked: Asked) -> None: ...
    def left(self, viewer: "Viewer") -> None: ...
    def slow(self) -> None: ...


class Viewer(asyncio.Protocol):
    """A connection; a stream once its person is known."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.transport: asyncio.Transport | None = None
        self.head = b""
        self.request: Asked | None = None
        self.since, self.turn = asyncio.get_running_loop().time(), next(_COMING)
        self.person: UUID | None = None
        self.areas: tuple[str, ...] = ()
        self.seen: Positions = {}

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.set_write_buffer_limits(high=MOST_UNREAD)
        self.house.came(self)

    def connection_lost(self, _why: Exception | None) -> None:
        self.transport = None
        self.house.left(self)

    def data_received(self, data: bytes) -> None:
        if self.request is not None:
            return  # a viewer only listens
        self.head += data
        if END not in self.head:
            if len(self.head) > LARGEST:
                self.refuse(431)
            return
        try:
            self.request = read(self.head.partition(END)[0] + END)
        except Unfit as no:
            self.refuse(no.status)
            return
        self.head = b""
        self.house.asked(self, self.request)

    def pause_writing(self) -> None:
        """More waits for this page than it fetches."""
        self.house.slow()
        self.end()

    def begin(self) -> None:
        self._say(HEAD.format(status=200, reason="OK", kind="text/event-stream; charset=utf-8", more=self._other()))
        self._say("retry: 2000\n\n")

    def refuse(self, status: int) -> None:
        reason = HTTPStatus(status).phrase
        self._say(HEAD.format(status=status, reason=reason, kind="text/plain", more=self._other()) + f"{status}\n")
        if self.transport is not None:
            self.transport.close()

    def tell(self, event: str, **data: int) -> None:
        """An event, with where this viewer stands in the news of each county."""
        self._say(f"id: {spelt(self.seen)}\nevent: {event}\ndata: {json.dumps(data)}\n\n")

    def beat(self) -> None:
        self._say("event: beat\ndata: 1\n\n")

    def finish(self) -> None:
        """Signed out, or nothing left that may be seen: the page is told not to come back."""
        self._say("event: ended\ndata: 1\n\n")
        if self.transport is not None:
            self.transport.close()

    def make_way(self) -> None:
        """Too many pages of one person: came it back at once, it would push out the next one."""
        self._say("event: crowded\ndata: 1\n\n")
        if self.transport is not None:
            self.transport.close()
        self.house.left(self)

    def end(self) -> None:
        if self.transport is not None:
            self.transport.abort()

    def _other(self) -> str:
        asked = self.request
        if asked is None or not self.house.options.lets_read(asked.origin, asked.host):
            return ""
        return OTHER.format(origin=asked.origin)

    def _say(self, text: str) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(text.encode())
