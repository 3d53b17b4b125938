"""A signal as text (信号写法): the line that COPY takes and the bytes that are digested, made once for both.

Written field by field a signal costs ten times as much as everything else that receiving it takes. That both forms say
what the model says is held by `tests/domains/test_device_signals.py`.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec

from shouwang.kernel.digest import Algorithm, keyed

COLUMNS = (
    "id", "county", "region", "salt", "line", "position", "way", "source", "device", "serial", "command", "kind",
    "number", "sort", "raw", "facts", "device_at", "received_at", "fingerprint", "answers",
)  # fmt: skip


class Received(msgspec.Struct, kw_only=True, array_like=True):
    """One thing a device said. `again_within`: for how long the same is a repetition; None is for ever.

    A `Struct`, because thousands a second are made, handed to a process that writes, and read there.
    """

    region: str
    source: str
    device: UUID | None
    serial: int | None
    command: int | None
    kind: int | None
    number: int
    sort: str
    raw: bytes
    facts: dict[str, Any]
    device_at: datetime | None
    received_at: datetime
    fingerprint: bytes
    again_within: timedelta | None = None
    answers: UUID | None = None


_FACTS = msgspec.json.Encoder(order="deterministic")


class Row:
    """One signal on its way to its table; both forms share what costs something to write."""

    __slots__ = ("answers", "device", "device_at", "facts", "fingerprint", "here", "one", "raw", "received_at", "salt")

    def __init__(
        self,
        one: Received,
        *,
        id: str,
        line: str,
        county: str,
        position: int,
        way: str,
        salt: bytes,
    ) -> None:
        self.one, self.salt = one, salt
        self.here = id, county, line, position, way
        self.device = None if one.device is None else _uuid(one.device)
        self.answers = None if one.answers is None else str(one.answers)
        self.device_at = None if one.device_at is None else _moment(one.device_at)
        self.received_at = _moment(one.received_at)
        self.facts = _FACTS.encode(one.facts).decode()
        self.raw, self.fingerprint = one.raw.hex(), one.fingerprint.hex()

    def copied(self) -> str:
        """The row in COPY's text form, in the order of COLUMNS."""
        one, facts, (id_, county, line, position, way) = self.one, self.facts, self.here
        # Line ends and tabs stand escaped in JSON; a source is made of letters and digits.
        if "\\" in facts:
            facts = facts.replace("\\", "\\\\")
        return (
            f"{id_}\t{county}\t{one.region}\t\\\\x{self.salt.hex()}\t{line}\t{position}\t{way}\t{one.source}\t"
            f"{_or(self.device)}\t{_or(one.serial)}\t{_or(one.command)}\t{_or(one.kind)}\t{one.number}\t{one.sort}\t"
            f"\\\\x{self.raw}\t{facts}\t{_or(self.device_at)}\t{self.received_at}\t\\\\x{self.fingerprint}\t"
            f"{_or(self.answers)}\n"
        )

    def digest(self, algorithm: Algorithm) -> bytes:
        """What `digest_of` gives for the row once it is stored: its columns by name, as canonical JSON."""
        one, (id_, county, line, position, way) = self.one, self.here
        text = (
            f'{{"answers":{_json(self.answers)},"command":{_json(one.command)},"county":"{county}",'
            f'"device":{_json(self.device)},"device_at":{_json(self.device_at)},"facts":{self.facts},'
            f'"fingerprint":"{self.fingerprint}","id":"{id_}","kind":{_json(one.kind)},"line":"{line}",'
            f'"number":{one.number},"position":{position},"raw":"{self.raw}","received_at":"{self.received_at}",'
            f'"region":"{one.region}","serial":{_json(one.serial)},"sort":"{one.sort}","source":"{one.source}",'
            f'"way":"{way}"}}'
        )
        return keyed(self.salt, text.encode(), algorithm=algorithm)


_uuid = lru_cache(maxsize=8192)(str)


@lru_cache(maxsize=4096)
def _moment(value: datetime) -> str:
    if value.tzinfo is not UTC:
        value = value.astimezone(UTC)
    return value.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _or(value: object) -> object:
    return "\\N" if value is None else value


def _json(value: int | str | None) -> object:
    return "null" if value is None else value if type(value) is int else f'"{value}"'
