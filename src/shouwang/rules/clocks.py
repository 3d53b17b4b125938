"""By when something must be done, by the working-day calendar and the values of that day (时限)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shouwang.kernel.decision import Decision, Reason
from shouwang.kernel.workdays import Calendar
from shouwang.policy import Pack, Value

CLOSES = "workday.closes"


class UnsetDeadline(LookupError):
    """A clock nobody has set; ``keeper`` is the post that must enter it."""

    def __init__(self, parameter: str, keeper: str) -> None:
        super().__init__(f"{parameter} has no value; it is for {keeper} to enter")
        self.parameter = parameter
        self.keeper = keeper


@dataclass(frozen=True, slots=True)
class Due:
    at: datetime
    provisional: bool
    parameter: str
    provenance: str


def due(pack: Pack, calendar: Calendar, grade: str, at: datetime) -> Decision[Due]:
    """The clock of a grade, running from the moment work is sent. Raises UnsetDeadline."""
    name = pack.clocks[grade]
    found = deadline(pack, calendar, name, at)
    if found.verdict is None:
        raise UnsetDeadline(name, pack.parameters[name].keeper)
    return Decision(found.verdict, found.reasons, found.clauses)


def deadline(
    pack: Pack, calendar: Calendar, name: str, at: datetime, *, on: date | None = None
) -> Decision[Due | None]:
    """The end of any clock of the pack; None, with the post that must enter it, while it is unset.

    The value is that of the day it starts, or of the day `on`.
    """
    parameter = pack.parameters[name]
    local = at.astimezone(pack.zone)
    value = parameter.on(on or local.date())
    if not value.is_set:
        reason = Reason("value_unset", {"parameter": name, "keeper": parameter.keeper})
        return Decision(None, (reason,), (parameter.row,))
    end, provisional = _end(pack, calendar, (parameter.unit, int(value.value or 0)), local)
    reasons = [Reason("due_by", {"parameter": name, "amount": value.value or 0, "unit": parameter.unit})]
    if value.provenance == "default":
        reasons.append(Reason("value_default", {"parameter": name}))
    if provisional:
        reasons.append(Reason("provisional_day", {"day": end.date().isoformat()}))
    return Decision(Due(end, provisional, name, value.provenance), tuple(reasons), (parameter.row,))


def _end(pack: Pack, calendar: Calendar, length: tuple[str, int], local: datetime) -> tuple[datetime, bool]:
    unit, amount = length
    match unit:
        case "hours":
            return local + timedelta(hours=amount), False
        case "days":
            return end_of(pack, local.date() + timedelta(days=amount)), False
        case "workdays":
            last = calendar.add(local.date(), amount)
            return end_of(pack, last.day), last.provisional
        case "months":
            return end_of(pack, _months_on(local.date(), amount)), False
        case _:
            raise ValueError(f"a clock cannot be counted in {unit}")


def _months_on(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def end_of(pack: Pack, day: date) -> datetime:
    """An office's day ends when the office does, not at midnight."""
    return datetime.combine(day, _clock(pack.value(CLOSES, on=day)), pack.zone)


def _clock(value: Value) -> time:
    return time.fromisoformat(str(value.value)) if value.is_set else time(23, 59)
