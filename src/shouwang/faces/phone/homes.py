"""住户: homes of the grid by their door mark, and people at risk, masked until somebody says why they must know."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from shouwang.domains.areas.by_mark import key_of
from shouwang.domains.households.queries import groups_of, homes, one, people_of
from shouwang.domains.households.sealed_fields import address_of
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.phone.detectors import detectors_told
from shouwang.faces.phone.grids import Grid, grids_of, named
from shouwang.faces.phone.receipts import because, handed_in
from shouwang.faces.phone.visits_told import visits_told
from shouwang.faces.refusals import refused
from shouwang.faces.templatetags.words import say
from shouwang.faces.tried import tried
from shouwang.flows.households_sight import KEEPING, LOOKING, clear, home_sight, masked
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from shouwang.flows.register_home import NewHome, register_home
from shouwang.flows.sight import areas_for, pack, pack_for
from shouwang.flows.unmask_person import unmask_person

FEW = 30


@signed_in
def listed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Homes within reach, by area and mark; of people nothing but the kind of risk."""
    page = homes(home_sight(actor), limit=FEW, after=key_of(request.GET.get("after", "")))
    groups = groups_of(page.rows)
    rows = [{"home": home, "groups": groups[home.id]} for home in page.rows]
    more = f"{reverse('phone:homes')}?{urlencode({'after': '~'.join(page.after)})}" if page.after else ""
    keeps = bool(areas_for(actor, KEEPING))
    names = {grid.code: grid.name for grid in named(sorted({home.region for home in page.rows}))}
    context = {
        "rows": rows, "more": more, "keeps": keeps, "after": request.GET.get("after", ""), "names": names,
        "labels": _labels(), "tab": "homes",
    }  # fmt: skip
    return render(request, "phone/homes.html", context)


@signed_in
def home(request: HttpRequest, actor: Actor, home_id: UUID) -> HttpResponse:
    return home_page(request, actor, home_id)


@require_POST
@signed_in
def unmask(request: HttpRequest, actor: Actor, home_id: UUID, resident_id: UUID) -> HttpResponse:
    """The home with one person in clear; the page is kept by nobody."""
    try:
        told = unmask_person(actor, resident_id, reason=request.POST.get("reason", ""), now=timezone.now())
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return refused(request, refusal.decision)
    except Unfit as unfit:
        faults = {"unmask_id": resident_id, "unmask_fault": " ".join(unfit.fields.values())}
        return home_page(request, actor, home_id, status=422, **faults)
    words = _worded(clear(pack(), told, get_language() or ""))
    return home_page(request, actor, home_id, unmasked=resident_id, clear=words)


def home_page(request: HttpRequest, actor: Actor, home_id: UUID, *, status: int = 200, **more: Any) -> HttpResponse:
    seen = one(home_sight(actor), home_id)
    if seen is None:
        raise Http404
    ours = pack_for(seen.region, now=timezone.now())
    people = [{"person": person, "masked": _worded(masked(ours, person))} for person in people_of(seen)]
    context = {
        "home": seen, "address": address_of(seen), "people": people, "labels": _labels(),
        "groups": groups_of([seen])[seen.id], "where": named([seen.region])[0].name,
        "keeps": bool(areas_for(actor, KEEPING)), "looks": bool(areas_for(actor, LOOKING)), "tab": "homes",
        "visits": visits_told(ours, seen), "now": timezone.now(),
        "detectors": detectors_told(seen, now=timezone.now()), **more,
    }  # fmt: skip
    return render(request, "phone/home.html", context, status=status)


@handed_in
@signed_in
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A home is entered: mark and address, and where it stands if the phone knows."""
    now, grids = timezone.now(), _grids(actor)
    if request.method != "POST":
        return _form(request, grids, {"key": str(uuid4())})
    typed = {name: value.strip() for name, value in request.POST.items() if isinstance(value, str)}
    told = _read(typed, request.POST.getlist("groups"))
    try:
        found = tried(typed, lambda: register_home(actor, told, now=now))
    except Refused as refusal:
        return refused(request, refusal.decision)
    if found.done:
        return HttpResponseRedirect(reverse("phone:home", args=[found.done]), status=303)
    return _form(request, grids, found.typed, found.faults, status=found.status)


def _read(typed: Mapping[str, str], groups: list[str]) -> NewHome:
    said = {name: typed.get(name, "") for name in ("key", "region", "mark", "kind", "number", "building")}
    return NewHome(**said, groups=tuple(groups), lon=_measured(typed, "lon", 180), lat=_measured(typed, "lat", 90))


def _measured(typed: Mapping[str, str], name: str, limit: float) -> float | None:
    """What the phone measured; what cannot be read is left out, since nobody typed it."""
    try:
        number = float(typed.get(name, ""))
    except ValueError:
        return None
    return number if abs(number) <= limit else None


def _form(
    request: HttpRequest, grids: list[Grid], typed: Mapping[str, str], faults: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    ours = pack()
    context = {
        "typed": typed, "faults": faults or {}, "grids": grids, "tab": "homes",
        "sites": [(key, one.label) for key, one in ours.sites.items() if key != "unknown"],
        "groups": [(key, one.label) for key, one in ours.risk_groups.items() if one.of_home],
        "ticked": request.POST.getlist("groups"),
    }  # fmt: skip
    return because(render(request, "phone/home_new.html", context, status=status), faults or {})


def _grids(actor: Actor) -> list[Grid]:
    """Where the person may enter homes: the places a report of theirs can name."""
    return grids_of(actor, on=timezone.localdate())


def _worded(told: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    return [(say(pack().person_fields[name].label), value) for name, value in told]


def _labels() -> Mapping[str, Any]:
    return {key: one.label for key, one in pack().risk_groups.items()}
