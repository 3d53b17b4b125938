"""Which duties of which bodies exist on a day, and which of them new evidence can touch (判定范围)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Calendar, Duty
from shouwang.rules.bearers import LENGTHS, bearer_of, bodies_of, is_bearer
from shouwang.rules.needs import Needs
from shouwang.rules.periods import before, is_of, lacks_days, named, period_of, periods
from shouwang.rules.proofs import proved_by_own
from shouwang.rules.seen import Body, Period, Seen, fits
from shouwang.rules.world import Item

Span = tuple[date, date]
# Periods of a duty around a day, worked out once.
Days = dict[tuple[str, date], list[Period | None]]


def open_periods(pack: Pack, duty: Duty, span: Span) -> list[Period | None]:
    """The periods of a duty that touch a span of days; None stands for one that has none, or no days yet."""
    if not isinstance(duty.trigger, Calendar):
        return [None]
    found: list[Period | None] = list(periods(pack, duty.trigger, first=span[0], last=span[1]))
    return [*found, None] if lacks_days(pack, duty.trigger, span[0].year, span[1].year) else found


def all_items(pack: Pack, needs: Needs, bodies: Iterable[Body], span: Span) -> Iterator[Item]:
    """Everything owed in a span of days."""
    known = list(bodies)
    for duty in needs.bodies:
        open_now = open_periods(pack, duty, span)
        yield from _items(duty, known, open_now)


def begun_items(pack: Pack, needs: Needs, bodies: Iterable[Body], span: Span) -> Iterator[Item]:
    """What begins in a span of days: a day that begins no period begins nothing."""
    known = list(bodies)
    for duty in needs.bodies:
        begun = [one for one in open_periods(pack, duty, span) if one is not None and one.start >= span[0]]
        if begun:
            yield from _items(duty, known, begun)


def _items(duty: Duty, known: Iterable[Body], open_now: Sequence[Period | None]) -> Iterator[Item]:
    for body in bodies_of(duty, known):
        yield from (Item(duty, body, period) for period in open_now if stood_in(body, period))


def stood_in(body: Body, period: Period | None) -> bool:
    """Whether a body stood on any day of a period: what merged before it owes nothing of it, nor what came after."""
    if period is None:
        return True
    begun = body.since is None or body.since <= period.end
    return begun and (body.until is None or body.until > period.start)


def touched_items(
    pack: Pack, needs: Needs, bodies: Mapping[str, Body], fresh: Iterable[Seen], span: Span
) -> Iterator[Item]:
    """What new evidence can change, each once. `span` runs from the first day duties were owed to today."""
    seen: set[tuple[str, str, str]] = set()
    days: Days = {}
    for one in fresh:
        for duty, regions, found in _touched(pack, needs, one, span=span, days=days):
            for body in (bodies[region] for region in regions if region in bodies):
                if not is_bearer(duty, body):
                    continue
                for period in (one for one in found if stood_in(body, one)):
                    key = duty.id, body.region, period.name if period else ""
                    if key not in seen:
                        seen.add(key)
                        yield Item(duty, body, period)


def _touched(
    pack: Pack, needs: Needs, one: Seen, *, span: Span, days: Days
) -> Iterator[tuple[Duty, tuple[str, ...], list[Period | None]]]:
    for duty in needs.proving.get(one.kind, ()):
        if one.kind in duty.waived_by:
            yield duty, (one.region,), open_periods(pack, duty, span)
        elif not fits(duty.evidence.where, one.facts):
            # What it said before it was changed is among the evidence too, and was looked at there.
            continue
        elif proved_by_own(duty):
            yield duty, (one.region,), _periods_of(pack, duty, one, span=span, days=days)
        else:
            yield duty, _above(duty, one.region), _periods_of(pack, duty, one, span=span, days=days)
    for duty in needs.telling.get(one.kind, ()):
        yield duty, (one.region,), open_periods(pack, duty, span)


def _above(duty: Duty, region: str) -> tuple[str, ...]:
    return (bearer_of(duty.bearer.level, region),) if duty.bearer.level in LENGTHS else ()


def _periods_of(pack: Pack, duty: Duty, one: Seen, *, span: Span, days: Days) -> list[Period | None]:
    """The period it happened in, those whose deadline lies after their end, and the one it says it is for."""
    trigger = duty.trigger
    if not isinstance(trigger, Calendar):
        return [None]
    told = named(pack, str(one.facts.get("period", "")))
    if told is not None and is_of(trigger, told):
        return [told] if _in(told, span) else []
    # It names none, or one of another length: its day decides.
    day = _day(pack, one.occurred_at)
    if (duty.id, day) not in days:
        around = dict.fromkeys((period_of(pack, trigger, day), *_before(pack, duty, day)))
        days[duty.id, day] = [found for found in around if found is not None and _in(found, span)]
    return days[duty.id, day]


def _before(pack: Pack, duty: Duty, day: date) -> list[Period | None]:
    """Periods that ended before the day and whose deadline may lie after it: at most a year back."""
    assert isinstance(duty.trigger, Calendar)
    if duty.deadline.parameter is None or duty.deadline.anchor == "period_start":
        return []
    first = day - timedelta(days=366)
    if duty.trigger.every == "season":
        return list(periods(pack, duty.trigger, first=first, last=day))
    found: list[Period | None] = []
    trigger = duty.trigger
    whole = Calendar(every=trigger.every)
    period = period_of(pack, whole, day)
    while period is not None and len(found) < 3 and period.start > first:
        period = before(trigger, period)
        found.append(period)
    return [one for one in found if one is not None and (not trigger.months or one.start.month in trigger.months)]


def _in(period: Period, span: Span) -> bool:
    return period.end >= span[0] and period.start <= span[1]


def _day(pack: Pack, at: datetime) -> date:
    return at.astimezone(pack.zone).date()
