"""月历、年历: the days of one's tasks as plain tables, a month or a year at a time."""

from calendar import Calendar as Weeks
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import names
from shouwang.domains.duties.lists import Task, between
from shouwang.domains.duties.scopes import Sight
from shouwang.domains.people.actor import Actor
from shouwang.faces.board.month import MONTH, Month
from shouwang.faces.doors import signed_in
from shouwang.faces.tasks.wording import due_tone
from shouwang.faces.templatetags.words import duty_label, say
from shouwang.faces.verdicts import TONES, verdict_words
from shouwang.flows.see_ahead import Ahead, ahead
from shouwang.flows.see_tasks import looks_around, task_sight
from shouwang.flows.working_days import workdays_of
from shouwang.kernel.workdays import Calendar
from shouwang.policy import load
from shouwang.policy.festivals import festivals_between

MOST, SHOWN = 2000, 4
FIRST, LAST = 2023, 2100
MONDAY = 0


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A task on its day; one whose period has not begun leads nowhere yet."""

    label: str
    place: str
    tone: str
    verdict: str
    id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Day:
    """One square of the month."""

    on: date
    inside: bool
    off: bool
    today: bool
    entries: Sequence[Entry]
    festival: str = ""

    @property
    def more(self) -> int:
        return max(len(self.entries) - SHOWN, 0)

    @property
    def shown(self) -> Sequence[Entry]:
        return self.entries[:SHOWN]


@dataclass(frozen=True, kw_only=True)
class MonthLine:
    """One month of the year: how many tasks stand where, how many are still to come."""

    name: str
    words: str
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def all(self) -> int:
        return sum(self.counts.values())


@signed_in
def month(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Each day with what falls due on it; also in the months to come, since what is owed is known ahead."""
    now = timezone.now()
    asked = request.GET.get("month", "")
    this = timezone.localdate(now).strftime("%Y-%m")
    shown = Month(asked if MONTH.fullmatch(asked) else this, "9999-12")
    first, after = (date.fromisoformat(f"{name}-01") for name in (shown.name, shown.after))
    by_day = _entries(actor, first, after, now)
    workdays = workdays_of(actor.county)
    weeks = Weeks(MONDAY).monthdatescalendar(first.year, first.month)
    kept = dict(festivals_between(load(settings.PACK).festivals, first, after))
    days = _Days(first, by_day, workdays, {on: say(one.label) for on, one in kept.items()}, now)
    context = {
        "now": now,
        "month": shown,
        "weeks": [[_day(on, days) for on in week] for week in weeks],
        "festivals": sorted(days.festivals.items()),
        "weekdays": weekdays(),
        "tab": "month",
        "both": looks_around(actor),
        "list": [(day, entries) for day, entries in sorted(by_day.items())],
    }
    return render(request, "tasks/month.html", context)


@signed_in
def year(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Twelve lines with their counts, each leading to its month."""
    now = timezone.now()
    asked = request.GET.get("year", "")
    known = asked.isascii() and asked.isdigit() and FIRST <= int(asked) <= LAST
    shown = int(asked) if known else timezone.localdate(now).year
    first, after = date(shown, 1, 1), date(shown + 1, 1, 1)
    found = between(_sight(actor), since=_at(first), until=_at(after), most=MOST)
    coming = ahead(actor, since=first, until=after, now=now)
    context = {
        "now": now,
        "year": shown,
        "before": shown - 1 if shown > FIRST else 0,
        "after": shown + 1 if shown < LAST else 0,
        "lines": _lines(shown, found, coming),
        "tab": "year",
        "both": looks_around(actor),
        "most": MOST if len(found) >= MOST else 0,
    }
    return render(request, "tasks/year.html", context)


def _sight(actor: Actor) -> Sight:
    """One's own tasks; of who has none, those of their area."""
    whole = task_sight(actor)
    return whole.mine() if whole.own or whole.given else whole


def weekdays() -> list[str]:
    return [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]


def _entries(actor: Actor, first: date, after: date, now: datetime) -> dict[date, list[Entry]]:
    found = between(_sight(actor), since=_at(first), until=_at(after), most=MOST)
    coming = ahead(actor, since=first, until=after, now=now)
    places, duties = names({one.region for one in (*found, *coming)}), load(settings.PACK).duties
    by_day: dict[date, list[Entry]] = {}
    for task in found:
        if task.duty in duties and task.due_at is not None:
            entry = Entry(
                label=duty_label(task.duty),
                place=places[task.region],
                tone=due_tone(task.due_at, now) if task.verdict == "due" else TONES.get(task.verdict, ""),
                verdict=verdict_words(task.verdict),
                id=task.id,
            )
            by_day.setdefault(timezone.localdate(task.due_at), []).append(entry)
    for one in coming:
        entry = Entry(label=duty_label(one.duty), place=places[one.region], tone="", verdict=_("To come"))
        by_day.setdefault(one.day, []).append(entry)
    return by_day


def _lines(shown: int, found: Sequence[Task], coming: Sequence[Ahead]) -> list[MonthLine]:
    counts: dict[str, Counter[str]] = {}
    for task in found:
        if task.due_at is not None:
            name = timezone.localtime(task.due_at).strftime("%Y-%m")
            counts.setdefault(name, Counter())[task.verdict] += 1
    for one in coming:
        counts.setdefault(one.day.strftime("%Y-%m"), Counter())["coming"] += 1
    named = [f"{shown}-{number:02d}" for number in range(1, 13)]
    return [
        MonthLine(name=name, words=Month(name, name).words, counts=counts.get(name, {})) for name in named
    ]


class _Days(NamedTuple):
    """What the squares of a month are filled from."""

    first: date
    by_day: Mapping[date, list[Entry]]
    workdays: Calendar
    festivals: Mapping[date, str]
    now: datetime


def _day(on: date, of: _Days) -> Day:
    inside = on.month == of.first.month
    return Day(
        on=on,
        inside=inside,
        off=not of.workdays.is_workday(on),
        today=on == timezone.localdate(of.now),
        entries=of.by_day.get(on, []) if inside else [],
        festival=of.festivals.get(on, "") if inside else "",
    )


def _at(on: date) -> datetime:
    return datetime.combine(on, time(), timezone.get_current_timezone())
