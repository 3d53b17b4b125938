"""One alarm at the desk: the steps as buttons, whom to telephone behind an act of its own, each level for itself."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.people.actor import Actor
from shouwang.faces.alarms import alarm_told, attempt, read_go
from shouwang.faces.doors import signed_in


@signed_in
def alarm(request: HttpRequest, actor: Actor, alarm_id: UUID) -> HttpResponse:
    now, said = timezone.now(), None
    if request.method == "POST":
        go = read_go(request)
        said = attempt(request, actor, alarm_id, go, now=now)
        if said is None:
            return HttpResponseRedirect(reverse("office:alarm", args=[alarm_id]), status=303)
        said |= {"sent": go}
    context = {**alarm_told(actor, alarm_id, now=now, side="desk"), **(said or {})}
    return render(request, "office/alarms/alarm.html", context, status=said["status"] if said else 200)
