"""What the bits of a status say (figures 6, 7, 9, 13 and 14), and what kind of signal an object is.

FIRE raises whatever bit 0 says: three independent captures of real alarms carry bit 0 = 0, "test".
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from .layouts import Object

SYSTEM = (
    "normal", "fire", "fault", "shielded", "supervisory", "started", "feedback", "delay", "main_power", "backup_power",
    "bus", "manual", "configuration", "reset",
)  # fmt: skip
COMPONENT = (
    "normal",
    "fire",
    "fault",
    "shielded",
    "supervisory",
    "started",
    "feedback",
    "delay",
    "main_power",
)
DEVICE = ("normal", "fire", "fault", "main_power", "backup_power", "link", "line")
OPERATION = ("reset", "silence", "manual_alarm", "cleared", "self_test", "confirm", "test")
DEVICE_OPERATION = (*OPERATION[:5], "duty_answer", "test")

BITS: Mapping[int, tuple[str, Sequence[str]]] = {
    1: ("status", SYSTEM),
    2: ("status", COMPONENT),
    4: ("operation", OPERATION),
    21: ("status", DEVICE),
    24: ("operation", DEVICE_OPERATION),
}
FAULTS = frozenset({"fault", "main_power", "backup_power", "bus", "link", "line"})
# The gravest first; the rest is a condition that nobody has to run for.
GRAVEST = ("fire", "manual_alarm", "duty_answer", "supervisory", "shielded", "started", "feedback", "delay")
# Sorts of signal a desk tells apart, for types without bits.
SORTS = {3: "value", 5: "version", 6: "configuration", 7: "configuration", 8: "clock", 25: "version",
         26: "configuration", 28: "clock"}  # fmt: skip
_KNOWN: dict[tuple[int, int], tuple[str, ...]] = {}


def flags_of(kind: int, facts: Object) -> tuple[str, ...]:
    """The bits that stand, by name; `test` where the normal-running bit of a status does not."""
    if kind not in BITS:
        return ()
    field, names = BITS[kind]
    word = facts[field]
    if (kind, word) not in _KNOWN:
        _KNOWN[kind, word] = _named(field, names, word)
    return _KNOWN[kind, word]


def _named(field: str, names: Sequence[str], word: int) -> tuple[str, ...]:
    found = [name for bit, name in enumerate(names) if word >> bit & 1 and name != "normal"]
    return tuple([*found, "test"] if field == "status" and not word & 1 else found)


@lru_cache(maxsize=4096)
def sort_of(kind: int, flags: tuple[str, ...]) -> str:
    """What a desk calls it: the gravest of its flags."""
    if kind not in BITS:
        return SORTS.get(kind, "unknown")
    for name in GRAVEST[:3]:
        if name in flags:
            return name
    if FAULTS.intersection(flags):
        return "fault"
    return next(
        (name for name in GRAVEST[3:] if name in flags),
        "normal" if BITS[kind][0] == "status" else "operation",
    )
