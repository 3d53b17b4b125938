"""标准台账: every law and standard behind the plan, what leans on it, what is still to be entered and by whom."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.domains.adoptions.scopes import ADOPT, may_adopt
from shouwang.domains.adoptions.word_reading import NoSheet, read_grids
from shouwang.domains.areas.queries import name_of
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.adoption import OPEN, checked_page, form_page, place_of, places_of
from shouwang.faces.office.adoption_form import DOCUMENT, Typed
from shouwang.faces.office.standards_book import grids_of, written
from shouwang.faces.workbook.handing_over import handed_over
from shouwang.faces.workbook.opening import WorkbookRefused, opened
from shouwang.flows.sight import areas_for
from shouwang.policy.standards import Citing, standards

TONES = {"in_force": "green", "coming": "blue", "undated": "", "replaced": "", "expired": ""}


@signed_in
def listed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A few dozen documents on one page; those with something to enter stand first."""
    place = place_of(request, actor)
    found = standards(place.pack, on=place.on)
    context = {
        "place": place,
        "places": places_of(actor),
        "rows": [_row(one) for one in found],
        "open": sum(one.is_open for one in found),
        "unset": len({name for one in found for name in one.unset}),
        "offered": len(place.of(*OPEN)),
        "may": may_adopt(areas_for(actor, ADOPT), place.region),
    }
    return render(request, "office/standards.html", context)


@signed_in
def excel(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One workbook to fill in: everything only suggested or given by nobody, and the place of the document."""
    place = place_of(request, actor)
    data = written(place, language=get_language() or "zh-hans")
    return handed_over(data, name=f"{_('Values to enter')} {name_of(place.region)} {place.on}")


@require_POST
@signed_in
def upload(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The workbook came back: what it says goes to the check page of the adoption sheet; it adopts nothing."""
    place, file = place_of(request, actor), request.FILES.get("file")
    if file is None:
        return _again(request, actor, place, _("Choose the filled Excel file."))
    try:
        read = read_grids(grids_of(opened(file.read())))
    except (WorkbookRefused, NoSheet) as refusal:
        return _again(request, actor, place, str(refusal))
    said = read.places.get("region", "")
    if said and said != place.region:
        words = _("This sheet was made for the area %(code)s, not for this one.")
        return _again(request, actor, place, words % {"code": said})
    typed = Typed(
        document={name: read.places.get(name, "") for name in DOCUMENT},
        entries={name: (entry.ticked, entry.text) for name, entry in read.entries.items()},
    )
    if read.faults:
        rows = {f"row:{number}": fault for number, fault in enumerate(read.faults)}
        return form_page(request, actor, place, typed, faults=rows)
    return checked_page(request, actor, place, typed)


def _again(request: HttpRequest, actor: Actor, place: Any, fault: str) -> HttpResponse:
    return form_page(request, actor, place, Typed(), faults={"file": fault})


def _row(one: Citing) -> dict[str, Any]:
    words = {
        "in_force": _("In force"),
        "coming": _("Not yet in force"),
        "undated": _("Day not known"),
        "replaced": _("Replaced"),
        "expired": _("Expired"),
    }
    marks = {"H": _("read in the document"), "M": _("read on one page"), "L": _("weakly known")}
    return {
        "of": one,
        "state": words[one.state],
        "tone": TONES[one.state],
        "mark": marks.get(one.basis.mark, ""),
    }
