"""Writing (落盘): what a writer's process does. It hears signals of a county, keeps them and says how many were new."""

import logging
import os
import signal
from datetime import UTC, datetime
from typing import BinaryIO

import msgspec
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, connection

from shouwang.domains.devices.signal_text import Received
from shouwang.flows.receive_signals import keep_signals, warm
from shouwang.gateways.collecting import ALARMS, collect_seldom

WAY = "gb26875"
# How many bytes the number takes that says how long a message is.
LENGTH = 4
log = logging.getLogger(__name__)


class Given(msgspec.Struct):
    """Signals of a county to keep."""

    county: str
    items: list[Received]


class Done(msgspec.Struct):
    """How many were new; or that the database is `away`, to be tried again; or what is `wrong` with them."""

    new: int = 0
    away: str = ""
    wrong: str = ""


def message(one: msgspec.Struct) -> bytes:
    data = msgspec.msgpack.encode(one)
    return len(data).to_bytes(LENGTH, "little") + data


def work() -> None:
    """Until whoever gives ends. What a signal handler would end halfway is ended by its gateway alone."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    given, told = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever else prints must not stand among the answers.
    os.dup2(2, 1)
    try:
        warm()
    except (DatabaseError, InterfaceError):
        connection.close()
    collect_seldom(ALARMS)
    try:
        _tell(told, Done())
        _work(given, told)
    except BrokenPipeError:
        return


def _work(given: BinaryIO, told: BinaryIO) -> None:
    decoder = msgspec.msgpack.Decoder(Given)
    while len(length := given.read(LENGTH)) == LENGTH:
        size = int.from_bytes(length, "little")
        if len(data := given.read(size)) < size:
            return
        _tell(told, kept(decoder.decode(data)))


def _tell(told: BinaryIO, done: Done) -> None:
    told.write(message(done))
    told.flush()


def kept(given: Given) -> Done:
    """Keep it, and say what became of it."""
    try:
        return Done(new=_write(given.county, given.items))
    except DataError as error:
        # However often it is tried, not even what came raw is taken; what waits behind it is.
        log.exception("signals of %s were not kept", given.county)
        return Done(wrong=str(error) or type(error).__name__)
    except (DatabaseError, InterfaceError) as error:
        return Done(away=str(error) or type(error).__name__)
    except Exception as error:  # noqa: BLE001 - what waits behind must not wait for ever
        log.exception("signals of %s were not kept", given.county)
        return Done(wrong=repr(error))


def _write(county: str, items: list[Received]) -> int:
    now = datetime.now(UTC)
    try:
        return keep_signals(county, items, way=WAY, at=now)
    except (DataError, IntegrityError):
        # One that cannot be written as it was read must not hold up the others: each for itself, and that one raw.
        log.exception("signals of %s are kept one by one", county)
        return _one_by_one(county, items, now)
    except (DatabaseError, InterfaceError):
        # A server that only reads, a table that is missing: no fault of what was received.
        connection.close()
        raise


def _one_by_one(county: str, items: list[Received], now: datetime) -> int:
    """Where one cannot be kept at all the others are kept first: they come again with it, and are known then."""
    new, refused = 0, None
    for one in items:
        try:
            new += _alone(county, one, now)
        except (DataError, IntegrityError) as error:
            refused = error
    if refused is not None:
        raise refused
    return new


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
    except (DatabaseError, InterfaceError) as error:
        # It was not what was read in it.
        one.facts = facts
        if not isinstance(error, (DataError, IntegrityError)):
            connection.close()
        raise
