"""Asking devices (下行指令): orders that wait are sent on the line a device was last heard on, three times at most.

Whatever becomes of an order is kept as a signal: confirmed, denied, answered, or no answer.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection

from shouwang.domains.devices.ordering import Asked
from shouwang.domains.devices.signal_text import Received
from shouwang.flows.receive_signals import waiting_orders
from shouwang.kernel.gb26875.frames import Command, Frame, encode, label_of
from shouwang.kernel.gb26875.layouts import unit

from .keeping import Entry, Keeper
from .sources import Sources

# The standard's own: answers within ten seconds, three tries (6.5).
PATIENCE, TRIES, NO_ANSWER = 10.0, 3, "no_answer"
# Orders are looked for ten minutes long; one that could not be sent by then is told before it is forgotten.
UNSENT = timedelta(minutes=9)
# Our own serials start high, so that a device's own are told apart in a log.
FIRST_SERIAL = 0x8000


@dataclass
class Sent:
    """An order on its way."""

    order: Asked
    address: int
    serial: int
    tries: int = 0
    until: float = 0.0


@dataclass
class Orders:
    """Orders on their way, by (address, serial)."""

    sources: Sources
    keeper: Keeper
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sent: dict[tuple[int, int], Sent] = field(default_factory=dict)
    ended: set[UUID] = field(default_factory=set)
    serial: int = FIRST_SERIAL

    def answered(self, frame: Frame) -> UUID | None:
        """The order a frame answers, if one is out."""
        found = self.sent.pop((frame.source, frame.serial), None)
        if found is None:
            return None
        self.ended.add(found.order.id)
        return found.order.id

    async def round(self) -> None:
        """Send what waits, again what was not answered in time, and give up in the end."""
        loop = asyncio.get_running_loop()
        try:
            waiting = await loop.run_in_executor(self.sources.hands, self._waiting)
        except (DatabaseError, InterfaceError):
            return
        self.ended &= {order.id for order in waiting}
        out = {one.order.id for one in self.sent.values()}
        for order in waiting:
            if order.id not in out | self.ended and not self._begin(order):
                self._wait(order)
        for one in list(self.sent.values()):
            if loop.time() >= one.until:
                self._try(one, loop.time())

    def _waiting(self) -> list[Asked]:
        try:
            return waiting_orders(now=self.now())
        except (DatabaseError, InterfaceError):
            connection.close()
            raise

    def _begin(self, order: Asked) -> bool:
        address = int(order.address) if order.address.isdecimal() else -1
        source = self.sources.known.get(address)
        if source is None or source.line is None:
            return False
        self.serial = FIRST_SERIAL + (self.serial + 1) % FIRST_SERIAL
        self.sent[address, self.serial] = Sent(order, address, self.serial)
        return True

    def _wait(self, order: Asked) -> None:
        """A device not heard yet since the start may come while the order still stands, but not for ever."""
        if self.now() - order.at >= UNSENT:
            self._end(Sent(order, 0, 0))

    def _try(self, one: Sent, now: float) -> None:
        if one.tries >= TRIES:
            del self.sent[one.address, one.serial]
            self._end(one)
            return
        source = self.sources.known.get(one.address)
        one.tries, one.until = one.tries + 1, now + PATIENCE
        if source is not None and source.line is not None:
            source.line.say(encode(_frame(one, centre=source.centre, now=self.now())))

    def _end(self, one: Sent) -> None:
        order, now = one.order, self.now()
        self.ended.add(order.id)
        signal = Received(
            region=order.region, source=order.address, device=order.device, serial=one.serial, command=None, kind=None,
            number=0, sort=NO_ANSWER, raw=b"", facts={}, device_at=None, received_at=now,
            fingerprint=order.id.bytes, answers=order.id,
        )  # fmt: skip
        self.keeper.put(order.county, Entry([signal], _Nobody(), b""))


class _Nobody:
    def say(self, data: bytes) -> None:
        """Nobody waits for this."""


def _frame(one: Sent, *, centre: int, now: datetime) -> Frame:
    match one.order.act:
        case "clock":
            command, data = Command.CONTROL, unit(90, [{"time": now}])
        case "duty_check":
            command, data = Command.CONTROL, unit(91, [{"minutes": one.order.minutes or 10}])
        case _:
            command, data = Command.REQUEST, unit(81, [{"reserved": 0}])
    return Frame(one.serial, command, centre, one.address, label_of(now), data)
