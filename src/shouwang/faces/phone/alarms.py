"""手机·报警: who can run there says that they are on the way, and what they find; it can be kept offline."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.alarms import queries
from shouwang.domains.areas.queries import paths
from shouwang.domains.people.actor import Actor
from shouwang.faces.alarms import CALLS, alarm_told, attempt, most_of, read_go
from shouwang.faces.days import moment
from shouwang.faces.doors import signed_in
from shouwang.faces.office.alarms.desk import told
from shouwang.faces.phone.receipts import because, handed_in
from shouwang.flows.alarm_sight import alarm_sight


@signed_in
def alarms(request: HttpRequest, actor: Actor) -> HttpResponse:
    now = timezone.now()
    page = queries.open_fires(alarm_sight(actor).pieces())
    places = paths({row["region"] for row in page.rows})
    rows = [told(row, places, now) for row in page.rows]
    return render(request, "phone/alarms.html", {"rows": rows, "now": now, "tab": "today"})


@handed_in
@signed_in
def alarm(request: HttpRequest, actor: Actor, alarm_id: UUID) -> HttpResponse:
    now, said = timezone.now(), None
    if request.method == "POST":
        go = read_go(request, moment(request.POST.get("at", ""), now))
        said = attempt(request, actor, alarm_id, go, now=now)
        if said is None:
            return HttpResponseRedirect(reverse("phone:alarm", args=[alarm_id]), status=303)
        said |= {"sent": go}
    # Who was first may have been so long before the twenty that are shown.
    most = most_of(request) if said is None else None
    context = {**alarm_told(actor, alarm_id, now=now, side="witness", most=most), **(said or {})}
    context |= {"tab": "today", "calls_act": CALLS}
    response = render(request, "phone/alarm.html", context, status=said["status"] if said else 200)
    if said is None:
        return response
    faults, against = _why(context, go.act)
    return because(response, faults, against=against)


def _why(context: Mapping[str, Any], act: str) -> tuple[Mapping[str, str], bool]:
    """What the outbox is told of a refusal, and whether it stands against what somebody else found meanwhile."""
    if faults := context.get("faults"):
        return faults, True
    if any(offer.act == act for offer in context["offers"]):
        return {"reason": _("Choose a reason from the list.")}, False
    found = next((step for step in reversed(context["steps"]) if step["moved"]), None)
    if found is None:
        return {}, True
    words = _("%(who)s was first: %(act)s, %(at)s. What you entered was not added; open the alarm and see.")
    return {"": words % {name: found[name] for name in ("who", "act", "at")}}, True
