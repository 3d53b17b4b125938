"""Connections (连接): one a device over TCP, one for all over UDP; each bounded in what it may cost."""

import asyncio
import socket
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from shouwang.kernel.gb26875.reading import Reader, Rubbish

from .station import Station

# Bytes of rubbish in a row after which nobody speaks this protocol there; answers that nobody fetches.
MOST_RUBBISH, MOST_UNREAD = 64 * 1024, 256 * 1024
# Bytes of rubbish a second beyond which a connection is not read from until the next one.
RUBBISH_RATE = 4096
# How long a frame may take to arrive, in seconds.
HALF = 10.0
# Whoever went without a word, as a mobile network lets them, is noticed: silent so long, asked so often, so many times.
ALIVE = {"TCP_KEEPIDLE": 120, "TCP_KEEPINTVL": 30, "TCP_KEEPCNT": 4}


@dataclass
class Lines:
    """Every open connection, so that their number is bounded and half frames are noticed."""

    station: Station
    open: "dict[TcpLine, None]" = field(default_factory=dict)
    peers: dict[str, int] = field(default_factory=dict)
    silent: "dict[TcpLine, None]" = field(default_factory=dict)

    def admits(self, peer: str) -> bool:
        """Whether one more may come. When all places are taken, the oldest that never said anything leaves."""
        options = self.station.options
        if not options.lets_in(peer):
            return False
        if options.lines_of_one and self.peers.get(peer, 0) >= options.lines_of_one:
            return False
        if options.lines and len(self.open) >= options.lines:
            oldest = next(iter(self.silent), None)
            if oldest is None:
                return False
            oldest.end()
        return True

    def sweep(self, now: float) -> None:
        """Half a frame that does not go on is given up; the connection stays."""
        for line in [one for one in self.open if one.reader is not None and one.reader.rest]:
            if now - line.heard > HALF:
                line.give_up()


class TcpLine(asyncio.Protocol):
    """One connection. Where nothing is half read, it holds no buffer: ten thousand idle ones cost little."""

    __slots__ = (
        "full",
        "heard",
        "held",
        "lines",
        "noise",
        "peer",
        "reader",
        "rubbish",
        "second",
        "taken",
        "transport",
    )

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.transport: asyncio.Transport | None = None
        self.reader: Reader | None = None
        self.peer = ""
        self.heard = 0.0
        self.rubbish = self.noise = self.second = self.taken = 0
        self.held = self.full = False

    def connection_made(self, transport: Any) -> None:
        name = transport.get_extra_info("peername")
        self.peer = str(name[0]) if name else "local"
        self.transport = transport
        if not self.lines.admits(self.peer):
            self.lines.station.counts["turned_away"] += 1
            transport.abort()
            self.transport = None
            return
        _keep_alive(transport)
        self.lines.open[self] = self.lines.silent[self] = None
        self.lines.peers[self.peer] = self.lines.peers.get(self.peer, 0) + 1

    def connection_lost(self, _why: Exception | None) -> None:
        if self in self.lines.open:
            self._leave()
        self.transport = None

    def _leave(self) -> None:
        del self.lines.open[self]
        self.lines.silent.pop(self, None)
        self.lines.peers[self.peer] -= 1
        if not self.lines.peers[self.peer]:
            del self.lines.peers[self.peer]

    def end(self) -> None:
        if self.transport is not None:
            self.transport.abort()
        if self in self.lines.open:
            self._leave()

    def data_received(self, data: bytes) -> None:
        self.heard = monotonic()
        reader = self.reader or Reader()
        for one in reader.feed(data):
            if not self._came(one):
                return
        self.reader = reader if reader.rest else None
        self._pace()

    def _came(self, one: Any) -> bool:
        """Whether it is worth reading on here."""
        if isinstance(one, Rubbish):
            self.rubbish += len(one.data)
            self.noise += len(one.data)
            if self.rubbish > MOST_RUBBISH:
                self.end()
                return False
        else:
            self.rubbish = 0
            self.taken += 1
            self.lines.silent.pop(self, None)
        self.lines.station.take(one, self)
        return True

    def _pace(self) -> None:
        """Who sends more in a second than a device does is read from again in the next."""
        if (second := int(self.heard)) != self.second:
            self.second, self.taken, self.noise = second, 0, 0
        rate = self.lines.station.options.rate
        if (rate and self.taken > rate) or self.noise > RUBBISH_RATE:
            self.hold()
            self.lines.station.counts["slowed"] += 1
            asyncio.get_running_loop().call_later(1.0, self.go_on)

    def give_up(self) -> None:
        reader, self.reader = self.reader, None
        for one in reader.give_up() if reader else ():
            self.lines.station.take(one, self)

    def say(self, data: bytes) -> None:
        if self.transport is None or self.transport.is_closing():
            return
        self.transport.write(data)
        if self.transport.get_write_buffer_size() > MOST_UNREAD:
            self.end()

    def hold(self) -> None:
        if self.transport is not None and not self.held:
            self.held = True
            self.transport.pause_reading()

    def go_on(self) -> None:
        station = self.lines.station
        if self.transport is not None and self.held and self not in station.held and not station.leaving:
            self.held = False
            self.transport.resume_reading()


def _keep_alive(transport: asyncio.Transport) -> None:
    wire = transport.get_extra_info("socket")
    if wire is None or wire.family not in (socket.AF_INET, socket.AF_INET6):
        return
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in ALIVE.items():
        if hasattr(socket, name):
            wire.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


@dataclass(eq=False)
class UdpLine:
    """The way back to one sender of datagrams."""

    transport: asyncio.DatagramTransport
    address: Any
    peer: str

    def say(self, data: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.sendto(data, self.address)

    def hold(self) -> None:
        """A datagram cannot be held back; what is not acknowledged comes again."""

    def go_on(self) -> None:
        """See `hold`."""


class Datagrams(asyncio.DatagramProtocol):
    """Frames over UDP: each datagram stands for itself."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, address: Any) -> None:
        peer = str(address[0])
        if not self.station.options.lets_in(peer) or self.station.full or self.station.leaving:
            self.station.counts["turned_away"] += 1
            return
        line, reader = UdpLine(self.transport, address, peer), Reader()
        for one in [*reader.feed(data), *reader.give_up()]:
            self.station.take(one, line)
