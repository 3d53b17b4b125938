"""What a pause or an extension makes of a deadline, in working days as the clock was counted (暂停、延期后的期限)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shouwang.kernel.decision import Decision, Reason
from shouwang.kernel.workdays import Calendar
from shouwang.policy import Pack
from shouwang.rules.clocks import Due, deadline

PAUSE, EXTENSION = "hazard.pause.workdays", "hazard.extension.workdays"
LIMITS = {"pauses": "hazard.pauses.count", "extensions": "hazard.extensions.count"}
HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Left:
    """What was left of a clock when it was paused: hours of a clock in hours, working days of any other."""

    hours: float = 0.0
    workdays: int = 0

    @property
    def in_hours(self) -> bool:
        return self.hours > 0


def allowed(pack: Pack, on: date) -> dict[str, int]:
    """How often a case may be paused and extended; a number nobody gave allows none."""
    return {what: _number(pack, name, on) for what, name in LIMITS.items()}


def longest_extension(pack: Pack, on: date) -> int:
    return _number(pack, EXTENSION, on)


def left_of(pack: Pack, calendar: Calendar, *, grade: str, at: datetime, due_at: datetime) -> Left:
    """What is left at a moment; the day of the pause itself is spent."""
    if pack.parameters[pack.clocks[grade]].unit == HOURS:
        return Left(hours=(due_at - at).total_seconds() / 3600)
    return Left(workdays=max(calendar.between(_day(pack, at), _day(pack, due_at)), 1))


def pause_until(pack: Pack, calendar: Calendar, at: datetime) -> Decision[Due | None]:
    """The end of the longest pause the place allows."""
    return deadline(pack, calendar, PAUSE, at)


def due_after(pack: Pack, calendar: Calendar, *, left: Left, resumed: datetime, due_at: datetime) -> Due:
    """The deadline when the clock runs again at `resumed`; it never comes before the one there was."""
    if left.in_hours:
        return Due(max(resumed + timedelta(hours=left.hours), due_at), False, "", "")
    return _closing(pack, calendar, _day(pack, resumed), left.workdays, due_at)


def due_extended(pack: Pack, calendar: Calendar, *, due_at: datetime, workdays: int) -> Due:
    return _closing(pack, calendar, _day(pack, due_at), workdays, due_at)


def told(left: Left) -> dict[str, str | int]:
    """What is left, as a number with its unit for a sentence."""
    if left.in_hours:
        return {"amount": round(left.hours), "unit": HOURS}
    return {"amount": left.workdays, "unit": "workdays"}


def paused_reason(pack: Pack, *, until: datetime, before: datetime, after: datetime, left: Left) -> Reason:
    days = {"until": until, "before": before, "after": after}
    return Reason("paused_until", {**{name: _day(pack, at).isoformat() for name, at in days.items()}, **told(left)})


def _closing(pack: Pack, calendar: Calendar, day: date, workdays: int, due_at: datetime) -> Due:
    end = calendar.add(day, workdays)
    closes: time = due_at.astimezone(pack.zone).timetz()
    return Due(max(datetime.combine(end.day, closes), due_at), end.provisional, "", "")


def _day(pack: Pack, at: datetime) -> date:
    return at.astimezone(pack.zone).date()


def _number(pack: Pack, name: str, on: date) -> int:
    return int(pack.value(name, on=on).value or 0) if name in pack.parameters else 0
