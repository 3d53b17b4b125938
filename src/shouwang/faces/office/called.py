"""Departments called to cases, as lists (被吹哨清单): for my department, to confirm, to rule on, all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import paths
from shouwang.domains.hazards.muster_counts import measures
from shouwang.domains.hazards.muster_queries import in_sight, page_of, waiting
from shouwang.domains.people.actor import Actor
from shouwang.faces import keyset
from shouwang.faces.doors import signed_in
from shouwang.faces.musters import TONES
from shouwang.faces.office.place import standpoint
from shouwang.faces.templatetags.words import say
from shouwang.flows.sight import areas_for, pack, sight
from shouwang.kernel.codes import covered
from shouwang.rules.musters import SUMMONS

ROWS = 50
VIEWS = ("department", "site", "ruling", "all")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the address asks for; a value nobody knows is left out. Days are whole, `until` counts too."""

    area: str
    view: str
    department: str
    what: str
    since: date
    until: date

    def query(self, **more: str) -> str:
        kept = {
            "area": self.area, "view": self.view, "department": self.department, "what": self.what,
            "since": self.since.isoformat(), "until": self.until.isoformat(),
        }  # fmt: skip
        return urlencode({name: value for name, value in {**kept, **more}.items() if value})

    @property
    def period(self) -> Q:
        zone = pack().zone
        start = datetime.combine(self.since, time(), zone)
        return Q(at__gte=start, at__lt=datetime.combine(self.until, time(), zone) + timedelta(days=1))


def asked_of(request: HttpRequest, *, now: datetime) -> Asked:
    today = timezone.localtime(now).date()
    get = request.GET.get
    what, department = get("what", ""), get("department", "")
    return Asked(
        area=get("area", ""),
        view=get("view", "") if get("view", "") in VIEWS else "",
        department=department if department in pack().departments else "",
        what=what if what in measures(now) else "",
        since=_day(get("since", ""), date(today.year, 1, 1)),
        until=_day(get("until", ""), today),
    )


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


@signed_in
def called(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One view at a time; open ones by who waits longest, all of them the newest first."""
    now = timezone.now()
    asked, views = asked_of(request, now=now), views_of(actor)
    view = asked.view if asked.view in views else next(iter(views))
    stand = standpoint(actor, asked.area, now=now)
    rows = in_sight(stand.sight).filter(**stand.where)
    after = keyset.read(request.GET.get("after", ""))
    wanted = _all(asked, now) if view == "all" else _waiting(actor)[view]
    found, following = page_of(rows.filter(wanted), limit=ROWS, after=after, oldest=view != "all")
    here = reverse("office:called")
    context = {
        "now": now,
        "stand": stand,
        "filters": asked,
        "tabs": [(name, label, f"{here}?{urlencode({'view': name})}") for name, label in views.items()],
        "view": view,
        "rows": [_row(one, stand.sight.areas, now) for one in found],
        "places": paths({one.region for one in found}),
        "next": f"{here}?{asked.query(view=view, after=keyset.written(following))}" if following else "",
        "first": f"{here}?{asked.query(view=view)}" if after else "",
        "narrowed": view == "all" and bool(asked.department or asked.what),
    }
    return render(request, "office/called.html", context)


def views_of(actor: Actor) -> dict[str, str]:
    """The views that can hold anything for a person, with their names."""
    found = {}
    if any(post.department not in ("", pack().wiring.departments.grid) for post in actor.posts):
        found["department"] = _("For my department")
    if areas_for(actor, "hazards.whistle"):
        found["site"] = _("For me to confirm")
    if areas_for(actor, "hazards.arbitrate"):
        found["ruling"] = _("To rule on")
    return found | {"all": _("Every whistle")}


def waiting_for(actor: Actor) -> int:
    """How many calls wait for a person, for whichever reason: one statement."""
    views = [name for name in views_of(actor) if name != "all"]
    if not views:
        return 0
    told, wanted = _waiting(actor), Q(pk__in=[])
    for name in views:
        wanted |= told[name]
    return in_sight(sight(actor)).filter(wanted).count()


def _waiting(actor: Actor) -> dict[str, Q]:
    site = any(
        post.department == pack().wiring.departments.grid and "hazards.whistle" in pack().posts[post.kind].actions
        for post in actor.posts
        if post.kind in pack().posts
    )
    return waiting(sight(actor), site=site)


def _all(asked: Asked, now: datetime) -> Q:
    wanted = asked.period & measures(now)[asked.what or "received"]
    return wanted & Q(department=asked.department) if asked.department else wanted


def _row(one: Any, areas: Sequence[str], now: datetime) -> dict[str, Any]:
    """A department that was let go reads its own call; the case is none of its business any more."""
    loop = pack().loops[SUMMONS]
    awaited = one.due_at if one.state in ("called", "coming") else None
    opens = one.state != "released" or covered(areas, one.region)
    return {
        "muster": one,
        "case": one.case,
        "state": say(loop.states.get(one.state), one.state),
        "tone": TONES.get(one.state, ""),
        "due": one.ruling_due_at if one.state == "disputed" else awaited,
        "href": f"{reverse('office:case', args=[one.case_id])}#muster-{one.id}" if opens else "",
    }


