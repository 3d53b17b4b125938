"""What the alarms room announces as evidence: that one rang, help was proposed, somebody went, what it was."""

from datetime import datetime
from typing import Any

from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.models import Evidence

from .models import Alarm

ROOM = "alarms"
RAISED, PROPOSED, SETTLED, ATTENDED, KNOWN = (
    f"alarm.{one}" for one in ("raised", "proposed", "settled", "attended", "acknowledged")
)
OUTCOMES = ("real", "false_alarm", "tested", "unreachable")
ATTENDING = ("set_out", "arrive")


def rang(alarm: Alarm, *, at: datetime) -> Evidence:
    return _about(RAISED, alarm, at, {"kind": alarm.kind})


def proposed(alarm: Alarm, cause: str, *, at: datetime) -> Evidence:
    return _about(PROPOSED, alarm, at, {"cause": cause, "seconds": _after(alarm, at)})


def known(alarm: Alarm, level: str, *, at: datetime) -> Evidence:
    return _about(KNOWN, alarm, at, {"level": level, "seconds": _after(alarm, at)})


def turned(alarm: Alarm, act: str, target: str, *, at: datetime) -> list[Evidence]:
    """What a step proves; going there changes no state and counts by itself."""
    seconds = {"seconds": _after(alarm, at)}
    if act in ATTENDING:
        return [_about(ATTENDED, alarm, at, {"act": act, **seconds})]
    return [_about(SETTLED, alarm, at, {"outcome": target, **seconds})] if target in OUTCOMES else []


def _after(alarm: Alarm, at: datetime) -> int:
    """From the first signal, by our own clock: that of the device may be wrong."""
    return max(0, round((at - alarm.raised_at).total_seconds()))


def _about(kind: str, alarm: Alarm, at: datetime, facts: dict[str, Any]) -> Evidence:
    return evidence(kind, subject=alarm.id, region=alarm.region, room=ROOM, at=at, facts=facts)
