"""参数采纳单: what is only suggested or given by nobody, in the order of the plan, and how an office decides it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.domains.adoptions.scopes import ADOPT, may_adopt
from shouwang.domains.adoptions.word_reading import NoSheet
from shouwang.domains.areas.queries import names
from shouwang.domains.files.checking import FileRefused
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.adoption_form import DOCUMENT, Typed, read_form, sections
from shouwang.faces.refusals import refused
from shouwang.flows.adopt_values import adopt_values, check_sheet
from shouwang.flows.adoption_paper import paper_of, take_paper
from shouwang.flows.adoption_sheet import VALUE
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from shouwang.flows.see_values import PlaceValues, counties_open_to, see_values
from shouwang.flows.sight import areas_for

OPEN = ("default", "unset")


@dataclass(frozen=True, kw_only=True)
class Place:
    """An area whose values the reader may look at."""

    code: str
    name: str


def places_of(actor: Actor) -> list[Place]:
    counties = counties_open_to(actor)
    named = names(counties)
    return [Place(code=code, name=named[code]) for code in counties]


def place_of(request: HttpRequest, actor: Actor) -> PlaceValues:
    """The area asked for; else the office's own, else the reader's county. 404 for one that is not open."""
    own = next((area for area in areas_for(actor, ADOPT) if may_adopt((area,), area)), actor.county)
    try:
        return see_values(actor, request.GET.get("area", "") or own, now=timezone.now())
    except NotSeen:
        raise Http404 from None


@signed_in
def adoption(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form; sent back from the check page it holds what was typed."""
    place = place_of(request, actor)
    today = timezone.localdate().isoformat()
    typed = read_form(request) if request.method == "POST" else Typed(document={"effective_from": today})
    return form_page(request, actor, place, typed)


@require_POST
@signed_in
def check(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the sheet will change, before anybody decides."""
    return checked_page(request, actor, place_of(request, actor), read_form(request))


@require_POST
@signed_in
def upload(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The signed sheet came back in Word: what it says goes to the same check page; it adopts nothing."""
    place, file = place_of(request, actor), request.FILES.get("file")
    if file is None:
        return form_page(request, actor, place, Typed(), faults={"file": _("Choose the signed Word file.")})
    try:
        paper = take_paper(actor, place.region, file.read(), now=timezone.now())
    except Refused as refusal:
        return refused(request, refusal.decision)
    except (FileRefused, NoSheet) as refusal:
        return form_page(request, actor, place, Typed(), faults={"file": str(refusal)})
    except Unfit as unfit:
        return form_page(request, actor, place, Typed(), faults=unfit.fields)
    typed = Typed(
        document={name: paper.read.places.get(name, "") for name in DOCUMENT},
        entries={name: (entry.ticked, entry.text) for name, entry in paper.read.entries.items()},
        slip=paper.slip,
    )
    if paper.read.faults:
        rows = {f"row:{number}": fault for number, fault in enumerate(paper.read.faults)}
        return form_page(request, actor, place, typed, faults=rows)
    return checked_page(request, actor, place, typed)


@require_POST
@signed_in
def adopt(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A person has read the check page and decides."""
    place, typed, now = place_of(request, actor), read_form(request), timezone.now()
    try:
        paper = paper_of(actor, place.region, typed.slip, now=now)
        done = adopt_values(actor, typed.sheet(place, paper), now=now)
    except Refused as refusal:
        return refused(request, refusal.decision)
    except Unfit as unfit:
        return form_page(request, actor, place, typed, faults=unfit.fields)
    said = "again" if done.replayed else "adopt"
    return HttpResponseRedirect(f"{reverse('office:sheet', args=[done.id])}?done={said}")


def checked_page(request: HttpRequest, actor: Actor, place: PlaceValues, typed: Typed) -> HttpResponse:
    now = timezone.now()
    try:
        paper = paper_of(actor, place.region, typed.slip, now=now)
        found = check_sheet(actor, typed.sheet(place, paper), now=now)
    except Refused as refusal:
        return refused(request, refusal.decision)
    except Unfit as unfit:
        return form_page(request, actor, place, typed, faults=unfit.fields)
    context = {
        "place": place,
        "named": names([place.region]),
        "found": found,
        "typed": typed,
        "sheet": typed.sheet(place),
        "suggested": found.of("default"),
        "given": found.of("unset"),
        "changed": found.of("local"),
        "late": found.terms.since != found.terms.effective_from,
    }
    return render(request, "office/adoption_check.html", context)


def form_page(
    request: HttpRequest,
    actor: Actor,
    place: PlaceValues,
    typed: Typed,
    *,
    faults: Mapping[str, str] | None = None,
) -> HttpResponse:
    told = dict(faults or {})
    may = may_adopt(areas_for(actor, ADOPT), place.region)
    open_, local = place.of(*OPEN), place.of("local")
    offered = {one.parameter.id for one in (*open_, *local)}
    context: dict[str, Any] = {
        "place": place,
        "places": places_of(actor),
        "typed": typed,
        "may": may,
        "sections": sections(place, open_, typed, told),
        "local": sections(place, local, typed, told),
        "counts": {name: len(place.of(name)) for name in ("default", "unset", "local")},
        "undetermined": sum(one.undetermined for one in open_),
        "faults": told,
        # What no field of the form can show stands above it: rows of a Word file, parameters nobody offered.
        "loose": [
            text
            for name, text in told.items()
            if name not in DOCUMENT and name.removeprefix(VALUE) not in offered
        ],
    }
    return render(request, "office/adoption.html", context, status=422 if told else 200)
