"""What platforms of two levels tell each other of an alarm (平台对接消息): read, written, signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from shouwang.kernel.codes import is_region
from shouwang.kernel.signing import mark_of
from shouwang.kernel.told_values import NotJson, from_json

VERSION, ALARM_KINDS = 1, ("fire", "gas", "call", "manual")
HELLO, RING, CLEARED = "hello", "ring", "cleared"
COURSE = ("acknowledged", "verifying", "real", "false_alarm", "tested", "unreachable")
ACTS = (HELLO, RING, CLEARED, *COURSE)
YEARS = (2000, 2100)
LONGEST = {"event": 80, "area": 15, "place": 160, "level": 12}


class NotSound(Exception):
    """A word that cannot be taken; the message names the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One event: `origin` is the alarm where it first rang, `event` names this word for ever; `raw` as it came."""

    event: str
    act: str
    origin: UUID
    at: datetime
    area: str = ""
    kind: str = ""
    place: str = ""
    level: str = ""
    raw: bytes = b""

    def plain(self) -> dict[str, Any]:
        told = {name: getattr(self, name) for name in ("event", "act", "area", "kind", "place", "level")}
        return {
            "v": VERSION, **{name: value for name, value in told.items() if value}, "origin": str(self.origin),
            "at": self.at.astimezone(UTC).isoformat(),
        }  # fmt: skip


def written(told: dict[str, Any]) -> bytes:
    return msgspec.json.encode(told, order="sorted")


def read(body: bytes) -> Word:
    """Raises NotSound."""
    try:
        told = from_json(body)
    except NotJson:
        raise NotSound("body") from None
    if not isinstance(told, dict) or told.get("v") != VERSION:
        raise NotSound("v")
    for name in ("event", "act", "origin", "at", "area", "kind", "place", "level"):
        value = told.get(name, "")
        if not isinstance(value, str) or "\0" in value or len(value) > LONGEST.get(name, 80):
            raise NotSound(name)
    if not told.get("event") or told.get("act") not in ACTS:
        raise NotSound("act" if told.get("event") else "event")
    if told["act"] == RING and told.get("kind") not in ALARM_KINDS:
        raise NotSound("kind")
    if told.get("area") and not is_region(told["area"]):
        raise NotSound("area")
    return Word(
        event=told["event"], act=told["act"], origin=_uuid(told.get("origin")), at=_moment(told.get("at")),
        area=told.get("area", ""), kind=told.get("kind", ""), place=told.get("place", "").strip(),
        level=told.get("level", ""), raw=body,
    )  # fmt: skip


def receipt_signature(secret: str, told: Mapping[str, str]) -> str:
    """Of receipt, event and result, so that no third party can say that a word arrived."""
    text = "\n".join(told[name] for name in ("receipt", "event", "result"))
    return mark_of(secret, text.encode())


def _uuid(text: Any) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise NotSound("origin") from None


def _moment(text: Any) -> datetime:
    """A time that a clock of today may show: others break whatever reckons with them."""
    try:
        at = datetime.fromisoformat(str(text))
        if at.tzinfo is None or not YEARS[0] <= at.year < YEARS[1]:
            raise NotSound("at")
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotSound("at") from None
