"""What the gateway bears when the database is away or does not take anything, and of whom nobody knows."""

import asyncio
import socket
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import msgspec
from django.db import DataError, IntegrityError, InternalError, OperationalError

from shouwang.domains.devices.hearing import Known
from shouwang.domains.devices.ordering import Asked
from shouwang.gateways.gb26875 import orders, sources, writing
from shouwang.gateways.gb26875.keeping import FULL, Entry, Keeper
from shouwang.gateways.gb26875.lines import Lines, TcpLine, UdpLine
from shouwang.gateways.gb26875.options import Options
from shouwang.gateways.gb26875.orders import Orders, Sent
from shouwang.gateways.gb26875.sorting import Sender, sort
from shouwang.gateways.gb26875.sources import Sources
from shouwang.gateways.gb26875.station import Station
from shouwang.gateways.gb26875.writers import Writer, Writers
from shouwang.gateways.gb26875.writing import LENGTH, Done, Given, kept, message
from shouwang.kernel.gb26875.frames import Frame
from shouwang.kernel.gb26875.profiles import STRICT
from tests.kernel.gb26875_story import alarm, frames_in, sent

CENTRE, COUNTY = "222400", "222401"
SENDER = Sender(county=COUNTY, region=COUNTY, device=None, profile=STRICT)


class Wire:
    """A line that remembers what was said on it."""

    peer = "10.0.0.1"

    def __init__(self) -> None:
        self.said = b""
        self.held = False

    def say(self, data: bytes) -> None:
        self.said += data

    def hold(self) -> None:
        self.held = True

    def go_on(self) -> None:
        self.held = False


def run(story: Coroutine[Any, Any, None]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(20):
            await story

    # In a thread of its own: a browser driven before holds a loop in this one.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, bounded()).result()


def station() -> Station:
    keeper = Keeper()
    known = Sources(CENTRE, ThreadPoolExecutor(1))
    made = Station(Options(), keeper, known, Orders(known, keeper))
    keeper.emptied = known.emptied = made.release
    return made


def entry(wire: Wire, serial: int = 1) -> Entry:
    [frame] = frames_in(alarm(serial))
    return Entry(sort(frame, SENDER, now=datetime.now(UTC)).keep, wire, b"ack")


class Disk:
    """Refuses as told, then keeps."""

    def __init__(self, *refusals: Exception) -> None:
        self.refusals, self.kept = list(refusals), []

    def __call__(self, _county, items, **_how):
        if self.refusals:
            raise self.refusals.pop(0)
        self.kept += [dict(one.facts) for one in items]
        return len(items)


class InHouse(Writer):
    """Writes in this process, with what a writer of its own would have heard."""

    async def begin(self) -> None:
        """Is there already."""

    async def ask(self, data: bytes) -> Done:
        heard = msgspec.msgpack.decode(data[LENGTH:], type=Given)
        assert message(heard) == data
        return await asyncio.to_thread(kept, heard)


def kept_by(monkeypatch, disk: Disk) -> tuple[Keeper, Wire]:
    monkeypatch.setattr(writing, "keep_signals", disk)
    keeper, wire = Keeper(), Wire()
    keeper.writers = Writers([InHouse()])

    async def story() -> None:
        await keeper.writers.begin()
        keeper.put(COUNTY, entry(wire))
        await keeper.drain()

    run(story())
    return keeper, wire


def test_a_server_that_only_reads_is_waited_for_and_nothing_read_is_lost(monkeypatch):
    disk = Disk(*[InternalError("cannot execute INSERT in a read-only transaction")] * 3)
    keeper, wire = kept_by(monkeypatch, disk)
    assert (keeper.waiting, keeper.busy, keeper.counts.failures, wire.said) == (0, {}, 3, b"ack")
    assert [facts["component"] for facts in disk.kept] == [40]


def test_what_cannot_be_written_as_it_was_read_is_kept_raw(monkeypatch):
    disk = Disk(*[DataError("no such sign")] * 2)
    assert kept_by(monkeypatch, disk)[1].said == b"ack" and disk.kept == [{}]


def test_a_fault_that_lies_not_in_what_was_read_leaves_it_whole(monkeypatch):
    disk = Disk(*[IntegrityError("nowhere to put it")] * 3)
    assert kept_by(monkeypatch, disk)[1].said == b"ack" and disk.kept[0]["component"] == 40


def test_a_batch_that_fails_altogether_is_not_acknowledged_and_holds_up_nobody(monkeypatch):
    disk = Disk(ValueError("a fault of our own"))
    keeper, wire = kept_by(monkeypatch, disk)
    assert (keeper.waiting, keeper.busy, wire.said, disk.kept) == (0, {}, b"", [])


def test_whoever_went_without_a_word_is_noticed():
    async def story() -> None:
        lines = Lines(station())
        server = await asyncio.get_running_loop().create_server(lambda: TcpLine(lines), "127.0.0.1", 0)
        _reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        while not lines.open:
            await asyncio.sleep(0.01)
        transport = next(iter(lines.open)).transport
        assert transport is not None
        wire = transport.get_extra_info("socket")
        assert wire.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        names = ("TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT")
        found = [
            wire.getsockopt(socket.IPPROTO_TCP, getattr(socket, one)) for one in names if hasattr(socket, one)
        ]
        assert found == [120, 30, 4][: len(found)]
        writer.close()
        server.close()

    run(story())


def test_a_line_that_is_given_up_is_read_no_further():
    async def story() -> None:
        lines, taken = Lines(station()), list[object]()
        lines.station.take = lambda one, line: taken.append(one)  # type: ignore[method-assign]
        server = await asyncio.get_running_loop().create_server(lambda: TcpLine(lines), "127.0.0.1", 0)
        _reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        while not lines.open:
            await asyncio.sleep(0.01)
        [line] = lines.open
        line.data_received(alarm(1) + b"@@" * 100_000 + alarm(2))
        assert [one.serial for one in taken if isinstance(one, Frame)] == [1]
        assert not lines.open and len(taken) < 70, "64 kB of it in pieces, of 200"
        writer.close()
        server.close()

    run(story())


def test_a_datagram_that_fills_the_queue_is_taken_like_any_other(monkeypatch):
    monkeypatch.setattr(sources, "whose", lambda *_: {})
    monkeypatch.setattr(sources, "beats", lambda *_: {})

    async def story() -> None:
        desk = station()
        desk.keeper.waiting = FULL
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            asyncio.DatagramProtocol, local_addr=("127.0.0.1", 0)
        )
        line = UdpLine(transport, ("127.0.0.1", 9), "127.0.0.1")
        desk.take(frames_in(sent(source=4))[0], line)
        assert desk.held == {line}
        transport.close()
        await asyncio.sleep(0)
        line.say(b"too late, and no fault")

    run(story())


