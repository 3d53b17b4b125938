"""Sheets that were adopted (采纳记录): the list, one sheet with its proof, taking it back, and values of a past day."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from shouwang.domains.adoptions.queries import sheets, tables_of, values_of
from shouwang.domains.adoptions.scopes import ADOPT, may_adopt, offices_over
from shouwang.domains.areas.queries import names
from shouwang.domains.files.queries import attachments_of
from shouwang.domains.ledger.queries import lines_of
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.queries import names as names_of_people
from shouwang.faces import keyset
from shouwang.faces.days import day_of
from shouwang.faces.doors import signed_in
from shouwang.faces.files import handed_over
from shouwang.faces.office.adoption import place_of, places_of
from shouwang.faces.office.adoption_form import Typed, sections
from shouwang.faces.refusals import refused
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.see_values import see_paper, see_sheet, see_values
from shouwang.flows.sight import areas_for, pack_of
from shouwang.flows.withdraw_values import withdraw_values
from shouwang.kernel.codes import covered

ROWS = 50
DONE = ("adopt", "again", "withdraw")


@signed_in
def listed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The sheets that hold in a county: its own and its prefecture's, the newest first."""
    place = place_of(request, actor)
    after = keyset.read(request.GET.get("after", ""))
    rows = sheets(offices_over(place.region), limit=ROWS + 1, after=after)
    last = rows[ROWS - 1] if len(rows) > ROWS else None
    here = f"{reverse('office:sheets')}?area={place.region}"
    following = keyset.written((last.at, last.id)) if last else ""
    context = {
        "place": place,
        "places": places_of(actor),
        "rows": rows[:ROWS],
        "named": names({row.region for row in rows}),
        "first": here if after else "",
        "next": f"{here}&{urlencode({'after': following})}" if following else "",
    }
    return render(request, "office/adoption_sheets.html", context)


@signed_in
def sheet(request: HttpRequest, actor: Actor, sheet_id: UUID) -> HttpResponse:
    return _sheet(request, actor, sheet_id)


@require_POST
@signed_in
def withdraw(request: HttpRequest, actor: Actor, sheet_id: UUID) -> HttpResponse:
    number = request.POST.get("number", "")
    try:
        withdraw_values(actor, sheet_id, number=number, now=timezone.now())
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return refused(request, refusal.decision)
    except Unfit as unfit:
        return _sheet(request, actor, sheet_id, status=422, fault=unfit.fields["number"], typed=number)
    except Moved:
        return _sheet(request, actor, sheet_id, status=409)
    return HttpResponseRedirect(f"{reverse('office:sheet', args=[sheet_id])}?done=withdraw")


@signed_in
def paper(request: HttpRequest, actor: Actor, sheet_id: UUID, file_id: UUID) -> HttpResponseBase:
    """The signed file, for whoever may read the sheet."""
    try:
        return handed_over(request, see_paper(actor, sheet_id, file_id))
    except NotSeen:
        raise Http404 from None


@signed_in
def values(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every value of a place as it stood on a day, with where it came from."""
    today = place_of(request, actor)
    asked = day_of(request.GET.get("on", ""))
    place = see_values(actor, today.region, on=asked, now=timezone.now()) if asked else today
    context = {
        "place": place,
        "places": places_of(actor),
        "sections": sections(place, place.values, Typed(), {}),
        "wrong": bool(request.GET.get("on")) and asked is None,
    }
    return render(request, "office/adoption_values.html", context)


def _sheet(
    request: HttpRequest, actor: Actor, sheet_id: UUID, *, status: int = 200, **more: Any
) -> HttpResponse:
    try:
        found = see_sheet(actor, sheet_id)
    except NotSeen:
        raise Http404 from None
    lines = lines_of(found.county, found.id)
    done = request.GET.get("done", "")
    context = {
        "sheet": found,
        "named": names([found.region]),
        "values": _in_the_plans_order(found),
        "tables": tables_of(found),
        "papers": attachments_of(found.county, found.id),
        "lines": lines,
        "people": names_of_people([found.entered_by, found.withdrawn_by]),
        "may": may_adopt(areas_for(actor, ADOPT), found.region),
        "may_prove": covered(areas_for(actor, "ledger.prove"), found.region),
        "done": done if done in DONE else "",
        **more,
    }
    return render(request, "office/adoption_sheet.html", context, status=status)


def _in_the_plans_order(sheet: Any) -> list[dict[str, Any]]:
    known = pack_of(sheet.region, now=timezone.now()).parameters
    order = {name: number for number, name in enumerate(known)}
    rows = [row for row in values_of(sheet) if row.parameter in known]
    rows.sort(key=lambda row: order[row.parameter])
    return [{"row": row, "parameter": known[row.parameter]} for row in rows]
