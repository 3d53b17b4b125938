"""登记摄像头: one camera entered by hand, as a row of the list that others send whole."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.devices.queries import CAMERA
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.place import standpoint
from shouwang.flows.camera_cells import VIDEO
from shouwang.flows.import_devices import ENTER, DeviceRow, Words, import_devices, may_import

FIELDS = ("area", "place", "operator", "address", "position", "link")


@signed_in
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Nothing typed is lost where it cannot be taken; of one that is here already, what is typed now stands."""
    if not may_import(actor):
        raise Http404
    if request.method != "POST":
        return _form(request, actor, {"area": request.GET.get("area", "")})
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    row = DeviceRow(number=1, cells={**typed, "kind": CAMERA})
    words = Words(kinds={CAMERA: CAMERA}, sites={})
    taken = import_devices(actor, [row], words, way=VIDEO, now=timezone.now())
    if taken.refused:
        return _form(request, actor, typed, taken.refused[1], status=422)
    done = "new" if taken.new else "amended" if taken.amended else "same"
    return HttpResponseRedirect(f"{reverse('office:devices')}?kind={CAMERA}&done={done}", status=303)


def _form(
    request: HttpRequest,
    actor: Actor,
    typed: Mapping[str, str],
    faults: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    now, area = timezone.now(), request.GET.get("area", "")
    stand = standpoint(actor, area, now=now, action=ENTER)
    places = [(one.code, one.name) for one in (*stand.line[-1:], *stand.below)]
    context = {"now": now, "stand": stand, "typed": typed, "faults": faults or {}, "places": places}
    return render(request, "office/devices/camera.html", context, status=status)