def test_while_the_database_is_away_only_so_many_wait_and_then_all_go_on(monkeypatch):
    for name, most in (("FULL", 10), ("MOST_ASKING", 20)):
        monkeypatch.setattr(sources, name, most)
    away = [True]

    def whose(_way, texts):
        if away[0]:
            raise OperationalError("away")
        return {}

    monkeypatch.setattr(sources, "whose", whose)
    monkeypatch.setattr(sources, "beats", lambda *_: {})

    async def story() -> None:
        desk, wire = station(), Wire()
        for address in range(25):
            desk.take(frames_in(sent(source=address))[0], wire)
            assert wire.held == (address >= 9)
        assert (desk.sources.waiting, desk.counts["turned_away"]) == (20, 5)
        away[0] = False
        while wire.held:
            await asyncio.sleep(0.05)
        assert (desk.sources.waiting, len(desk.sources.known), len(frames_in(wire.said))) == (0, 20, 20)

    run(story())


def test_addresses_that_nobody_knows_are_forgotten_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(sources, "MOST_KNOWN", 10)
    device = Known(id=uuid4(), county=COUNTY, region=COUNTY, profile="")
    monkeypatch.setattr(sources, "whose", lambda _way, texts: {"0": device} if "0" in texts else {})
    monkeypatch.setattr(sources, "beats", lambda *_: {})
    monkeypatch.setattr(sources, "note", lambda *_, **__: None)
    monkeypatch.setattr(orders, "waiting_orders", lambda **_: [])

    async def story() -> None:
        desk, wire = station(), Wire()
        for address in range(30):
            desk.take(frames_in(sent(source=address))[0], wire)
        while desk.sources.task:
            await asyncio.sleep(0.01)
        assert len(desk.sources.known) == 30, "who was heard is noted first"
        order = Asked(
            id=uuid4(), county=COUNTY, region=COUNTY, device=uuid4(), address="1", act="read", minutes=None,
            at=datetime.now(UTC),
        )  # fmt: skip
        desk.orders.sent[1, 9] = Sent(order, 1, 9)
        await desk.sources.note()
        desk.take(frames_in(sent(source=77))[0], wire)
        while desk.sources.task:
            await asyncio.sleep(0.01)
        assert len(desk.sources.known) == 10 and {0, 77} <= set(desk.sources.known)
        await desk.orders.round()
        assert desk.orders.sent[1, 9].tries == 1, "an order to one that was forgotten harms nobody"

    run(story())
