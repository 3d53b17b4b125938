"""Frames as people and tools exchange them (JSON), both ways."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from .frames import ZONE, Command, Frame, Refused, encode, header_of, label_of, moment_of
from .layouts import LAYOUTS, Layout, Object, objects_of, unit
from .meaning import flags_of, sort_of
from .reading import Reader, Rubbish

Told = dict[str, Any]
MOMENT = "%Y-%m-%d %H:%M:%S"


def told(data: bytes, layouts: Mapping[int, Layout] = LAYOUTS) -> list[Told]:
    """Every frame in some bytes, and every stretch that is none, in order."""
    reader = Reader()
    return [tell(one, layouts) for one in [*reader.feed(data), *reader.give_up()]]


def tell(one: Frame | Rubbish, layouts: Mapping[int, Layout] = LAYOUTS) -> Told:
    if isinstance(one, Rubbish):
        header = header_of(one.data)
        return _envelope(header, one.reason) | {"bytes": len(one.data), "raw": one.data.hex()}
    said = _envelope(one, refusal(one))
    if not one.data:
        return said
    said["type"] = one.data[0]
    said["count"] = one.data[1] if len(one.data) > 1 else None
    try:
        kind, _count, objects = objects_of(one.data, layouts)
    except Refused as refused:
        # One byte alone is how some makers say that they live: not in the standard, and no fault.
        if len(one.data) > 1:
            said |= {"ok": False, "error": str(refused)}
        return said | {"raw": one.data.hex()}
    return said | {"objects": [dict(_plain(kind, facts)) for facts in objects]}


def refusal(frame: Frame) -> str:
    """Why a sound frame is refused by its command byte; '' when it is not."""
    known = frame.command in Command.__members__.values() or frame.command >= 128
    return "" if known else f"unknown command {frame.command}"


def _envelope(frame: Frame | None, error: str) -> Told:
    said: Told = {"ok": not error, "error": error or None}
    names = "serial", "version", "time", "source", "destination", "command"
    values: Iterable[Any] = [None] * len(names)
    if frame is not None:
        version, time = f"{frame.major}.{frame.minor}", _moment(moment_of(frame.label))
        values = frame.serial, version, time, frame.source, frame.destination, frame.command
    return said | dict(zip(names, values, strict=True)) | {"type": None, "count": None, "objects": []}


def _plain(kind: int, facts: Object) -> Iterator[tuple[str, Any]]:
    for name, value in facts.items():
        yield name, _moment(value) if name in ("time", "since") else value
    if flags := flags_of(kind, facts):
        yield "flags", list(flags)
    if kind in LAYOUTS and kind < 61:
        yield "sort", sort_of(kind, flags)


def _moment(value: datetime | None) -> str | None:
    return value.astimezone(ZONE).strftime(MOMENT) if value else None


def frame_of(said: Mapping[str, Any], layouts: Mapping[int, Layout] = LAYOUTS) -> bytes:
    """The bytes of a frame told as above. Raises ValueError naming the field."""
    try:
        kind, data = said.get("type"), b""
        if kind is not None:
            data = unit(int(kind), [_from_plain(one) for one in said.get("objects", ())], layouts)
        major, _, minor = str(said.get("version", "1.1")).partition(".")
        return encode(
            Frame(
                serial=int(said.get("serial", 0)),
                command=int(said.get("command", Command.SEND)),
                source=int(said.get("source", 0)),
                destination=int(said.get("destination", 0)),
                label=label_of(_read(said["time"])) if said.get("time") else bytes(6),
                data=data,
                major=int(major),
                minor=int(minor or 0),
            )
        )
    except (TypeError, AttributeError, KeyError) as error:
        raise ValueError(f"frame: {error}") from None


def _from_plain(one: Mapping[str, Any]) -> Object:
    return {name: _read(value) if name in ("time", "since") else value for name, value in one.items()}


def _read(text: str) -> datetime:
    return datetime.strptime(text, MOMENT).replace(tzinfo=ZONE)
