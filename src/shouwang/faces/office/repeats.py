"""反复发生地点: where hazards came back within the days a place decided on; each opens to its cases."""

import base64
import json
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.areas.queries import paths
from shouwang.domains.hazards.repeating import Key
from shouwang.domains.hazards.repeating import repeats as repeated
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.place import standpoint
from shouwang.flows.sight import pack_for
from shouwang.policy import Pack

ROWS = 50
MOST, NUL = 2**31, "\x00"
COUNT, DAYS = "hazard.repeat.count", "hazard.repeat.days"


@signed_in
def repeats(request: HttpRequest, actor: Actor) -> HttpResponse:
    now, area = timezone.now(), request.GET.get("area", "")
    stand = standpoint(actor, area, now=now)
    pack, today = pack_for(stand.area, now=now), timezone.localdate(now)
    least, days = (_value(pack, name, today) for name in (COUNT, DAYS))
    found = [] if least is None or days is None else repeated(
        stand.sight,
        since=now - timedelta(days=days),
        least=max(least, 2),
        limit=ROWS + 1,
        after=_read(request.GET.get("after", "")),
        where=stand.where,
    )
    here = reverse("office:repeats")
    following = _written(found[ROWS - 1].key) if len(found) > ROWS else ""
    context = {
        "now": now,
        "stand": stand,
        "least": least,
        "days": days,
        "rows": found[:ROWS],
        "places": paths({row.region for row in found[:ROWS]}),
        "next": f"{here}?{urlencode({'area': area, 'after': following})}" if following else "",
        "first": f"{here}?{urlencode({'area': area})}" if request.GET.get("after") else "",
    }
    return render(request, "office/repeats.html", context)


def _value(pack: Pack, name: str, on: date) -> int | None:
    """What the place decided; None while nobody gave it."""
    parameter = pack.parameters.get(name)
    value = parameter.on(on) if parameter else None
    return int(value.value) if value is not None and value.is_set and value.value is not None else None


def _written(key: Key) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode()


def _read(text: str) -> Key | None:
    """The place of the page before; None for what no page gave."""
    try:
        n, region, place = json.loads(base64.urlsafe_b64decode(text)) if text else (None, "", "")
    except (ValueError, TypeError, RecursionError):
        return None
    if not (isinstance(n, int) and isinstance(region, str) and isinstance(place, str)):
        return None
    return (n, region, place) if 0 <= n < MOST and NUL not in region + place else None
