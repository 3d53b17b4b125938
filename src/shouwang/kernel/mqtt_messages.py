"""What comes over MQTT (MQTT消息): which device a topic names, and its payload as the one shape of every push."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from shouwang.kernel.operators import NotReadable, Pushed
from shouwang.kernel.told_values import NotJson, digest_of, flat, from_json, moment, text_of

DEVICE, PAYLOAD, PLATFORM = "{device}", "payload", "mqtt"
SECONDS_END = 100_000_000_000
# A message without a time of its own is told apart by its number on the wire: when the broker says that it sends one
# again, it may have been kept this long ago; else nobody repeats himself later than that.
SENT_AGAIN, SOON = timedelta(days=7), timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A topic of a product: `topic` with {device} where it names one, else `device` is a field; `stamp` is its time's.

    `plain`: the payload is no JSON but a word or bytes.
    """

    topic: str
    product: str
    device: str = ""
    stamp: str = ""
    plain: bool = False

    @property
    def filter(self) -> str:
        """As a broker is asked for it."""
        return self.topic.replace(DEVICE, "+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A message as the wire gave it: its number, whether it is sent again, and whether it was only kept there."""

    topic: str
    payload: bytes
    number: int = 0
    again: bool = False
    retained: bool = False


def route_of(routes: Mapping[str, Route], topic: str) -> tuple[Route, str] | None:
    """The route of a topic, and the device that it names, "" where its payload does."""
    for route in routes.values():
        device = _named(route.topic, topic)
        if device is not None:
            return route, device
    return None


def read_message(routes: Mapping[str, Route], came: Came) -> list[Pushed]:
    """Raises NotReadable."""
    found = route_of(routes, came.topic)
    if found is None:
        raise NotReadable
    route, device = found
    if route.plain:
        told = [{PAYLOAD: _word(came.payload)}]
    else:
        told = _json(came.payload)
    read = [one for one in (_pushed(route, device, values, came) for values in told) if one.device]
    if not read:
        raise NotReadable
    return read


def _named(template: str, topic: str) -> str | None:
    wanted, given = template.split("/"), topic.split("/")
    if len(wanted) != len(given):
        return None
    device = ""
    for level, name in zip(wanted, given, strict=True):
        if level == DEVICE:
            device = name
        elif level not in ("+", name):
            return None
    return device


def _json(payload: bytes) -> list[dict[str, Any]]:
    try:
        told = from_json(payload)
    except NotJson:
        raise NotReadable from None
    return [one for one in (told if isinstance(told, list) else [told]) if isinstance(one, dict)]


def _word(payload: bytes) -> str:
    """As text where it is one that can be written, else in hex."""
    try:
        text = payload.decode().strip()
    except UnicodeDecodeError:
        return payload.hex()
    return text if text.isprintable() else payload.hex()


def _pushed(route: Route, device: str, told: dict[str, Any], came: Came) -> Pushed:
    values = dict(flat(told))
    device = device or values.get(route.device, "")
    stamp = values.get(route.stamp, "") if route.stamp else ""
    return Pushed(
        product=route.product, device=text_of(device), address=text_of(device), message="data",
        stamp=stamp or _mark(came), at=_at(stamp), content=digest_of(told), values=values,
        again=None if stamp or came.retained else SENT_AGAIN if came.again else SOON,
    )  # fmt: skip


def _mark(came: Came) -> str:
    """What the broker only kept is not news twice; what it sends is told apart by its number."""
    return "kept" if came.retained else f"#{came.number}"


def _at(stamp: str) -> datetime | None:
    """Milliseconds or seconds since 1970, or as ISO 8601 with its zone."""
    if stamp.isascii() and stamp.isdigit() and len(stamp) < 15:
        number = int(stamp)
        return moment(number * 1000 if number < SECONDS_END else number)
    try:
        at = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None
