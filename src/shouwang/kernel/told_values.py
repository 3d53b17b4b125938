"""What a platform's JSON says (消息取值): bounded, flat, as text, so that a number is found again as it was written."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

MOST_VALUES, LONGEST = 60, 200
LATEST_MS = 4_102_444_800_000  # 2100


class NotJson(Exception):
    """It is no JSON, or none that can be read."""


def from_json(data: bytes | str) -> Any:
    """What JSON of a stranger says. Raises NotJson, also for broken UTF-8 and endless depth, which fail otherwise."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise NotJson from None


def flat(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Values by dotted name, bounded in number, depth and length."""
    if isinstance(value, dict) and depth < 6:
        for name, one in list(value.items())[:MOST_VALUES]:
            yield from flat(one, f"{path}.{text_of(name)}" if path else text_of(name), depth + 1)
    elif path and value is not None:
        yield path[:LONGEST], text_of(value)


def text_of(value: Any) -> str:
    if isinstance(value, str):
        return value.replace("\0", "")[:LONGEST]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)[:LONGEST] if isinstance(value, int | float) else msgspec.json.encode(value).decode()[:LONGEST]


def digest_of(value: Any) -> bytes:
    return hashlib.sha256(msgspec.json.encode(value, order="deterministic")).digest()


def moment(value: Any) -> datetime | None:
    """Milliseconds since 1970."""
    number = int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 15 else value
    if type(number) is not int or not 0 < number < LATEST_MS:
        return None
    return datetime.fromtimestamp(number / 1000, UTC)
