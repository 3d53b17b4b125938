"""报警台: fires and what may be one first, by their clock; storms of trouble folded; who is on duty."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.alarms import queries
from shouwang.domains.areas.queries import paths
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.queries import names as people_named
from shouwang.faces.alarm_words import (
    call_back,
    cause_words,
    clock,
    kind_of,
    left,
    level_words,
    proposed_words,
    state_words,
)
from shouwang.faces.doors import signed_in
from shouwang.faces.office.place import standpoint
from shouwang.flows.alarm_sight import HANDLING, WATCHING, alarm_sight
from shouwang.flows.keep_watch import desks_of
from shouwang.flows.office_channels import channel_areas
from shouwang.flows.sight import areas_for, pack
from shouwang.rules.alarm_storms import Rang, storms
from shouwang.rules.alarms import must_sound

Key = tuple[int, UUID]


@signed_in
def desk(request: HttpRequest, actor: Actor) -> HttpResponse:
    return desk_page(request, actor)


def desk_page(
    request: HttpRequest, actor: Actor, *, handing: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The desk; `handing` is a handing over that did not succeed, with why and what was typed."""
    now, area = timezone.now(), request.GET.get("area", "")
    stand = standpoint(actor, area, now=now, action=WATCHING)
    pieces = alarm_sight(actor, area=area).pieces()
    rang = [Rang(township=t, cause=c, source=s, at=at) for t, c, s, at in queries.trouble_now(pieces)]
    found = storms(pack(), rang, timezone.localdate(now))
    fires = queries.open_fires(pieces, after=_key(request.GET.get("after", "")))
    trouble = queries.open_trouble(pieces, folded=list(found), after=_key(request.GET.get("trouble", "")))
    places = paths({row["region"] for row in (*fires.rows, *trouble.rows)} | {one.township for one in found.values()})
    context = {
        "now": now,
        "stand": stand,
        "fires": [told(row, places, now) for row in fires.rows],
        "trouble": [told(row, places, now) for row in trouble.rows],
        "storms": [(cause_words(one.cause), places.get(one.township, one.township), one) for one in found.values()],
        "handles": bool(areas_for(actor, HANDLING)),
        "channels": bool(channel_areas(actor)),
        "watches": _watches(actor),
        "handing": handing or {},
        "next": _next(area, after=fires.after),
        "more_trouble": _next(area, trouble=trouble.after),
        "first": _next(area, first=True) if request.GET.get("after") or request.GET.get("trouble") else "",
    }
    return render(request, "office/alarms/desk.html", context, status=status)


@signed_in
def everything(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What rang, the newest first, whatever became of it."""
    now, area = timezone.now(), request.GET.get("area", "")
    after = _key(request.GET.get("after", ""))
    page = queries.newest(alarm_sight(actor, area=area).pieces(), after=after[1] if after else None)
    places = paths({row["region"] for row in page.rows})
    here = reverse("office:alarms_all")
    asked = {"area": area} if area else {}
    context = {
        "now": now,
        "stand": standpoint(actor, area, now=now, action=WATCHING),
        "rows": [told(row, places, now) for row in page.rows],
        "next": f"{here}?{urlencode(asked | {'after': _written(page.after)})}" if page.after else "",
        "first": f"{here}?{urlencode(asked)}" if after else "",
    }
    return render(request, "office/alarms/all.html", context)


def told(row: dict[str, Any], places: Any, now: datetime) -> dict[str, Any]:
    """A row in words."""
    return row | {
        "label": kind_of(row),
        "state_words": state_words(row["state"]),
        "proposed_words": proposed_words(row["proposed"]) if row["proposed"] else "",
        "where": places.get(row["region"], row["region"]),
        "clock": clock(row["raised_at"], now),
        "call_back": call_back(row["state"], row["call_by"], now),
        "left": left(row["due_at"], now) if row["rank"] == 1 else "",
        "sounds": must_sound(row["kind"], row["state"], proposed=bool(row["proposed"])),
        "known": [level_words(one) for one in row["levels"]],
    }


def _watches(actor: Actor) -> Sequence[dict[str, Any]]:
    """The desks the reader may sit at, and who sits there now."""
    desks = desks_of(actor)
    found = {one: queries.watch_at(one) for one in desks}
    who = people_named({one.person for one in found.values() if one})
    places = paths(set(desks))
    return [
        {
            "desk": one, "place": places.get(one, one), "watch": watch,
            "who": who.get(watch.person, "") if watch else "",
            "mine": watch is not None and watch.person == actor.id,
            "last": next(iter(queries.watches_at(one, limit=2)[1:]), None),
        }
        for one, watch in found.items()
    ]  # fmt: skip


def _next(area: str, *, after: Key | None = None, trouble: Key | None = None, first: bool = False) -> str:
    key = {"after": _written(after)} if after else {"trouble": _written(trouble)} if trouble else {}
    if not key and not first:
        return ""
    return f"{reverse('office:alarms')}?{urlencode(({'area': area} if area else {}) | key)}"


def _written(key: Key | None) -> str:
    return f"{key[0]}~{key[1]}" if key else ""


def _key(text: str) -> Key | None:
    """Where a page goes on; None for nothing, and for what somebody made up."""
    rank, _sep, id_ = text.partition("~")
    try:
        return (int(rank), UUID(id_)) if rank in ("0", "1", "2") else None
    except ValueError:
        return None
