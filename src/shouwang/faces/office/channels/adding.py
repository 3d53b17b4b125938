"""添加渠道: a robot, a mail address or a webhook; nothing typed is lost but what opens it, which is asked for again."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.channels.words import KINDS, TOLD
from shouwang.faces.office.place import standpoint
from shouwang.faces.tried import tried
from shouwang.flows.alarm_sight import HANDLING
from shouwang.flows.office_channels import LONGEST, NewChannel, add_channel, channel_areas
from shouwang.rules.telling import ALARMS

PARTS = tuple(name for name in LONGEST if name != "label")


@signed_in
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    areas = channel_areas(actor)
    if not areas:
        raise Http404
    if request.method != "POST":
        return _form(request, actor, {"key": str(uuid4()), "region": areas[0], "told": sorted(ALARMS), "kind": "wecom"})
    names = ("key", "kind", "region", "label", *PARTS)
    typed: dict[str, Any] = {name: request.POST.get(name, "").strip() for name in names}
    typed["told"] = request.POST.getlist("told")
    asked = NewChannel(
        key=typed["key"], kind=typed["kind"], region=typed["region"], label=typed["label"], told=typed["told"],
        parts={name: typed[name] for name in PARTS},
    )  # fmt: skip
    found = tried(typed, lambda: add_channel(actor, asked, now=timezone.now()))
    if found.done is None:
        return _form(request, actor, found.typed, found.faults, status=found.status)
    made = found.done
    return HttpResponseRedirect(f"{reverse('office:channel', args=[made.county, made.id])}?done=add", status=303)


def _form(
    request: HttpRequest,
    actor: Actor,
    typed: Mapping[str, Any],
    faults: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    stand = standpoint(actor, "", now=timezone.now(), action=HANDLING)
    context = {
        "typed": typed,
        "faults": faults or {},
        "kinds": [(code, _(words)) for code, words in KINDS.items()],
        "told": [(code, _(words)) for code, words in TOLD.items()],
        "places": [(one.code, one.name) for one in (*stand.line[-1:], *stand.below)],
    }
    return render(request, "office/channels/new.html", context, status=status)
