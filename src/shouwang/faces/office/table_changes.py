"""A table is changed (判定表改稿): what was sent is checked, tried on past cases and shown, then a person adopts it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.domains.areas.queries import names
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.adoption import place_of
from shouwang.faces.office.adoption_form import DOCUMENT, LONGEST, Typed
from shouwang.faces.office.standards_book import grids_of
from shouwang.faces.office.table_words import line_of
from shouwang.faces.office.tables import page, table_of
from shouwang.faces.refusals import refused
from shouwang.faces.workbook.opening import WorkbookRefused, opened
from shouwang.flows.adopt_values import adopt_values, check_sheet
from shouwang.flows.adoption_sheet import Sheet
from shouwang.flows.decide_regulator import regulator_rows
from shouwang.flows.refusal import Refused, Unfit
from shouwang.flows.replay_table import replay_table
from shouwang.flows.see_values import PlaceValues
from shouwang.flows.table_sheet import codes_of, edition_in, is_of_standard
from shouwang.policy.table_rows import differences


@require_POST
@signed_in
def check(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """The sheet came back: what it changes, and what it would have changed; it adopts nothing."""
    place, typed = place_of(request, actor), _document(request)
    found, _edition = table_of(place, name)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Unfit({"file": _("Choose the changed Excel file.")})
        grid = grids_of(opened(file.read()))[0]
        source = typed.document["number"] or "-"
        rows = codes_of(place.pack, found, grid, source=source, on=place.on)
    except WorkbookRefused as refusal:
        return page(request, actor, name, faults={"file": str(refusal)}, typed=typed)
    except Unfit as unfit:
        return page(request, actor, name, faults=unfit.fields, typed=typed)
    return _checked(request, actor, place=place, name=name, rows=rows, typed=typed)


@require_POST
@signed_in
def decide(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """02-09: one row of the table of regulators, by two choices."""
    place, typed = place_of(request, actor), _document(request)
    table_of(place, name)
    site, department = request.POST.get("site", ""), request.POST.get("department", "")
    number = typed.document["number"] or "-"
    try:
        rows = regulator_rows(place.region, site, department, number=number, now=timezone.now())
    except Unfit as unfit:
        return page(request, actor, name, faults=unfit.fields, typed=typed)
    return _checked(request, actor, place=place, name=name, rows=rows, typed=typed)


@require_POST
@signed_in
def adopt(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """A person has seen what changes and decides."""
    place, typed = place_of(request, actor), _document(request)
    sheet = _sheet(place, name, request.POST.get("rows", ""), typed.document)
    try:
        done = adopt_values(actor, sheet, now=timezone.now())
    except Refused as refusal:
        return refused(request, refusal.decision)
    except Unfit as unfit:
        return page(request, actor, name, faults=unfit.fields, typed=typed)
    said = "again" if done.replayed else "adopt"
    return HttpResponseRedirect(f"{reverse('office:sheet', args=[done.id])}?done={said}")


def _checked(
    request: HttpRequest, actor: Actor, *, place: PlaceValues, name: str, rows: str, typed: Typed
) -> HttpResponse:
    now = timezone.now()
    try:
        found = check_sheet(actor, _sheet(place, name, rows, typed.document), now=now)
    except Refused as refusal:
        return refused(request, refusal.decision)
    except Unfit as unfit:
        return page(request, actor, name, faults=unfit.fields, typed=typed)
    table, before = table_of(place, name)
    after = edition_in(place.pack, table, rows, found.terms.since)
    assert after is not None
    context: dict[str, Any] = {
        "place": place,
        "named": names([place.region]),
        "table": table,
        "found": found,
        "typed": typed,
        "rows": rows,
        "standard": is_of_standard(table, place.on),
        "differences": [
            {
                "before": line_of(place, before, one.before, None) if one.before and not before.unset else None,
                "after": line_of(place, after, one.after, None) if one.after else None,
            }
            for one in differences(before, after)
        ],
        "replayed": replay_table(place.region, name, rows, now=now),
    }
    return render(request, "office/table_check.html", context)


def _document(request: HttpRequest) -> Typed:
    return Typed(document={name: request.POST.get(name, "").strip()[:LONGEST] for name in DOCUMENT})


def _sheet(place: PlaceValues, name: str, rows: str, document: Mapping[str, str]) -> Sheet:
    # What was printed as ours or the standard's stays so: the row itself says where it comes from.
    return Sheet(region=place.region, tables={name: rows}, **document)


