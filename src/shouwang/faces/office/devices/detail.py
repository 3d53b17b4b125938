"""One device: what is known of it, what it said last, what it was asked and what became of that."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shouwang.domains.areas.queries import paths
from shouwang.domains.devices import queries
from shouwang.domains.devices.queries import CAMERA
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.devices.words import KINDS
from shouwang.flows.act_on_device import act_on_device, open_device
from shouwang.flows.refusal import Moved, NotSeen

ACTS = {
    "test": gettext_noop("Tried out, it rang"),
    "retire": gettext_noop("It hangs no longer"),
    "read": gettext_noop("Ask how it is"),
    "clock": gettext_noop("Set its clock"),
    "duty_check": gettext_noop("Check who is on duty"),
}
CAMERA_GONE = gettext_noop("It is there no longer")
SORTS = {
    "fire": gettext_noop("Fire alarm"),
    "gas": gettext_noop("Gas alarm"),
    "manual_alarm": gettext_noop("Alarm by hand"),
    "fault": gettext_noop("Device fault"),
    "supervisory": gettext_noop("Supervisory signal"),
    "shielded": gettext_noop("Shielded"),
    "normal": gettext_noop("Running"),
    "operation": gettext_noop("Operated"),
    "duty_answer": gettext_noop("Somebody is on duty"),
    "confirmed": gettext_noop("Confirmed by the device"),
    "denied": gettext_noop("Denied by the device"),
    "no_answer": gettext_noop("No answer"),
    "unreadable": gettext_noop("Not readable"),
    "unknown": gettext_noop("A code nobody knows yet"),
    "value": gettext_noop("Measured values"),
    "presence": gettext_noop("Came or went"),
}


@signed_in
def device(request: HttpRequest, actor: Actor, device_id: UUID) -> HttpResponse:
    now = timezone.now()
    try:
        if request.method == "POST":
            act_on_device(actor, device_id, request.POST.get("act", ""), now=now)
            return HttpResponseRedirect(reverse("office:device", args=[device_id]))
        found = open_device(actor, device_id, now=now)
    except NotSeen:
        raise Http404 from None
    except Moved:
        return HttpResponseRedirect(reverse("office:device", args=[device_id]))
    one = found.device
    signals = queries.said_by(one.county, one.address) if one.address else []
    context = {
        "now": now,
        "device": one,
        "label": _(KINDS.get(one.kind, one.kind)),
        "where": paths({one.region}).get(one.region, one.region),
        "link": queries.link_of(one),
        "acts": [(act, _(CAMERA_GONE if one.kind == CAMERA else ACTS[act])) for act in found.acts],
        "signals": [(signal, _sort(signal.sort)) for signal in signals if signal.device == one.id],
        "asked": [
            (order, _(ACTS[order.act]), [_sort(answer.sort) for answer in answers])
            for order, answers in queries.asked_of(one)
        ],
    }
    return render(request, "office/devices/device.html", context)


def _sort(sort: str) -> str:
    return _(SORTS[sort]) if sort in SORTS else _("Other signal")
