"""One alarm at the desk: the steps as buttons, whom to telephone and cameras each behind an act of its own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.people.actor import Actor
from shouwang.domains.people.queries import names as people_named
from shouwang.faces.alarm_words import clock
from shouwang.faces.alarms import alarm_told, attempt, most_of, read_go
from shouwang.faces.doors import signed_in
from shouwang.faces.office.peers.beside import elsewhere
from shouwang.faces.refusals import told as refusal_told
from shouwang.flows.alarm_looks import Looked, looks_at
from shouwang.flows.refusal import NotSeen, Refused
from shouwang.flows.see_cameras import cameras_near, look_through
from shouwang.flows.sight import pack_of

LOOK = "look"


@signed_in
def alarm(request: HttpRequest, actor: Actor, alarm_id: UUID) -> HttpResponse:
    now, said = timezone.now(), None
    if request.method == "POST":
        said = _act(request, actor, alarm_id)
        if said is None:
            return HttpResponseRedirect(reverse("office:alarm", args=[alarm_id]), status=303)
    most = most_of(request)
    context = {**alarm_told(actor, alarm_id, now=now, side="desk", most=most), **(said or {})}
    stands = context["alarm"]
    pack = pack_of(stands.county, now=now)
    looks, before = looks_at(actor, stands, pack=pack, limit=most)
    context |= {
        "elsewhere": elsewhere(stands), "cameras": cameras_near(actor, stands, pack=pack, now=now),
        "looks": _told(looks, now), "looks_before": before, "whole": most is None,
    }  # fmt: skip
    return render(request, "office/alarms/alarm.html", context, status=said["status"] if said else 200)


def _told(looks: Sequence[Looked], now: datetime) -> list[tuple[str, str, str]]:
    """(which camera, who, when) of each look."""
    who = people_named({one.actor for one in looks})
    return [(one.camera, who.get(one.actor, ""), clock(one.at, now)) for one in looks]


def _act(request: HttpRequest, actor: Actor, alarm_id: UUID) -> dict[str, Any] | None:
    """None when it is done; else what to show."""
    if request.POST.get("act") == LOOK:
        return _look(actor, alarm_id, request.POST.get("camera", ""))
    go = read_go(request)
    said = attempt(request, actor, alarm_id, go, now=timezone.now())
    return None if said is None else said | {"sent": go}


def _look(actor: Actor, alarm_id: UUID, camera: str) -> dict[str, Any]:
    """The address of the picture, once the look is on record."""
    try:
        return {"status": 200, "shown": look_through(actor, alarm_id, UUID(camera), now=timezone.now())}
    except (NotSeen, ValueError):
        raise Http404 from None
    except Refused as refusal:
        return {"status": 409, **refusal_told(refusal.decision)}
