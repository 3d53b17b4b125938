"""What stands in the application data unit (应用数据单元): a type flag, a count, that many objects (7 and 8).

Every type is a row of a table. An object of fixed size is one `struct`; those that carry a text of their own length
are walked one by one, never divided.
"""

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from .frames import MOST, Command, Refused, label_of, moment_of

Object = dict[str, Any]
NOTE = 31
CODES = {"byte": "B", "status": "H", "value": "h", "address": "4s", "note": f"{NOTE}s", "time": "6s"}


@dataclass(frozen=True)
class Layout:
    """One type of object: its fields in order, how many may stand in one frame, and with which commands it goes."""

    name: str
    fields: tuple[tuple[str, str], ...]
    most: int
    commands: tuple[Command, ...]

    @cached_property
    def fixed(self) -> struct.Struct | None:
        """The shape of an object of fixed size; None where a text says its own length."""
        kinds = [kind for _name, kind in self.fields]
        return None if "text" in kinds else struct.Struct("<" + "".join(CODES[kind] for kind in kinds))

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _kind in self.fields)

    @cached_property
    def made(self) -> tuple[tuple[str, Callable[[bytes], Any]], ...]:
        """The fields whose bytes are not their value yet, and what makes it of them."""
        return tuple((name, MADE[kind]) for name, kind in self.fields if kind in MADE)


UP, DOWN, ASK = (Command.SEND, Command.ANSWER), (Command.CONTROL,), (Command.REQUEST,)
_SYSTEM = (("system", "byte"), ("system_address", "byte"))
_COMPONENT = (*_SYSTEM, ("component", "byte"), ("address", "address"))
_ASKED = (*_SYSTEM, ("address", "address"))
_TIME = (("time", "time"),)
_OPERATION = (("operation", "byte"), ("operator", "byte"), *_TIME)
_VERSION = (("major", "byte"), ("minor", "byte"))
_NOTHING = (("reserved", "byte"),)
_FROM = (("records", "byte"), ("since", "time"))

LAYOUTS: Mapping[int, Layout] = {
    1: Layout("system_status", (*_SYSTEM, ("status", "status"), *_TIME), 102, UP),
    2: Layout("component_status", (*_COMPONENT, ("status", "status"), ("note", "note"), *_TIME), 22, UP),
    3: Layout("component_value", (*_COMPONENT, ("quantity", "byte"), ("value", "value"), *_TIME), 63, UP),
    4: Layout("system_operation", (*_SYSTEM, *_OPERATION), 102, UP),
    5: Layout("system_version", (*_SYSTEM, *_VERSION), 1, UP),
    6: Layout("system_configuration", (*_SYSTEM, ("text", "text")), 3, UP),
    7: Layout("component_configuration", (*_COMPONENT, ("note", "note")), 26, UP),
    8: Layout("system_time", (*_SYSTEM, *_TIME), 1, UP),
    21: Layout("device_status", (("status", "byte"), *_TIME), 1, UP),
    24: Layout("device_operation", _OPERATION, 127, UP),
    25: Layout("device_version", _VERSION, 1, UP),
    26: Layout("device_configuration", (("text", "text"),), 1, UP),
    28: Layout("device_time", _TIME, 1, UP),
    61: Layout("read_system_status", _SYSTEM, 102, ASK),
    62: Layout("read_component_status", _ASKED, 22, ASK),
    63: Layout("read_component_value", _ASKED, 63, ASK),
    64: Layout("read_system_operations", (*_SYSTEM, *_FROM), 1, ASK),
    65: Layout("read_system_version", _SYSTEM, 1, ASK),
    66: Layout("read_system_configuration", _SYSTEM, 3, ASK),
    67: Layout("read_component_configuration", _ASKED, 26, ASK),
    68: Layout("read_system_time", _SYSTEM, 1, ASK),
    81: Layout("read_device_status", _NOTHING, 1, ASK),
    84: Layout("read_device_operations", _FROM, 1, ASK),
    85: Layout("read_device_version", _NOTHING, 1, ASK),
    86: Layout("read_device_configuration", _NOTHING, 1, ASK),
    88: Layout("read_device_time", _NOTHING, 1, ASK),
    89: Layout("initialise_device", _NOTHING, 1, DOWN),
    90: Layout("set_clock", _TIME, 1, DOWN),
    91: Layout("duty_check", (("minutes", "byte"),), 1, DOWN),
}


