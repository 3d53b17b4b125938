"""Which duties lean on which values, and which undetermined ones could be judged once values are given (取值牵涉)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Calendar, Duty, Event, Once, State, Threshold
from shouwang.rules.clocks import CLOSES
from shouwang.rules.frames import CASE
from shouwang.rules.periods import named

WORKDAY_CLOCKS = ("days", "workdays", "months")
# Reasons of an undetermined verdict that do not keep it from being judged.
HARMLESS = frozenset({"condition_holds", "value_default", "provisional_day"})
WANTING = frozenset({"value_unset", "season_unset"})


class Undetermined(NamedTuple):
    """Verdicts of one duty that are undetermined for the same reasons: how many, of which time (无法判定)."""

    duty: str
    period: str
    reasons: Sequence[Mapping[str, Any]]
    n: int


def leaned_on(pack: Pack, duty: Duty) -> tuple[str, ...]:
    """The parameters a duty is judged by, each once."""
    clocks = [name for name in _clocks(pack, duty) if name in pack.parameters]
    ends_with_the_office = any(pack.parameters[name].unit in WORKDAY_CLOCKS for name in clocks)
    names = [*clocks, *_numbers(duty), *((CLOSES,) if ends_with_the_office else ())]
    return tuple(dict.fromkeys(name for name in names if name in pack.parameters))


def leaning(pack: Pack) -> Mapping[str, tuple[Duty, ...]]:
    """By parameter: the duties that lean on it."""
    found: dict[str, list[Duty]] = {}
    for duty in pack.duties.values():
        for name in leaned_on(pack, duty):
            found.setdefault(name, []).append(duty)
    return {name: tuple(duties) for name, duties in found.items()}


def missing(pack: Pack, group: Undetermined, *, on: date) -> tuple[str, ...]:
    """The parameters whose want keeps these verdicts undetermined; of a season, those not set on a day."""
    names: list[str] = []
    for reason in group.reasons:
        if reason["code"] == "value_unset":
            names.append(str(reason.get("params", {}).get("parameter", "")))
        elif reason["code"] == "season_unset" and group.duty in pack.duties:
            seasons = [name for name in _seasons(pack.duties[group.duty]) if name in pack.parameters]
            names += [name for name in seasons if not pack.value(name, on=on).is_set]
    return tuple(dict.fromkeys(name for name in names if name in pack.parameters))


def lacking(pack: Pack, groups: Iterable[Undetermined], *, on: date) -> Mapping[str, int]:
    """By parameter: how many verdicts are undetermined for want of it."""
    found: dict[str, int] = {}
    for group in groups:
        for name in missing(pack, group, on=on):
            found[name] = found.get(name, 0) + group.n
    return found


def judged_with(before: Pack, after: Pack, groups: Iterable[Undetermined], *, since: date) -> int:
    """How many undetermined verdicts can be judged once values stand from `since` on: at least so many.

    What waits for anything else too, or may (a duty above a threshold needs its fact besides), is not counted.
    """
    return sum(group.n for group in groups if _can_be_judged(before, after, group, since=since))


def _can_be_judged(before: Pack, after: Pack, group: Undetermined, *, since: date) -> bool:
    duty = before.duties.get(group.duty)
    waiting = missing(before, group, on=since)
    if duty is None or not waiting or isinstance(duty.trigger, Threshold):
        return False
    day = _day_of(before, group, since)
    if day is None or any(reason["code"] not in WANTING | HARMLESS for reason in group.reasons):
        return False
    if all(before.value(name, on=day).is_set for name in waiting):
        return False
    return all(after.value(name, on=day).is_set for name in (*waiting, *leaned_on(after, duty)))


def _day_of(pack: Pack, group: Undetermined, since: date) -> date | None:
    """The day whose values these verdicts take, if the new ones stand on it for sure."""
    period = named(pack, group.period) if group.period else None
    if period is None:
        return since
    day = period.start if isinstance(pack.duties[group.duty].trigger, Event) else period.end
    return day if day >= since else None


def _clocks(pack: Pack, duty: Duty) -> Iterator[str]:
    deadline, trigger = duty.deadline, duty.trigger
    if deadline.parameter == CASE:
        grade = trigger.where.get("grade") if isinstance(trigger, Event) else None
        yield from [clock for name, clock in pack.clocks.items() if grade is None or _among(name, grade)]
    elif deadline.parameter is not None:
        yield deadline.parameter
    if deadline.grace is not None:
        yield deadline.grace
    if isinstance(trigger, State) and trigger.valid is not None:
        yield trigger.valid


def _among(name: str, asked: object) -> bool:
    return name in asked if isinstance(asked, tuple) else name == asked


def _numbers(duty: Duty) -> Iterator[str]:
    trigger = duty.trigger
    if isinstance(duty.evidence.least, str):
        yield duty.evidence.least
    if isinstance(trigger, Threshold):
        yield trigger.least
    if isinstance(trigger, Once):
        yield trigger.by
    yield from _seasons(duty)


def _seasons(duty: Duty) -> list[str]:
    if not isinstance(duty.trigger, Calendar):
        return []
    return [f"season.{name}.{end}" for name in duty.trigger.seasons for end in ("starts", "ends")]
