"""日历订阅: the address is shown once; under it stand days and duties, and nothing about any person."""

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from shouwang.domains.areas.queries import paths
from shouwang.domains.duties.lists import Task
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.tasks.wording import period_words
from shouwang.faces.templatetags.words import clause_label, duty_label
from shouwang.faces.verdicts import verdict_words
from shouwang.flows.refusal import NotSeen
from shouwang.flows.see_ahead import Ahead
from shouwang.flows.subscribe_calendar import Days, days_of, subscribe, subscribed_at, unsubscribe
from shouwang.policy import load


@signed_in
def address(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Make an address, replace it, end it. The secret is told once and never shown again."""
    now, made = timezone.now(), ""
    if request.method == "POST":
        if request.POST.get("act") == "end":
            try:
                unsubscribe(actor, now=now)
            except NotSeen:
                raise Http404 from None
            return HttpResponseRedirect(reverse("calendar:address"), status=303)
        token = subscribe(actor, now=now)
        made = request.build_absolute_uri(reverse("calendar:feed", args=[token]))
    context = {"now": now, "made": made, "since": subscribed_at(actor)}
    return render(request, "tasks/calendar.html", context)


def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a secret; a wrong one is a page that is not there."""
    try:
        days = days_of(token, now=timezone.now())
    except NotSeen:
        raise Http404 from None
    with translation.override(days.actor.language):
        text = written(days)
    tag = f'"{sha256(text).hexdigest()[:32]}"'
    response: HttpResponse
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def written(days: Days) -> bytes:
    """The same days give the same bytes: no moment of writing stands in them."""
    calendar = Calendar()
    calendar.add("prodid", "-//Shouwang//tasks//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Fire safety tasks"))
    for event in _events(days):
        calendar.add_component(event)
    return calendar.to_ical()


def _events(days: Days) -> Iterator[Event]:
    duties = load(settings.PACK).duties
    places = paths({one.region for one in (*days.tasks, *days.coming)})
    for task in sorted(days.tasks, key=lambda one: one.key):
        if task.duty in duties and task.due_at is not None:
            on, done = timezone.localdate(task.due_at), task.verdict not in ("due", "overdue", "undetermined")
            yield _event(task, on, places[task.region], sign=("✓ " if done else ""), stamp=task.judged_at)
    for one in days.coming:
        yield _event(
            one,
            one.day,
            places[one.region],
            stamp=datetime(one.day.year, 1, 1, tzinfo=timezone.get_current_timezone()),
        )


def _event(one: Task | Ahead, on: date, place: str, *, stamp: datetime, sign: str = "") -> Event:
    duty = load(settings.PACK).duties[one.duty]
    event = Event()
    event.add("uid", f"{uid(one.duty, one.subject)}@shouwang")
    event.add("dtstamp", stamp)
    event.add("dtstart", on)
    event.add("summary", f"{sign}{duty_label(one.duty)} · {place}")
    told = [period_words(one.period), clause_label(duty.row)]
    if isinstance(one, Task):
        told.append(verdict_words(one.verdict))
    event.add("description", " · ".join(part for part in told if part))
    event.add("transp", "TRANSPARENT")
    return event


def uid(duty: str, subject: UUID) -> str:
    """The same for a task before its period begins and after."""
    return f"{duty}.{subject}"
