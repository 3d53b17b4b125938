"""接到电话报警, 值班交接: somebody telephones the desk; somebody takes over from who sat there."""

from collections.abc import Mapping
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.alarms.desk import desk_page
from shouwang.faces.office.place import standpoint
from shouwang.faces.refusals import refused
from shouwang.faces.tried import somebody_was_first, tried
from shouwang.flows.alarm_sight import HANDLING
from shouwang.flows.keep_watch import take_over
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.sight import areas_for
from shouwang.flows.take_call import Told, take_a_call

FIELDS = ("key", "region", "place", "words")


@signed_in
def calling(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the caller says becomes an alarm; nothing typed is lost where it cannot."""
    if not areas_for(actor, HANDLING):
        raise Http404
    now = timezone.now()
    if request.method != "POST":
        return _form(request, actor, {"key": str(uuid4()), "region": request.GET.get("area", "")})
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    try:
        found = tried(typed, lambda: take_a_call(actor, Told(**typed), now=now))
    except Refused as refusal:
        return refused(request, refusal.decision)
    if found.done is None:
        return _form(request, actor, found.typed, found.faults, status=found.status)
    return HttpResponseRedirect(reverse("office:alarm", args=[found.done.id]), status=303)


@require_POST
@signed_in
def watch(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take over a desk, with a word of who leaves it."""
    desk, note = request.POST.get("desk", ""), request.POST.get("note", "").strip()
    try:
        take_over(actor, desk, note=note, now=timezone.now())
    except NotSeen:
        raise Http404 from None
    except Unfit as unfit:
        return desk_page(request, actor, handing={"desk": desk, "note": note, "faults": unfit.fields}, status=422)
    except Moved:
        faults = {"": somebody_was_first()}
        return desk_page(request, actor, handing={"desk": desk, "note": note, "faults": faults}, status=409)
    return HttpResponseRedirect(f"{reverse('office:alarms')}#watch", status=303)


def _form(
    request: HttpRequest,
    actor: Actor,
    typed: Mapping[str, str],
    faults: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    now, area = timezone.now(), request.GET.get("area", "") or typed.get("region", "")
    try:
        stand = standpoint(actor, area, now=now, action=HANDLING)
    except Http404:
        stand = standpoint(actor, "", now=now, action=HANDLING)
    places = [(one.code, one.name) for one in (*stand.line[-1:], *stand.below)]
    context = {"now": now, "stand": stand, "typed": typed, "faults": faults or {}, "places": places}
    return render(request, "office/alarms/call.html", context, status=status)
