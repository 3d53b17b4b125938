"""When evidence counts for a duty, how much of it is asked, and when its time is over: the same for every body."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from shouwang.kernel.decision import Reason
from shouwang.kernel.workdays import Calendar as Workdays
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Calendar, Duty, Once, State
from shouwang.rules.clocks import deadline
from shouwang.rules.periods import before
from shouwang.rules.seen import Period, Seen

CASE = "case"


class Frame(NamedTuple):
    """`unset` holds the reasons why it cannot be judged. Evidence counts from `opens` until before `closes`."""

    due_at: datetime | None = None
    until: datetime | None = None
    least: int = 1
    opens: datetime | None = None
    closes: datetime | None = None
    notes: tuple[Reason, ...] = ()
    unset: tuple[Reason, ...] = ()
    times: int = 1


class Found(NamedTuple):
    """A moment or number of the pack, what to note about it, or why there is none."""

    at: datetime | None = None
    notes: tuple[Reason, ...] = ()
    unset: tuple[Reason, ...] = ()


def frame_of_period(pack: Pack, workdays: Workdays, duty: Duty, period: Period) -> Frame:
    """A period ends with its last day; a report on it is due later, a plan for it may be due early."""
    assert isinstance(duty.trigger, Calendar)
    opens, closes = _midnight(pack, period.start), _midnight(pack, period.end + timedelta(days=1))
    last = closes - timedelta(seconds=1)
    name, early = duty.deadline.parameter, duty.deadline.anchor == "period_start"
    if name is None:
        due = Found(last)
    elif early:
        due = clock(pack, workdays, name, opens, on=period.end)
    else:
        due = clock(pack, workdays, name, last, on=period.end)
        opens, closes = _after(pack, workdays, duty, period), (due.at or last) + timedelta(seconds=1)
    return _framed(pack, workdays, duty, due, on=period.end, opens=opens, closes=closes)


def frame_of_day(pack: Pack, workdays: Workdays, duty: Duty, on: date) -> Frame:
    """One time, by the day the pack names."""
    assert isinstance(duty.trigger, Once)
    parameter = pack.parameters[duty.trigger.by]
    value = parameter.on(on)
    if not value.is_set:
        return Frame(unset=(_unset(pack, parameter.id),))
    day = date.fromisoformat(str(value.value)) + timedelta(days=0 if duty.trigger.before else 1)
    notes = (Reason("value_default", {"parameter": parameter.id}),) if value.provenance == "default" else ()
    due = Found(_midnight(pack, day) - timedelta(seconds=1), notes)
    return _framed(pack, workdays, duty, due, on=on)


def frame_of_case(pack: Pack, workdays: Workdays, duty: Duty, opening: Seen) -> Frame:
    """The case's own clock, or the duty's from the moment of what opened it."""
    on = opening.occurred_at.astimezone(pack.zone).date()
    name = duty.deadline.parameter
    if name is None or name == CASE:
        due = Found(opening.due_at, (), () if opening.due_at else (Reason("deadline_missing"),))
    else:
        due = clock(pack, workdays, name, opening.occurred_at, on=on)
    return _framed(pack, workdays, duty, due, on=on, opens=opening.occurred_at)


def frame_since(pack: Pack, workdays: Workdays, duty: Duty, since: datetime, *, on: date) -> Frame:
    """From a moment on, with the time the duty gives for it, or as long as a proof of it holds; else at once."""
    name = duty.deadline.parameter or (duty.trigger.valid if isinstance(duty.trigger, State) else None)
    due = Found(since) if name is None else clock(pack, workdays, name, since, on=on)
    return _framed(pack, workdays, duty, due, on=on)


def clock(pack: Pack, workdays: Workdays, name: str, at: datetime, *, on: date) -> Found:
    """The end of a clock that runs from `at`, with the value of the day `on`."""
    told = deadline(pack, workdays, name, at, on=on)
    if told.verdict is None:
        return Found(None, (), told.reasons)
    return Found(told.verdict.at, tuple(one for one in told.reasons if one.code != "due_by"))


def _framed(
    pack: Pack,
    workdays: Workdays,
    duty: Duty,
    due: Found,
    *,
    on: date,
    opens: datetime | None = None,
    closes: datetime | None = None,
) -> Frame:
    least, least_unset = least_of(pack, duty, on)
    times, times_unset = _times_of(pack, duty, on)
    until, unset = due.at, due.unset + least_unset + times_unset
    if due.at is not None and duty.deadline.grace is not None:
        grace = clock(pack, workdays, duty.deadline.grace, due.at, on=on)
        until, unset = grace.at, unset + grace.unset
    return Frame(due.at, until, least, opens, closes, due.notes, unset, times)


def least_of(pack: Pack, duty: Duty, on: date) -> tuple[int, tuple[Reason, ...]]:
    """How much evidence is asked: a percentage where objects are to be reached."""
    least = duty.evidence.least
    if isinstance(least, int):
        return (100 if duty.objects is not None else least), ()
    value = pack.value(least, on=on)
    return (int(value.value or 0), ()) if value.is_set else (0, (_unset(pack, least),))


def _times_of(pack: Pack, duty: Duty, on: date) -> tuple[int, tuple[Reason, ...]]:
    name = duty.evidence.times
    if name is None:
        return 1, ()
    value = pack.value(name, on=on)
    return (int(value.value or 0), ()) if value.is_set else (0, (_unset(pack, name),))


def _after(pack: Pack, workdays: Workdays, duty: Duty, period: Period) -> datetime:
    """Where the deadline of the period before lies: what is done later counts for this one."""
    assert isinstance(duty.trigger, Calendar) and duty.deadline.parameter is not None
    earlier = before(duty.trigger, period)
    start = _midnight(pack, period.start)
    if earlier is None:
        return start
    due = clock(pack, workdays, duty.deadline.parameter, start - timedelta(seconds=1), on=earlier.end)
    return (due.at or start) + timedelta(seconds=1)


def _unset(pack: Pack, name: str) -> Reason:
    return Reason("value_unset", {"parameter": name, "keeper": pack.parameters[name].keeper})


def _midnight(pack: Pack, day: date) -> datetime:
    return datetime.combine(day, time(), pack.zone)
