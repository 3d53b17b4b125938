"""The envelope of a frame (数据包): header, length, sum, end mark; low byte first throughout (6.6, table 1)."""

import struct
from datetime import datetime, timedelta, timezone
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

START, END = b"@@", b"##"
HEADER, OVERHEAD, MOST = 27, 30, 1024
LONGEST = OVERHEAD + MOST
ADDRESS_SPACE = 1 << 48
# The standard names no zone; devices show the clock of the wall they hang on.
ZONE = timezone(timedelta(hours=8))

_HEAD = struct.Struct("<2sHBB6s6s6sHB")


class Command(IntEnum):
    """Command byte (table 2). 128 to 255 belong to makers, all others are reserved."""

    CONTROL = 1
    SEND = 2
    CONFIRM = 3
    REQUEST = 4
    ANSWER = 5
    DENY = 6


class Frame(NamedTuple):
    """A frame whose length, sum and end are right. `label` is the time label as sent, six bytes, believed or not."""

    serial: int
    command: int
    source: int
    destination: int
    label: bytes
    data: bytes = b""
    major: int = 1
    minor: int = 1


class Refused(Exception):
    """What stands in a frame cannot be what it says it is; the message names the reason."""


def encode(frame: Frame) -> bytes:
    """The bytes of a frame. Raises ValueError for what no frame can carry."""
    if len(frame.data) > MOST:
        raise ValueError(f"data: {len(frame.data)} bytes, at most {MOST} are allowed")
    if len(frame.label) != 6:
        raise ValueError(f"label: six bytes are needed, got {len(frame.label)}")
    try:
        head = _HEAD.pack(
            START, frame.serial, frame.major, frame.minor, frame.label,
            frame.source.to_bytes(6, "little"), frame.destination.to_bytes(6, "little"),
            len(frame.data), frame.command,
        )  # fmt: skip
    except (struct.error, OverflowError) as error:
        raise ValueError(f"frame: {error}") from None
    body = head + frame.data
    return body + bytes((sum(body[2:]) & 0xFF,)) + END


def length_at(data: bytes | bytearray, at: int = 0) -> int | None:
    """How long the frame that starts here says it is; None while that is not known, 0 when it cannot be one."""
    if len(data) < at + 26:
        return None
    said = data[at + 24] | data[at + 25] << 8
    return OVERHEAD + said if said <= MOST else 0


def fault(data: bytes | bytearray) -> str:
    """Why these bytes are no frame; '' when they are one."""
    if data[:2] != START:
        return "no start mark"
    if len(data) < 26:
        return f"cut short: {len(data)} bytes of at least {OVERHEAD}"
    length = OVERHEAD + (data[24] | data[25] << 8)
    if length > LONGEST:
        return f"data length {length - OVERHEAD} is over {MOST}"
    if len(data) < length:
        return f"cut short: {len(data)} bytes of {length}"
    stored, counted = data[length - 3], sum(data[2 : length - 3]) & 0xFF
    if data[length - 2 : length] != END:
        return f"no end mark where the length puts it: {data[length - 2 : length].hex()}"
    if stored != counted:
        return f"wrong checksum: says {stored:02x}, counted {counted:02x}"
    return f"{len(data) - length} bytes too many" if len(data) > length else ""


def whole(data: bytes) -> Frame:
    """The frame in bytes that `fault` found nothing wrong with."""
    _start, serial, major, minor, label, source, destination, _length, command = _HEAD.unpack_from(data)
    return Frame(
        serial, command, int.from_bytes(source, "little"), int.from_bytes(destination, "little"),
        label, data[HEADER:-3], major, minor,
    )  # fmt: skip


def reply(frame: Frame, command: Command, *, label: bytes, data: bytes = b"") -> bytes:
    """An answer: same serial and version, addresses swapped, a time label of its own."""
    return encode(
        Frame(frame.serial, command, frame.destination, frame.source, label, data, frame.major, frame.minor)
    )


def header_of(data: bytes | bytearray) -> Frame | None:
    """What the header of damaged bytes says, so that its sender can be told; None where there is no header."""
    if len(data) < HEADER or data[:2] != START:
        return None
    return whole(bytes(data[:HEADER]) + b"\0##")


def label_of(moment: datetime) -> bytes:
    """The time label of a moment (8.2.2): second to year, plain binary."""
    at = moment.astimezone(ZONE)
    return bytes((at.second, at.minute, at.hour, at.day, at.month, at.year % 100))


@lru_cache(maxsize=4096)
def moment_of(label: bytes) -> datetime | None:
    """The moment a label names; None for one that no clock shows."""
    second, minute, hour, day, month, year = label
    try:
        return datetime(2000 + year, month, day, hour, minute, second, tzinfo=ZONE)
    except ValueError:
        return None
