"""疑似重复: while a report is written, what may be the same is shown; one tap adds it there instead."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from shouwang.domains.areas.queries import paths
from shouwang.domains.files.checking import FileRefused
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.phone.forms import ReportForm
from shouwang.faces.phone.grids import grids_of
from shouwang.faces.phone.photos import carried
from shouwang.faces.refusals import refused
from shouwang.faces.templatetags.words import pack
from shouwang.flows.join_case import Joining, join_case
from shouwang.flows.likely_duplicates import Likely, Seen, likely_duplicates
from shouwang.flows.refusal import NotSeen, Refused, Unfit


def likely_to(actor: Actor, form: ReportForm) -> list[Likely]:
    """What a report that was read may be the same as."""
    values = form.cleaned_data
    seen = Seen(
        region=values["region"], kind=values["kind"], place=values["place"], lon=values["lon"], lat=values["lat"],
        key=values["key"],
    )  # fmt: skip
    return likely_duplicates(actor, seen, now=timezone.now())


@require_GET
@signed_in
def similar(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A part of the page: at most three, or nothing."""
    asked = request.GET
    seen = Seen(
        region=asked.get("region", ""), kind=asked.get("kind", ""), place=asked.get("place", "")[:120],
        lon=_number(asked.get("lon", "")), lat=_number(asked.get("lat", "")),
    )  # fmt: skip
    found = likely_duplicates(actor, seen, now=timezone.now())
    context = {"found": found, "named": paths({one.region for one in found}), "now": timezone.now()}
    return render(request, "phone/likely.html", context)


@require_POST
@signed_in
def join(request: HttpRequest, actor: Actor) -> HttpResponse:
    """“That is it, add mine”: the photo and the words go to the case that is known; its progress is shown."""
    now = timezone.now()
    form = ReportForm(request.POST, grids=grids_of(actor, on=timezone.localdate(now)), now=now)
    form.full_clean()
    photos = tuple(one.photo() for one in carried(request, actor, now=now) if one.purpose == "before")
    joining = Joining(
        key=str(form.cleaned_data.get("key") or request.POST.get("key", "")),
        code=request.POST.get("join", ""),
        channel=pack().wiring.channels.usual,
        note=str(form.cleaned_data.get("note") or ""),
        photos=photos,
    )
    try:
        done = join_case(actor, joining, now=now)
    except Refused as refusal:
        return refused(request, refusal.decision)
    except (NotSeen, Unfit, KeyReused, FileRefused):
        raise Http404 from None
    return HttpResponseRedirect(reverse("public:found", args=[done.case.code]), status=303)


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if abs(found) <= 180 else None  # noqa: PLR2004 - degrees
