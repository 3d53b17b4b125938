"""渠道列表与一条渠道: what an office's channels are told of, the last receipts; trial, pause, and taking away."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import paths
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.keyset import read_id
from shouwang.faces.office.channels.words import KINDS, receipt, told_words
from shouwang.faces.tried import somebody_was_first
from shouwang.flows.office_channels import (
    AT_ONCE,
    channel,
    channel_areas,
    channels,
    end_channel,
    last_of,
    last_of_each,
    pause_channel,
    try_channel,
)
from shouwang.flows.refusal import Moved, NotSeen

Act = Callable[[Actor, Any, datetime], None]
ACTS: Mapping[str, Act] = {
    "try": lambda who, one, now: try_channel(who, one.county, one.id, now=now),
    "pause": lambda who, one, now: pause_channel(who, one.county, one.id, paused=True, now=now),
    "resume": lambda who, one, now: pause_channel(who, one.county, one.id, paused=False, now=now),
    "end": lambda who, one, now: end_channel(who, one.county, one.id, now=now),
}


@signed_in
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    if not channel_areas(actor):
        raise Http404
    found, now = channels(actor, after=read_id(request.GET.get("after", ""))), timezone.now()
    places = paths({one.region for one in found})
    last = last_of_each(found[:AT_ONCE])
    rows = [_row(one, places, last.get(one.id), now) for one in found[:AT_ONCE]]
    here = reverse("office:channels")
    context = {
        "rows": rows,
        "first": here if request.GET.get("after") else "",
        "next": f"{here}?after={found[AT_ONCE - 1].id}" if len(found) > AT_ONCE else "",
        "ended": request.GET.get("done") == "end",
    }
    return render(request, "office/channels/list.html", context)


@signed_in
def one(request: HttpRequest, actor: Actor, county: str, contact_id: UUID) -> HttpResponse:
    now, fault = timezone.now(), ""
    try:
        found = channel(actor, county, contact_id)
        if request.method == "POST":
            act = request.POST.get("act", "")
            if act not in ACTS:
                raise Http404
            ACTS[act](actor, found, now)
            to = reverse("office:channels") if act == "end" else reverse("office:channel", args=[county, contact_id])
            return HttpResponseRedirect(f"{to}?done={act}", status=303)
    except NotSeen:
        raise Http404 from None
    except Moved:
        fault = somebody_was_first()
    last = last_of(found)
    context = {
        "one": _row(found, paths({found.region}), next(iter(last), None), now),
        "receipts": [receipt(row, now) for row in last],
        "done": request.GET.get("done", ""),
        "fault": fault,
    }
    return render(request, "office/channels/one.html", context, status=409 if fault else 200)


def _row(one: Any, places: Mapping[str, str], last: Any, now: datetime) -> dict[str, Any]:
    """Never the address: a few signs by which to know it again."""
    return {
        "contact": one, "kind": _(KINDS.get(one.kind, one.kind)), "place": places.get(one.region, one.region),
        "told": told_words(one.told), "last": receipt(last, now) if last else None,
    }  # fmt: skip
