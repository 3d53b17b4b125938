"""走访巡查: big tiles for what is looked at; what is bad becomes a hazard in three taps."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.files.checking import FileRefused
from shouwang.domains.households.queries import one as one_home
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.patrols.queries import findings_of, one
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.phone.detectors import detector_form, detector_fresh
from shouwang.faces.phone.grids import grids_of
from shouwang.faces.phone.photos import Carried, carried, hold
from shouwang.faces.phone.receipts import because, handed_in
from shouwang.faces.phone.walking import Sheet, handed, held_of, opened, report_photographed, shown
from shouwang.faces.refusals import refused
from shouwang.faces.templatetags.words import say
from shouwang.faces.tried import sent_before
from shouwang.flows.households_sight import home_sight
from shouwang.flows.record_visit import (
    list_for,
    record_visit,
    report_finding,
    told_otherwise,
    visit_sight,
)
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from shouwang.flows.register_site import one_site
from shouwang.flows.sight import pack, pack_for, pack_of
from shouwang.rules.visiting import BAD

Words = Mapping[str, str]
# What the worker writes the door into.
MARK, ANY = "{mark}", UUID(int=0)


@handed_in
@signed_in
def home_visit(request: HttpRequest, actor: Actor, home_id: UUID) -> HttpResponse:
    home = one_home(home_sight(actor), home_id)
    if home is None:
        raise Http404
    now = timezone.now()
    told = list_for(pack_for(home.region, now=now), home=True, region=home.region, now=now)
    more = {"home": home, "list": told, "action": request.path, **detector_form(actor, home, now=now)}
    if request.method != "POST":
        return _form(request, opened(), more)
    return _kept(request, actor, more, home=home.id, region=home.region)


@signed_in
def any_visit(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form for a home whose page this phone never opened: its worker asks for it, and writes the mark in."""
    if request.headers.get("Offline") != "keep":
        return HttpResponseRedirect(reverse("phone:homes"))
    now, home = timezone.now(), {"mark": MARK, "id": ANY}
    told = list_for(pack_of(actor.county, now=now), home=True, region=actor.county, now=now)
    more = {"home": home, "list": told, "action": "", "stencil": True}
    return _form(request, opened(), {**more, **detector_fresh(actor, now=now)})


@handed_in
@signed_in
def patrol(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A place: which, of what kind, and how it is."""
    ours, grids = pack(), grids_of(actor, on=timezone.localdate())
    site = request.POST.get("site", "") or request.GET.get("site", "")
    sites = [(key, one.label) for key, one in ours.sites.items() if key != "unknown"]
    region = grids[0].code if grids else actor.county
    told = list_for(ours, home=False, site=site, region=region, now=timezone.now())
    more = {"list": told, "grids": grids, "sites": sites, "action": request.path}
    if request.method != "POST":
        return _form(request, opened(), more)
    return _kept(request, actor, more, site=site, place=_typed(request, "place"), region=_typed(request, "region"))


@handed_in
@signed_in
def site_patrol(request: HttpRequest, actor: Actor, site_id: UUID) -> HttpResponse:
    """A place on the register: what it is called and of what kind it is, nobody types again."""
    try:
        site = one_site(actor, site_id)
    except NotSeen:
        raise Http404 from None
    now = timezone.now()
    told = list_for(pack_for(site.region, now=now), home=False, site=site.kind, region=site.region, now=now)
    more = {"place_here": site, "list": told, "action": request.path}
    if request.method != "POST":
        return _form(request, opened(), more)
    return _kept(request, actor, more, at_site=site.id, region=site.region)


@signed_in
def visit(request: HttpRequest, actor: Actor, visit_id: UUID) -> HttpResponse:
    """What was kept, what contradicts another's visit, and a button for each thing that was bad."""
    return _visit_page(request, actor, visit_id)


@handed_in
@signed_in
def finding(request: HttpRequest, actor: Actor, visit_id: UUID, point: str) -> HttpResponse:
    """A photo and a tap: what was bad becomes a hazard."""
    now = timezone.now()
    photos = carried(request, actor, now=now)
    try:
        done = report_finding(actor, visit_id, point, [one.photo() for one in photos], now=now)
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return refused(request, refusal.decision)
    except Unfit as unfit:
        return _again(request, actor, visit_id, point=point, photos=photos, faults=unfit.fields, now=now)
    except FileRefused as refusal:
        return _again(request, actor, visit_id, point=point, photos=[], faults={"": str(refusal)}, now=now)
    return HttpResponseRedirect(reverse("phone:done", args=[done.id]), status=303)


def _again(
    request: HttpRequest, actor: Actor, visit_id: UUID, *, point: str, photos: list[Carried], faults: Words,
    now: datetime,
) -> HttpResponse:  # fmt: skip
    """The photos are still there."""
    slips, unread = hold(actor, photos, now=now)
    wrong = {**faults, **unread}
    bad = {"point": point, "slips": slips, "words": " ".join(wrong.values())}
    return because(_visit_page(request, actor, visit_id, status=422, bad=bad), wrong)


def _kept(request: HttpRequest, actor: Actor, more: dict[str, Any], **where: Any) -> HttpResponse:
    now = timezone.now()
    sheet, told = handed(request, actor, now=now), more["list"]
    try:
        found = record_visit(actor, sheet.walked(told, now, **where), now=now)
        faults = report_photographed(actor, found, sheet, now=now)
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return refused(request, refusal.decision)
    except KeyReused:
        faults = {"": sent_before()}
        again = replace(sheet, typed={**sheet.typed, "key": str(uuid4())})
        return _form(request, again, more, faults, status=409, slips=held_of(actor, sheet, now=now)[0])
    except Unfit as unfit:
        faults = unfit.fields
    if not faults:
        return HttpResponseRedirect(reverse("phone:visit", args=[found]), status=303)
    slips, unread = held_of(actor, sheet, now=now)
    return _form(request, sheet, more, {**faults, **unread}, status=422, slips=slips)


def _form(
    request: HttpRequest, sheet: Sheet, more: dict[str, Any], faults: Words | None = None, *, status: int = 200,
    slips: Words | None = None,
) -> HttpResponse:  # fmt: skip
    context = {**more, **shown(more["list"], sheet, slips or {}), "faults": faults or {}, "tab": "today"}
    return because(render(request, "phone/visit_form.html", context, status=status), faults or {})


def _visit_page(request: HttpRequest, actor: Actor, visit_id: UUID, *, status: int = 200, **more: Any) -> HttpResponse:
    found = one(visit_sight(actor), visit_id)
    if found is None:
        raise Http404
    asked, cases = _asked(found), findings_of(found)
    context = {
        "visit": found, "home": one_home(home_sight(actor), found.home) if found.home else None,
        "found": [
            {"point": name, "ask": asked.get(name, name), "case": cases.get(name), "key": str(uuid4())}
            for name, value in found.answers.items()
            if value == BAD
        ],
        "otherwise": [asked.get(name, name) for name in told_otherwise(found)], "tab": "today", **more,
    }  # fmt: skip
    return render(request, "phone/visit.html", context, status=status)


def _asked(found: Any) -> Words:
    told = pack().checklists.get(found.checklist)
    return {point.id: say(point.ask) for point in told.points} if told else {}


def _typed(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").strip()
