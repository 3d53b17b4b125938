"""What platforms of two levels tell each other of an alarm (平台对接消息): read, written, signed."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

VERSION, ALARM_KINDS = 1, ("fire", "gas", "call", "manual")
HELLO, RING, CLEARED = "hello", "ring", "cleared"
COURSE = ("acknowledged", "verifying", "real", "false_alarm", "tested", "unreachable")
ACTS = (HELLO, RING, CLEARED, *COURSE)
SKEW = timedelta(minutes=5)
LONGEST = {"event": 80, "area": 15, "place": 160, "level": 12}


class NotSound(Exception):
    """A word that cannot be taken; the message names the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One event: `origin` is the alarm where it first rang, `event` names this word for ever."""

    event: str
    act: str
    origin: UUID
    at: datetime
    area: str = ""
    kind: str = ""
    place: str = ""
    level: str = ""

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
        told = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError):
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
    return Word(
        event=told["event"], act=told["act"], origin=_uuid(told.get("origin")), at=_moment(told.get("at")),
        area=told.get("area", ""), kind=told.get("kind", ""), place=told.get("place", "").strip(),
        level=told.get("level", ""),
    )  # fmt: skip


def signed(secret: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 of seconds since 1970, a full stop and the body, in hex."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def same(right: str, said: str) -> bool:
    return hmac.compare_digest(right.encode(), said.encode())


def genuine(secret: str, body: bytes, *, stamp: str, signature: str, now: datetime) -> bool:
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
        return False
    fresh = abs(now - datetime.fromtimestamp(int(stamp), UTC)) <= SKEW
    return fresh and same(signed(secret, stamp, body), signature)


def receipt_signature(secret: str, told: Mapping[str, str]) -> str:
    """Of receipt, event and result, so that no third party can say that a word arrived."""
    text = "\n".join(told[name] for name in ("receipt", "event", "result"))
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def _uuid(text: Any) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise NotSound("origin") from None


def _moment(text: Any) -> datetime:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        raise NotSound("at") from None
    if at.tzinfo is None:
        raise NotSound("at")
    return at.astimezone(UTC)
