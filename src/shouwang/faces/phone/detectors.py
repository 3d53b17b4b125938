"""报警器: what hangs in a home, and the plain form by which one that was fitted is entered, without a network too."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.domains.households.queries import one as one_home
from shouwang.domains.people.actor import Actor
from shouwang.faces.days import day_of
from shouwang.faces.doors import signed_in
from shouwang.faces.office.devices.words import KINDS as LABELS
from shouwang.faces.phone.receipts import because, handed_in
from shouwang.faces.refusals import refused
from shouwang.faces.tried import tried
from shouwang.flows.act_on_device import act_on_device
from shouwang.flows.households_sight import home_sight
from shouwang.flows.install_detector import KINDS, Fitted, detectors_in, install_detector
from shouwang.flows.refusal import Moved, NotSeen, Refused

HERE = ("test", "retire")
Words = Mapping[str, str]


@handed_in
@signed_in
def fit(request: HttpRequest, actor: Actor, home_id: UUID) -> HttpResponse:
    """A detector of a home is entered: what, when, whether it rang; its number only where it speaks by itself."""
    home, now = one_home(home_sight(actor), home_id), timezone.now()
    if home is None:
        raise Http404
    more = {"home": home, **detector_form(actor, home, now=now)}
    if request.method != "POST":
        return _page(request, more)
    typed = {name: str(value).strip() for name, value in request.POST.items()}
    try:
        found = tried(typed, lambda: install_detector(actor, home_id, _read(typed), now=now))
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return refused(request, refusal.decision)
    if found.done:
        return HttpResponseRedirect(reverse("phone:home", args=[home_id]), status=303)
    return _page(request, {**more, "fitting": found.typed, "wrong": found.faults}, status=found.status)


@require_POST
@signed_in
def act(request: HttpRequest, actor: Actor, home_id: UUID, device_id: UUID) -> HttpResponse:
    """It was tried out and rang, or hangs no longer."""
    home = one_home(home_sight(actor), home_id)
    name = request.POST.get("act", "")
    if home is None or name not in HERE:
        raise Http404
    if device_id not in [one.device.id for one in detectors_in(home, now=timezone.now())]:
        raise Http404
    try:
        act_on_device(actor, device_id, name, now=timezone.now())
    except NotSeen:
        raise Http404 from None
    except Moved:
        pass  # The page shows how it stands now.
    return HttpResponseRedirect(reverse("phone:home", args=[home_id]), status=303)


def detectors_told(home: Any, *, now: datetime) -> Sequence[dict[str, Any]]:
    return [{**vars(one), "label": _(LABELS[one.device.kind])} for one in detectors_in(home, now=now)]


def detector_form(actor: Actor, home: Any, *, now: datetime) -> dict[str, Any]:
    """What hangs in a home, and an empty form for one more."""
    return {"detectors": detectors_told(home, now=now), **detector_fresh(actor, now=now)}


def detector_fresh(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """The form as it is opened: the day and the name are those most likely meant."""
    opened = {"key": str(uuid4()), "at": now.isoformat(), "on": timezone.localdate(now).isoformat()}
    return {
        "device_kinds": [(kind, _(LABELS[kind])) for kind in KINDS],
        "fitting": {**opened, "kind": KINDS[0], "installer": actor.name}, "now": now,
    }  # fmt: skip


def _read(typed: Words) -> Fitted:
    return Fitted(
        key=typed.get("key", ""), kind=typed.get("kind", ""), on=day_of(typed.get("on", "")),
        address=typed.get("address", "").replace(" ", ""), installer=typed.get("installer", ""),
        rang=bool(typed.get("rang")),
    )  # fmt: skip


def _page(request: HttpRequest, more: dict[str, Any], *, status: int = 200) -> HttpResponse:
    context = {"wrong": {}, **more, "tab": "homes"}
    return because(render(request, "phone/detector.html", context, status=status), context["wrong"])
