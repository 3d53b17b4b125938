"""Values that offices gave, laid over those a pack ships: who decides on which day (取值分层)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import structs

from shouwang.policy.values import Value

# What the plan or a standard says is not for an office to decide otherwise.
DECIDED = ("plan", "standard")


class Local(NamedTuple):
    """A value an office gave (本地取值), from its own day on; `until` is the day it was taken back."""

    value: Value
    until: date | None = None

    def stands(self, day: date) -> bool:
        since = self.value.since
        return since is not None and since <= day and (self.until is None or day < self.until)


Layer = Sequence[Local]


def layered(shipped: Sequence[Value], layers: Sequence[Layer]) -> tuple[Value, ...]:
    """The dated values that come of it: the highest office first among `layers`, the nearest last.

    Within a layer what was entered later stands before what was entered earlier for the same day.
    """
    found: list[Value] = []
    for day in sorted(_days(shipped, layers)):
        standing = _on(day, shipped, layers)
        if standing is not None and not (found and _same(found[-1], standing)):
            found.append(structs.replace(standing, since=day))
    return tuple(found)


def _days(shipped: Iterable[Value], layers: Sequence[Layer]) -> set[date]:
    """Every day on which something may change."""
    given = [one for layer in layers for one in layer]
    days = {value.since for value in shipped} | {one.value.since for one in given}
    return {day for day in days | {one.until for one in given} if day is not None}


def _on(day: date, shipped: Sequence[Value], layers: Sequence[Layer]) -> Value | None:
    ours = _newest([value for value in shipped if value.since is not None and value.since <= day])
    if ours is not None and ours.provenance in DECIDED:
        return ours
    for layer in reversed(layers):
        given = _newest([one.value for one in layer if one.stands(day)])
        if given is not None:
            return given
    return ours


def _newest(values: Sequence[Value]) -> Value | None:
    """Of two of one day, the one that comes later in the list."""
    ranked = sorted(values, key=lambda value: value.since or date.min)
    return ranked[-1] if ranked else None


def _same(one: Value, other: Value) -> bool:
    return structs.replace(one, since=None) == structs.replace(other, since=None)
