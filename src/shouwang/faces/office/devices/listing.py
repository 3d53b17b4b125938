"""设备: what hangs in an area, by kind, with what fell silent; and addresses that speak and nobody knows."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import paths
from shouwang.domains.devices import queries
from shouwang.domains.people.actor import Actor
from shouwang.faces import keyset
from shouwang.faces.doors import signed_in
from shouwang.faces.office.devices.words import KINDS
from shouwang.faces.office.place import standpoint
from shouwang.flows.import_devices import may_import
from shouwang.flows.keep_peers import office_of
from shouwang.flows.see_devices import counties_of_unknown, device_sight
from shouwang.flows.sight import RECORDS
from shouwang.rules.device_hearing import silent_from


@signed_in
def devices(request: HttpRequest, actor: Actor) -> HttpResponse:
    now, area = timezone.now(), request.GET.get("area", "")
    stand = standpoint(actor, area, now=now, action=RECORDS)
    kind, silent = request.GET.get("kind", ""), request.GET.get("silent") == "1"
    page = queries.newest(
        device_sight(actor, area).pieces(),
        where={"kind": kind if kind in KINDS else ""},
        silent_at=now if silent else None,
        after=keyset.read(request.GET.get("after", "")),
    )
    asked = {"area": area, "kind": kind, "silent": "1" if silent else ""}
    here = reverse("office:devices")
    context = {
        "now": now,
        "stand": stand,
        "rows": [_told(row, now) for row in page.rows],
        "places": paths({row["region"] for row in page.rows}),
        "kinds": [(code, _(label), code == kind) for code, label in KINDS.items()],
        "silent": silent,
        "done": request.GET.get("done", ""),
        "unknown": bool(counties_of_unknown(actor)),
        "may_import": may_import(actor),
        "peers": bool(office_of(actor)),
        "next": f"{here}?{urlencode(asked | {'after': keyset.written(page.after)})}" if page.after else "",
        "first": f"{here}?{urlencode(asked)}" if request.GET.get("after") else "",
    }
    return render(request, "office/devices/list.html", context)


def _told(row: dict[str, Any], now: Any) -> dict[str, Any]:
    gone = silent_from(row["heard_at"], row["beat"]) if row["heard_at"] else None
    return row | {
        "label": _(KINDS.get(row["kind"], row["kind"])),
        "silent": gone is not None and gone < now,
        "ended": row["ends_on"] is not None and row["ends_on"] < timezone.localdate(now),
    }


@signed_in
def unknown_sources(request: HttpRequest, actor: Actor) -> HttpResponse:
    counties = counties_of_unknown(actor)
    page = queries.unknown(counties, after=keyset.read(request.GET.get("after", "")))
    here = reverse("office:unknown_sources")
    context = {
        "now": timezone.now(),
        "rows": page.rows,
        "next": f"{here}?{urlencode({'after': keyset.written(page.after)})}" if page.after else "",
        "first": here if request.GET.get("after") else "",
    }
    return render(request, "office/devices/unknown.html", context)
