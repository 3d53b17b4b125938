"""A field of devices (模拟现场): sites that report, send again what nobody acknowledged, show wrong clocks, and storm.

One seed makes one field. Devices beat every half minute; every now and then one reports a fault, a shielded detector, a
fire; in a storm a power cut makes all of them say so at once. Some clocks are a day late, some stand at nought.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from shouwang.kernel.gb26875.frames import Command, Frame, encode, label_of
from shouwang.kernel.gb26875.layouts import unit
from shouwang.kernel.gb26875.reading import Reader, Rubbish

FIRST_ADDRESS, CENTRE = 100_000, 1
PATIENCE, TRIES = 10.0, 3
PLACES = ("一层走廊", "二层楼梯间", "厨房", "配电间", "地下车库", "##号仓库")
# Component, status, how often: a smoke detector with FIRE and the bit of normal running down, and so on.
REPORTS = (
    (40, 0x0002, 1),
    (23, 0x0003, 1),
    (40, 0x0005, 6),
    (40, 0x0009, 2),
    (96, 0x0011, 2),
    (40, 0x0001, 8),
)
MAINS_GONE = 0x08


@dataclass
class Tally:
    """What a field did and how it was answered."""

    sent: int = 0
    again: int = 0
    acknowledged: int = 0
    denied: int = 0
    given_up: int = 0
    asked: int = 0
    waits: list[float] = field(default_factory=list)


@dataclass
class Site(asyncio.Protocol):
    """One transmission device with its detectors."""

    address: int
    dice: Random
    tally: Tally
    now: Callable[[], datetime]
    late: timedelta | None = timedelta()
    serial: int = 0
    reader: Reader = field(default_factory=Reader)
    transport: asyncio.Transport | None = None
    waiting: dict[int, asyncio.TimerHandle] = field(default_factory=dict)
    since: dict[int, float] = field(default_factory=dict)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, _why: Exception | None) -> None:
        self.transport = None

    def data_received(self, data: bytes) -> None:
        for one in self.reader.feed(data):
            if not isinstance(one, Rubbish):
                self._answered(one)

    def _answered(self, frame: Frame) -> None:
        if frame.command in (Command.CONTROL, Command.REQUEST):
            self._obey(frame)
            return
        if timer := self.waiting.pop(frame.serial, None):
            timer.cancel()
            self.tally.waits.append(asyncio.get_running_loop().time() - self.since.pop(frame.serial))
            self.tally.denied += frame.command == Command.DENY
            self.tally.acknowledged += frame.command == Command.CONFIRM

    def _obey(self, frame: Frame) -> None:
        """A request is answered with the state of the device, a control confirmed; a duty check by who is there."""
        self.tally.asked += 1
        if frame.command == Command.REQUEST:
            data = unit(21, [{"status": 1, "time": self.clock()}])
            self._write(Frame(frame.serial, Command.ANSWER, self.address, frame.source, self.label(), data))
            return
        self._write(Frame(frame.serial, Command.CONFIRM, self.address, frame.source, self.label()))
        if frame.data[:1] == b"\x5b":
            self.send(unit(24, [{"operation": 0x20, "operator": 1, "time": self.clock()}]))

    def clock(self) -> datetime:
        return datetime(2000, 1, 1, tzinfo=UTC) if self.late is None else self.now() - self.late

    def label(self) -> bytes:
        return label_of(self.clock())

    def report(self) -> None:
        """Something happened at one of its detectors."""
        component, status, _ = self.dice.choices(REPORTS, weights=[often for *_, often in REPORTS])[0]
        self.send(unit(2, [{
            "system": 1, "system_address": 1, "component": component,
            "address": self.dice.randrange(1, 200).to_bytes(4, "little").hex(), "status": status,
            "note": self.dice.choice(PLACES), "time": self.clock(),
        }]))  # fmt: skip

    def lose_mains(self) -> None:
        self.send(unit(21, [{"status": MAINS_GONE, "time": self.clock()}]))

    def beat(self) -> None:
        self.send(b"")

    def send(self, data: bytes) -> None:
        frame = Frame(self.serial, Command.SEND, self.address, CENTRE, self.label(), data)
        self.serial = (self.serial + 1) % 65536
        self.since[frame.serial] = asyncio.get_running_loop().time()
        self.tally.sent += 1
        self._try(frame, TRIES)

    def _try(self, frame: Frame, left: int) -> None:
        if not left:
            self.tally.given_up += 1
            self.waiting.pop(frame.serial, None)
            self.since.pop(frame.serial, None)
            return
        self.tally.again += left < TRIES
        self._write(frame)
        loop = asyncio.get_running_loop()
        self.waiting[frame.serial] = loop.call_later(PATIENCE, self._try, frame, left - 1)

    def _write(self, frame: Frame) -> None:
        if self.transport is not None:
            self.transport.write(encode(frame))


@dataclass(frozen=True, kw_only=True)
class Field:
    """How large a field is and what it does; `rate` counts reports of all sites a second."""

    host: str
    port: int
    sites: int
    rate: float
    seconds: float
    storm_every: float = 0.0
    seed: int = 2023
    beat: float = 30.0


async def live(asked: Field, *, now: Callable[[], datetime]) -> Tally:
    """Let the field live for its time; then wait for what is not acknowledged yet. Raises OSError."""
    loop, dice, tally = asyncio.get_running_loop(), Random(asked.seed), Tally()
    sites = [
        Site(FIRST_ADDRESS + n, Random(dice.random()), tally, now, late=_clock(dice))
        for n in range(asked.sites)
    ]
    for site in sites:
        await loop.create_connection(lambda site=site: site, asked.host, asked.port)  # type: ignore[misc]
    end, beaten, stormed = loop.time() + asked.seconds, 0.0, loop.time()
    owed = 0.0
    while loop.time() < end:
        owed += asked.rate * 0.02
        for _ in range(int(owed)):
            dice.choice(sites).report()
        owed -= int(owed)
        if loop.time() - beaten > asked.beat:
            beaten = loop.time()
            for site in sites:
                site.beat()
        if asked.storm_every and loop.time() - stormed > asked.storm_every:
            stormed = loop.time()
            for site in sites:
                site.lose_mains()
        await asyncio.sleep(0.02)
    await _until_answered(sites, loop.time() + PATIENCE * TRIES)
    for site in sites:
        if site.transport is not None:
            site.transport.close()
    return tally


async def _until_answered(sites: list[Site], end: float) -> None:
    loop = asyncio.get_running_loop()
    while loop.time() < end and any(site.waiting for site in sites):
        await asyncio.sleep(0.05)


def _clock(dice: Random) -> timedelta | None:
    """How late a device's clock is; None stands still at nought."""
    found = dice.random()
    return (
        None
        if found < 0.03
        else timedelta(days=1)
        if found < 0.06
        else timedelta(seconds=dice.uniform(-40, 40))
    )
