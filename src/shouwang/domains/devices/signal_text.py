"""A signal as text (信号写法): the line that COPY takes and the bytes that are digested, made once for both.

Written field by field a signal costs ten times as much as everything else that receiving it takes. That both forms say
what the model says is held by `tests/domains/test_device_signals.py`.
"""

from dataclasses import dataclass
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


@dataclass(slots=True, kw_only=True)
class Received:
    """One thing a device said. `again_within`: for how long the same is a repetition; None is for ever."""

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
    """One signal on its way to its table."""

    __slots__ = ("one", "values")

    def __init__(
        self,
        one: Received,
        *,
        id: str,
        line: str,
        county: str,
        position: int,
        way: str,
        salt: bytes | None = None,
    ) -> None:
        self.one = one
        self.values = (
            id, county, line, position, way,
            _FACTS.encode(one.facts).decode(), None if one.device_at is None else _moment(one.device_at),
            _moment(one.received_at), one.raw.hex(), one.fingerprint.hex(), salt,
        )  # fmt: skip

    def copied(self) -> str:
        """The row in COPY's text form, in the order of COLUMNS."""
        one = self.one
        id_, county, line, position, way, facts, device_at, received_at, raw, fingerprint, salt = self.values
        # Line ends and tabs stand escaped in JSON; a source is made of letters and digits.
        if "\\" in facts:
            facts = facts.replace("\\", "\\\\")
        return (
            f"{id_}\t{county}\t{one.region}\t\\\\x{salt.hex()}\t{line}\t{position}\t{way}\t{one.source}\t"
            f"{_or(one.device)}\t{_or(one.serial)}\t{_or(one.command)}\t{_or(one.kind)}\t{one.number}\t{one.sort}\t"
            f"\\\\x{raw}\t{facts}\t{_or(device_at)}\t{received_at}\t\\\\x{fingerprint}\t{_or(one.answers)}\n"
        )

    def digest(self, algorithm: Algorithm) -> bytes:
        """What `digest_of` gives for the row once it is stored: its columns by name, as canonical JSON."""
        one = self.one
        id_, county, line, position, way, facts, device_at, received_at, raw, fingerprint, salt = self.values
        text = (
            f'{{"answers":{_json(one.answers)},"command":{_json(one.command)},"county":"{county}",'
            f'"device":{_json(one.device)},"device_at":{_json(device_at)},"facts":{facts},'
            f'"fingerprint":"{fingerprint}","id":"{id_}","kind":{_json(one.kind)},"line":"{line}",'
            f'"number":{one.number},"position":{position},"raw":"{raw}","received_at":"{received_at}",'
            f'"region":"{one.region}","serial":{_json(one.serial)},"sort":"{one.sort}","source":"{one.source}",'
            f'"way":"{way}"}}'
        )
        return keyed(salt, text.encode(), algorithm=algorithm)


@lru_cache(maxsize=4096)
def _moment(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _or(value: object) -> object:
    return "\\N" if value is None else value


def _json(value: UUID | int | str | None) -> object:
    return "null" if value is None else value if type(value) is int else f'"{value}"'
