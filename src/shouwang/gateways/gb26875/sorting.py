"""What a frame asks for (分拣): what is to be kept of it, and what its sender is told once that is on disk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shouwang.domains.devices.signal_text import Received
from shouwang.kernel.gb26875.frames import Command, Frame, Refused, moment_of
from shouwang.kernel.gb26875.layouts import LAYOUTS, cut, read
from shouwang.kernel.gb26875.meaning import flags_of, sort_of
from shouwang.kernel.gb26875.profiles import Profile
from shouwang.kernel.gb26875.repeating import fingerprint
from shouwang.rules.device_hearing import again_within

UNREADABLE, UNKNOWN = "unreadable", "unknown"
ANSWERS = {Command.CONFIRM: "confirmed", Command.ANSWER: "answered", Command.DENY: "denied"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """Whom a frame came from, as far as that is known."""

    county: str
    region: str
    device: UUID | None
    profile: Profile


@dataclass(slots=True)
class Sorted:
    """What to keep; how to reply: a command, None for silence; what goes with it."""

    keep: list[Received]
    reply: Command | None = None
    data: bytes = b""


def sort(frame: Frame, sender: Sender, *, now: datetime, answers: UUID | None = None) -> Sorted:
    """Judge one frame. Nothing a device says is thrown away but that it lives."""
    command, data = frame.command, frame.data
    if command == Command.SEND:
        return _sent(frame, sender, now)
    if command in ANSWERS:
        return _answered(frame, sender, now, answers)
    if command >= 128:
        return Sorted([_raw(frame, sender, now, UNKNOWN, data)], Command.CONFIRM)
    # Requests and controls go down only, the rest is reserved.
    return Sorted([_raw(frame, sender, now, UNREADABLE, data)], Command.DENY)


def _sent(frame: Frame, sender: Sender, now: datetime) -> Sorted:
    data, profile = frame.data, sender.profile
    if len(data) < 2:
        answer = profile.short.get(data[0]) if data else None
        return Sorted([], Command.CONFIRM, b"" if answer is None else bytes((answer,)))
    if data[0] in profile.heartbeats:
        return Sorted([], Command.CONFIRM)
    try:
        return Sorted(_objects(frame, sender, now), Command.CONFIRM)
    except Refused as refused:
        return Sorted(
            [_raw(frame, sender, now, UNREADABLE, data, facts={"error": str(refused)})], Command.DENY
        )


def _answered(frame: Frame, sender: Sender, now: datetime, answers: UUID | None) -> Sorted:
    """Answers are kept where something was asked; they are never answered themselves."""
    found: list[Received] = []
    if frame.command == Command.ANSWER and len(frame.data) >= 2:
        try:
            found = _objects(frame, sender, now)
        except Refused as refused:
            found = [_raw(frame, sender, now, UNREADABLE, frame.data, facts={"error": str(refused)})]
    elif answers is not None:
        found = [_raw(frame, sender, now, ANSWERS[Command(frame.command)], frame.data)]
    for one in found:
        one.answers = answers
    return Sorted(found)


def _objects(frame: Frame, sender: Sender, now: datetime) -> list[Received]:
    layouts = sender.profile.layouts
    kind, count, parts = cut(frame.data, layouts)
    layout = layouts.get(kind)
    if layout is None:
        return [_raw(frame, sender, now, UNKNOWN, frame.data, facts={"count": count})]
    source, big = str(frame.source), sender.profile.big_address
    found = []
    for number, part in enumerate(parts):
        facts = read(layout, part)
        if timed := "time" in facts:
            device_at = facts.pop("time")
        else:
            device_at = moment_of(frame.label)
        flags = flags_of(kind, facts) if kind in LAYOUTS else ()
        if flags:
            facts["flags"] = list(flags)
        if big and "address" in facts:
            facts["address"] = bytes.fromhex(facts["address"])[::-1].hex()
        found.append(
            Received(
                region=sender.region,
                source=source,
                device=sender.device,
                serial=frame.serial,
                command=frame.command,
                kind=kind,
                number=number,
                sort=sort_of(kind, flags),
                raw=part,
                facts=facts,
                device_at=device_at,
                received_at=now,
                fingerprint=fingerprint(
                    frame.source, frame.serial, kind, part if timed else part + frame.label
                ),
                again_within=again_within(device_at, now),
            )  # fmt: skip
        )
    return found


def _raw(
    frame: Frame,
    sender: Sender,
    now: datetime,
    sort: str,
    data: bytes,
    *,
    facts: dict[str, Any] | None = None,
) -> Received:
    """A frame kept whole, because nobody can say what stands in it."""
    device_at = moment_of(frame.label)
    return Received(
        region=sender.region, source=str(frame.source), device=sender.device, serial=frame.serial,
        command=frame.command, kind=data[0] if data else None, number=0, sort=sort, raw=data, facts=facts or {},
        device_at=device_at, received_at=now,
        fingerprint=fingerprint(frame.source, frame.serial, frame.command, data + frame.label),
        again_within=again_within(device_at, now),
    )  # fmt: skip
