"""敲门名单 on the phone and as a sheet: doors nobody knocked at in this period; the round is recorded with one tap."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.pdf.knocking import knocking_sheet
from shouwang.faces.phone.grids import grids_of, named
from shouwang.faces.refusals import refused
from shouwang.faces.tried import sent_before
from shouwang.flows.door_list import Again, door_list, keep_door_round
from shouwang.flows.refusal import NotSeen, Refused, Unfit

SHOWN = 100


@signed_in
def doors(request: HttpRequest, actor: Actor) -> HttpResponse:
    region = _region(request, actor)
    if request.method != "POST":
        return _page(request, actor, region)
    try:
        keep_door_round(actor, region, request.POST.get("key", ""), now=timezone.now())
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return refused(request, refusal.decision)
    except Again:
        return HttpResponseRedirect(f"{reverse('phone:knocking')}?area={region}&kept=before", status=303)
    except KeyReused:
        fault = sent_before()
        return _page(request, actor, region, fault=fault, status=409)
    except Unfit as unfit:
        return _page(request, actor, region, fault=" ".join(unfit.fields.values()), status=422)
    return HttpResponseRedirect(f"{reverse('phone:knocking')}?area={region}&kept=1", status=303)


@require_GET
@signed_in
def sheet(request: HttpRequest, actor: Actor) -> HttpResponse:
    region = _region(request, actor)
    try:
        found = door_list(actor, region, now=timezone.now())
    except NotSeen:
        raise Http404 from None
    tongue = (get_language() or "zh").partition("-")[0]
    rows = [(one.home.mark, one.last.isoformat() if one.last else "") for one in found.doors]
    body = knocking_sheet(named([region])[0].name, rows, tongue=tongue)
    response = HttpResponse(body, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="knocking.pdf"'
    return response


def _region(request: HttpRequest, actor: Actor) -> str:
    """The grid that is asked for, else the first of one's own. Raises Http404."""
    grids = [grid.code for grid in grids_of(actor, on=timezone.localdate())]
    asked = request.POST.get("area", "") or request.GET.get("area", "") or next(iter(grids), "")
    if asked not in grids:
        raise Http404
    return asked


def _page(request: HttpRequest, actor: Actor, region: str, *, fault: str = "", status: int = 200) -> HttpResponse:
    try:
        found = door_list(actor, region, now=timezone.now())
    except NotSeen:
        raise Http404 from None
    context = {
        "found": found, "doors": found.doors[:SHOWN], "region": region, "where": named([region])[0].name,
        "grids": grids_of(actor, on=timezone.localdate()), "fault": fault, "kept": request.GET.get("kept", ""),
        "key": str(uuid4()), "tab": "today",
    }  # fmt: skip
    return render(request, "phone/knocking.html", context, status=status)
