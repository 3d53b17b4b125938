"""What a body's year holds (年度计划): every period of every duty, what is due once, and what comes as it comes."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal, NamedTuple, TypeAlias

from shouwang.kernel.decision import Reason
from shouwang.kernel.workdays import Calendar as Workdays
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Calendar, Duty, Event, Once, Threshold
from shouwang.rules.bearers import bodies_of
from shouwang.rules.eligibility import owes
from shouwang.rules.frames import frame_of_day, frame_of_period
from shouwang.rules.periods import periods
from shouwang.rules.seen import Body, Period

Sort: TypeAlias = Literal["period", "daily", "once", "always", "threshold", "event", "season"]


class Planned(NamedTuple):
    """One line of a plan: `first` to `last` are the days it may be done on, where the calendar says so.

    `unsure` holds why it cannot be told yet whether, or by when, the body owes it.
    """

    duty: str
    sort: Sort
    period: str = ""
    first: date | None = None
    last: date | None = None
    unsure: tuple[Reason, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.duty}|{self.period}"


def plan_of(pack: Pack, workdays: Workdays, body: Body, year: int, *, now: datetime) -> tuple[Planned, ...]:
    """The lines of a body's year, those with a day first, in the order of their days."""
    found: list[Planned] = []
    for duty in pack.duties.values():
        if not list(bodies_of(duty, (body,))) or _is_over(duty, year):
            continue
        owing = owes(pack, duty, body, now)
        if owing.verdict is not False:
            unsure = owing.reasons if owing.verdict is None else ()
            found += [
                one._replace(unsure=(*unsure, *one.unsure)) for one in _lines(pack, workdays, duty, year)
            ]
    return tuple(sorted(found, key=lambda one: (one.last or date.max, one.duty, one.period)))


def _lines(pack: Pack, workdays: Workdays, duty: Duty, year: int) -> Iterator[Planned]:
    match duty.trigger:
        case Calendar(every="day"):
            yield Planned(duty.id, "daily", str(year))
        case Calendar(every="season", seasons=seasons):
            known = list(_within(pack, duty.trigger, year))
            yield from (_line(pack, workdays, duty, one) for one in known)
            if len(known) < len(seasons):
                yield Planned(duty.id, "season", unsure=(Reason("season_unset", {"duty": duty.id}),))
        case Calendar():
            yield from (_line(pack, workdays, duty, one) for one in _within(pack, duty.trigger, year))
        case Once():
            yield from _once(pack, workdays, duty, year)
        case Threshold():
            yield Planned(duty.id, "threshold")
        case Event():
            yield Planned(duty.id, "event")
        case _:
            yield Planned(duty.id, "always")


def _within(pack: Pack, trigger: Calendar, year: int) -> Iterator[Period]:
    """Periods that bear the year's name: a season that runs over New Year is the year's it began in."""
    for period in periods(pack, trigger, first=date(year, 1, 1), last=date(year, 12, 31)):
        if period.name.startswith(str(year)):
            yield period


def _line(pack: Pack, workdays: Workdays, duty: Duty, period: Period) -> Planned:
    frame = frame_of_period(pack, workdays, duty, period)
    last = frame.due_at.astimezone(pack.zone).date() if frame.due_at else None
    first = frame.opens.astimezone(pack.zone).date() if frame.opens else period.start
    return Planned(duty.id, "period", period.name, min(first, last or first), last, frame.unset)


def _once(pack: Pack, workdays: Workdays, duty: Duty, year: int) -> Iterator[Planned]:
    """In the year its day lies in; whether it was done long ago is seen from the standing, not from the plan."""
    frame = frame_of_day(pack, workdays, duty, date(year, 12, 31))
    if frame.due_at is None:
        yield Planned(duty.id, "once", unsure=frame.unset)
        return
    day = frame.due_at.astimezone(pack.zone).date()
    if day.year == year:
        yield Planned(duty.id, "once", "", None, day)


def _is_over(duty: Duty, year: int) -> bool:
    return duty.superseded_on is not None and duty.superseded_on.year < year


def day_fits(line: Planned, day: date, year: int) -> bool:
    """A planned day lies within the days the line may be done on; without such days, within the year."""
    if day.year != year and (line.last is None or day > line.last):
        return False
    return (line.first is None or day >= line.first) and (line.last is None or day <= line.last)
