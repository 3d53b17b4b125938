"""What a signal does to an alarm (报警判断): it raises one, counts up, is news, clears one, or is none of its business.

One alarm stands per device and kind. FIRE always raises, whatever the bit of normal running says (GB/T 26875.3).
Cleared is a fact of the device, acknowledged one of people: neither says anything of the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

FIRE, GAS, CALL, MANUAL, FAULT, SUPERVISORY = "fire", "gas", "call", "manual", "fault", "supervisory"
# Kinds somebody must look into within seconds; the rest is work for a technician.
URGENT = (FIRE, GAS, CALL, MANUAL)
GAS_DETECTORS, CALL_POINTS = frozenset({10, 11, 12, 13}), frozenset({23, 24})
FIRES = {"fire": FIRE, "gas": GAS, "manual_alarm": CALL}
TROUBLES = {"fault": FAULT, "supervisory": SUPERVISORY}
# The gravest first: of a device that lost its mains and its line, the mains is why.
CAUSES = ("main_power", "link", "line", "backup_power", "bus", "tampered", "low_battery", "fault")
SETTLED, ENDED = ("false_alarm", "tested"), ("over",)


@dataclass(frozen=True, slots=True)
class Raises:
    """An alarm of this kind; `cause` says what failed where it is trouble, `part` which detector of a device."""

    kind: str
    part: str
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Clears:
    """These kinds are no more: of one part, or of the whole device where `part` is None."""

    kinds: tuple[str, ...]
    part: str | None


def told(sort: str, facts: Mapping[str, Any]) -> tuple[Raises | Clears, ...]:
    """What one signal says: several things where several bits stand; nothing where it is no news of an alarm."""
    flags, part = facts.get("flags") or (), part_of(facts)
    if sort in FIRES:
        found: list[Raises | Clears] = [Raises(_fire(sort, facts), part)]
        if TROUBLES.keys() & set(flags):
            found.append(Raises(FAULT, part, _cause(flags)))
        return tuple(found)
    if sort in TROUBLES:
        return (Raises(TROUBLES[sort], part, _cause(flags) if sort == "fault" else sort), *_no_fire(facts, part))
    if sort == "normal":
        return (Clears((FIRE, GAS, CALL, *TROUBLES.values()), part),)
    if sort == "operation" and {"reset", "cleared"} & set(flags):
        return (Clears((FIRE, GAS, CALL), None),)
    return ()


def part_of(facts: Mapping[str, Any]) -> str:
    """Which detector behind a device speaks; empty for the device itself."""
    if "address" in facts and "component" in facts:
        return f"{facts.get('system', 0)}.{facts.get('system_address', 0)}.{facts['component']}.{facts['address']}"
    if "system" in facts:
        return f"{facts['system']}.{facts.get('system_address', 0)}"
    return ""


def _fire(sort: str, facts: Mapping[str, Any]) -> str:
    component = facts.get("component")
    if sort == "fire" and component in GAS_DETECTORS:
        return GAS
    return CALL if component in CALL_POINTS else FIRES[sort]


def _cause(flags: Sequence[str]) -> str:
    return next((one for one in CAUSES if one in flags), "fault")


def _no_fire(facts: Mapping[str, Any], part: str) -> tuple[Clears, ...]:
    """A status word without the FIRE bit says that there is none; what is no status word says nothing of it."""
    return (Clears((FIRE, GAS, CALL), part),) if "status" in facts else ()


class Hearing(Enum):
    """What one more ring of a device and kind is."""

    RAISE = "a new alarm"
    NEWS = "it rings again while somebody verifies"
    COUNT = "the same again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the alarm stands that this device and kind has."""

    state: str
    heard_at: datetime
    cleared_at: datetime | None = None


def hear(standing: Standing | None, at: datetime, again: timedelta) -> Hearing:
    """`again`: how long a device must be silent after a result until a ring is an alarm of its own."""
    if standing is None or standing.state in ENDED:
        return Hearing.RAISE
    if standing.state in SETTLED and (standing.cleared_at is not None or at - standing.heard_at > again):
        return Hearing.RAISE
    # Rung again after it had stopped, or while somebody telephones: the desk must hear of it, not only count.
    if standing.state == "verifying" or (standing.cleared_at is not None and standing.state != "trouble"):
        return Hearing.NEWS
    return Hearing.COUNT


def must_sound(kind: str, state: str, *, proposed: bool) -> bool:
    """Whether a desk must hear it: somebody has to act within seconds and nobody has begun, or a fire is proposed."""
    if kind not in URGENT:
        return False
    return state == "ringing" or (proposed and state in ("verifying", "unreachable"))
