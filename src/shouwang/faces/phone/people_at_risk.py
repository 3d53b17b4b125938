"""重点人员: a person at risk is put on the sealed register, amended, taken off; each question says why."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.domains.households.queries import one, person
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.phone.grounds import grounds
from shouwang.faces.phone.receipts import handed_in
from shouwang.faces.refusals import refused
from shouwang.flows.households_sight import home_sight
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.register_person import Told, amend_person, register_person, take_off
from shouwang.flows.sight import pack

Values = Mapping[str, str]


@handed_in
@signed_in
def enter(request: HttpRequest, actor: Actor, home_id: UUID) -> HttpResponse:
    if one(home_sight(actor), home_id) is None:
        raise Http404
    if request.method != "POST":
        return _form(request, home_id, {"key": str(uuid4())})
    return _settled(request, home_id, lambda told: register_person(actor, home_id, told, now=timezone.now()))


@handed_in
@signed_in
def amend(request: HttpRequest, actor: Actor, home_id: UUID, resident_id: UUID) -> HttpResponse:
    """Everything is told anew: nobody needs to read what stood there."""
    found = person(home_sight(actor), resident_id)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _form(request, home_id, {"key": str(uuid4()), "group": found.group, "consent": found.consent})
    return _settled(request, home_id, lambda told: amend_person(actor, resident_id, told, now=timezone.now()))


@require_POST
@signed_in
def off(request: HttpRequest, actor: Actor, home_id: UUID, resident_id: UUID) -> HttpResponse:
    try:
        take_off(actor, resident_id, now=timezone.now())
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return refused(request, refusal.decision)
    except Moved:
        pass  # somebody else was just here: the page tells how it stands
    return HttpResponseRedirect(reverse("phone:home", args=[home_id]), status=303)


def _settled(request: HttpRequest, home_id: UUID, act: Any) -> HttpResponse:
    """Nothing typed is lost on a refusal."""
    typed = {name: value.strip() for name, value in request.POST.items() if isinstance(value, str)}
    values = {name: typed.get(name, "") for name in pack().person_fields}
    said = {name: typed.get(name, "") for name in ("key", "group", "consent")}
    faults: Values = {}
    try:
        act(Told(**said, values=values))
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return refused(request, refusal.decision)
    except (KeyReused, Moved):
        faults = {"": _("Somebody else changed this first. Look at it once more and send it again.")}
        typed["key"] = str(uuid4())
    except Unfit as unfit:
        faults = unfit.fields
    else:
        return HttpResponseRedirect(reverse("phone:home", args=[home_id]), status=303)
    return _form(request, home_id, typed, faults, status=422)


def _form(
    request: HttpRequest, home_id: UUID, typed: Values, faults: Values | None = None, status: int = 200
) -> HttpResponse:
    ours, wrong = pack(), faults or {}
    fields = [
        {"field": field, "value": typed.get(key, ""), "fault": wrong.get(key, "")}
        for key, field in ours.person_fields.items()
    ]
    context = {
        "home_id": home_id, "typed": typed, "faults": wrong, "fields": fields, "grounds": grounds(), "tab": "homes",
        "groups": [(key, one.label) for key, one in ours.risk_groups.items() if not one.of_home],
    }  # fmt: skip
    return render(request, "phone/person_at_risk.html", context, status=status)
