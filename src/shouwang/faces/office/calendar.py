"""工作日历: which years are official, the notice of the next one entered, and which deadlines it moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.adoptions.scopes import ADOPT, may_adopt
from shouwang.domains.areas.queries import name_of, names
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.refusals import refused
from shouwang.flows.import_calendar import Entered, import_calendar
from shouwang.flows.refusal import Refused, Unfit
from shouwang.flows.see_moved import MOST, moved_for
from shouwang.flows.sight import areas_for
from shouwang.flows.working_days import known_notices, office_of, workdays_of

SHOWN, AHEAD = 3, 2
LARGEST = 200_000


@dataclass(frozen=True, kw_only=True)
class YearLine:
    """One year: official by its notice, or provisional until it comes."""

    year: int
    official: bool
    number: str
    rest: list[date]
    work: list[date]


@signed_in
def calendar(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The years around this one; the office of the prefecture enters the notice of the next."""
    if request.method != "POST":
        return _page(request, actor)
    file = request.FILES.get("table")
    year, number = request.POST.get("year", ""), request.POST.get("number", "").strip()[:60]
    faults = _faults(year, file)
    if faults or file is None:
        return _page(request, actor, faults=faults, typed={"year": year, "number": number})
    entered = Entered(region=office_of(actor.county), year=int(year), number=number, content=file.read())
    try:
        done = import_calendar(entered, actor=actor, now=timezone.now())
    except Refused as refusal:
        return refused(request, refusal.decision)
    except Unfit as unfit:
        return _page(request, actor, faults=unfit.fields, typed={"year": year, "number": number})
    return HttpResponseRedirect(f"{reverse('office:calendar')}?notice={done.id}#moved", status=303)


def _faults(year: str, file: Any) -> dict[str, str]:
    found = {}
    this = timezone.localdate().year
    if not (year.isascii() and year.isdigit() and this - 1 <= int(year) <= this + AHEAD):
        found["year"] = _("Choose the year the notice is about.")
    if file is None:
        found["table"] = _("Choose the table of the days.")
    elif (file.size or 0) > LARGEST:
        found["table"] = _("This table is too large for the days of one year.")
    return found


def _page(
    request: HttpRequest,
    actor: Actor,
    *,
    faults: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    this, told = timezone.localdate().year, dict(faults or {})
    notices = list(known_notices(actor.county))
    chosen = _chosen(request.GET.get("notice", ""), notices)
    moved = moved_for(actor, chosen.id) if chosen else ()
    context = {
        "office": name_of(office_of(actor.county)),
        "years": [_line(actor.county, year) for year in range(this - 1, this + SHOWN)],
        "may": may_adopt(areas_for(actor, ADOPT), office_of(actor.county)),
        "choices": range(this, this + AHEAD + 1),
        "faults": told,
        "loose": [text for name, text in told.items() if name not in ("year", "number", "table")],
        "typed": typed or {"year": str(this + 1), "number": ""},
        "notice": chosen,
        "moved": moved,
        "most": MOST if len(moved) >= MOST else 0,
        "named": names({one.region for one in moved}),
        "now": timezone.now(),
    }
    return render(request, "office/calendar.html", context, status=422 if told else 200)


def _chosen(asked: str, notices: list[Any]) -> Any:
    """The notice asked for, else the newest; None while there is none."""
    try:
        wanted = UUID(asked)
    except ValueError:
        return notices[-1] if notices else None
    return next((one for one in notices if one.id == wanted), None)


def _line(county: str, year: int) -> YearLine:
    days = workdays_of(county).official.get(year)
    numbers = {one.year: one.number for one in known_notices(county)}
    return YearLine(
        year=year,
        official=days is not None,
        number=numbers.get(year, ""),
        rest=sorted(days.rest) if days else [],
        work=sorted(days.work) if days else [],
    )