def cut(data: bytes, layouts: Mapping[int, Layout] = LAYOUTS) -> tuple[int, int, list[bytes]]:
    """Type flag, count and the bytes of each object. An unknown type is one object: all there is. Raises Refused."""
    if len(data) < 2:
        raise Refused(f"data of {len(data)} bytes holds no type and count")
    kind, count, body = data[0], data[1], data[2:]
    layout = layouts.get(kind)
    if layout is None:
        return kind, count, [body]
    if count == 0:
        raise Refused("object count 0")
    if layout.fixed is None:
        return kind, count, list(_walked(layout, count, body))
    size = layout.fixed.size
    if len(body) != size * count:
        raise Refused(f"type {kind}: {count} objects of {size} bytes do not make {len(body)} bytes")
    if count > layout.most:
        raise Refused(f"type {kind}: {count} objects, at most {layout.most} are allowed")
    return kind, count, [body] if count == 1 else [body[at : at + size] for at in range(0, len(body), size)]


def _walked(layout: Layout, count: int, body: bytes) -> Iterator[bytes]:
    lead, at = len(layout.fields) - 1, 0
    if count > layout.most:
        raise Refused(f"{layout.name}: {count} objects, at most {layout.most} are allowed")
    for number in range(1, count + 1):
        if at + lead >= len(body):
            raise Refused(f"{layout.name}: object {number} of {count} is not there")
        end = at + lead + 1 + body[at + lead]
        if end > len(body):
            raise Refused(f"{layout.name}: the text of object {number} is longer than the frame")
        yield body[at:end]
        at = end
    if at != len(body):
        raise Refused(f"{layout.name}: {len(body) - at} bytes too many")


def read(layout: Layout, data: bytes) -> Object:
    """The facts in the bytes of one object, as `cut` gave them."""
    if layout.fixed is None:
        lead = len(layout.fields) - 1
        return {**dict(zip(layout.names, data[:lead], strict=False)), "text": text_of(data[lead + 1 :])}
    facts: Object = dict(zip(layout.names, layout.fixed.unpack(data), strict=True))
    for name, make in layout.made:
        facts[name] = make(facts[name])
    return facts


def text_of(raw: bytes) -> str:
    """GB 18030, cut at the first NUL: behind it stands what an earlier text left. Never fails (8.2.1.6)."""
    return raw.split(b"\0", 1)[0].decode("gb18030", "replace").rstrip(" ")


# A detector writes the same note with whatever it says.
MADE: Mapping[str, Callable[[bytes], Any]] = {
    "address": bytes.hex, "note": lru_cache(maxsize=16384)(text_of), "time": moment_of,
}  # fmt: skip


def objects_of(data: bytes, layouts: Mapping[int, Layout] = LAYOUTS) -> tuple[int, int, list[Object]]:
    """Type flag, count and the facts of each object. Raises Refused."""
    kind, count, parts = cut(data, layouts)
    layout = layouts.get(kind)
    if layout is None:
        return kind, count, [{"raw": part.hex()} for part in parts]
    return kind, count, [read(layout, part) for part in parts]


def unit(kind: int, objects: Sequence[Object], layouts: Mapping[int, Layout] = LAYOUTS) -> bytes:
    """The data unit of some objects. Raises ValueError for what no frame can carry."""
    layout = layouts.get(kind)
    if layout is None:
        return bytes((kind, len(objects))) + b"".join(bytes.fromhex(one["raw"]) for one in objects)
    if not 1 <= len(objects) <= layout.most:
        raise ValueError(f"type {kind}: 1 to {layout.most} objects, got {len(objects)}")
    data = bytes((kind, len(objects))) + b"".join(_written(layout, one) for one in objects)
    if len(data) > MOST:
        raise ValueError(f"type {kind}: {len(data)} bytes, at most {MOST} are allowed")
    return data


def _written(layout: Layout, facts: Object) -> bytes:
    try:
        return b"".join(_field(kind, facts[name]) for name, kind in layout.fields)
    except (struct.error, OverflowError, KeyError) as error:
        raise ValueError(f"{layout.name}: {error}") from None


def _field(kind: str, value: Any) -> bytes:
    match kind:
        case "text":
            raw = value.encode("gb18030")
            return bytes((len(raw),)) + raw if len(raw) <= 255 else _too_long(len(raw), 255)
        case "note":
            raw = value.encode("gb18030")
            return raw.ljust(NOTE, b"\0") if len(raw) <= NOTE else _too_long(len(raw), NOTE)
        case "time":
            return label_of(value)
        case "address":
            return struct.pack("4s", bytes.fromhex(value))
        case _:
            return struct.pack("<" + CODES[kind], value)


def _too_long(length: int, most: int) -> bytes:
    raise ValueError(f"text: {length} bytes in GB 18030, at most {most} are allowed")
