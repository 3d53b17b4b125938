"""我的: what waits for me, what awaits a re-check, what I reported; each list the most pressing or newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.hazards.queries import WORKING_STATES, Page, Sight, newest, open_by_due
from shouwang.domains.hazards.reporters import told_by
from shouwang.domains.people.actor import Actor, HeldPost
from shouwang.faces import keyset
from shouwang.faces.doors import signed_in
from shouwang.faces.phone.grids import named
from shouwang.flows.sight import counties_within, pack, sight

FEW, MANY = 8, 30


@dataclass(frozen=True, kw_only=True)
class AsBody:
    """The bodies a person works for, without the person: who reported a case is not given it thereby."""

    posts: tuple[HeldPost, ...]
    id: UUID = UUID(int=0)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One list under its heading; `more` leads to the rest."""

    name: str
    label: str
    rows: Sequence[Mapping[str, Any]]
    more: str


@signed_in
def mine(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All lists, a few rows of each, or the whole of the one asked for."""
    asked, after = request.GET.get("list", ""), keyset.read(request.GET.get("after", ""))
    readers = {"given": given, "recheck": recheck, "reported": reported}
    wanted = [asked] if asked in readers else list(readers)
    limit = MANY if asked in readers else FEW
    pages = {name: readers[name](actor, limit, after if name == asked else None) for name in wanted}
    lists = [_shown(name, page) for name, page in pages.items() if page.rows or name == asked]
    context = {
        "lists": lists,
        "places": _places(lists),
        "first": reverse("phone:mine") if asked in readers else "",
        "whole": asked in readers,
        "joined": () if asked in readers else told_by(actor.id, counties_within(_areas(actor)), limit=FEW),
        "now": timezone.now(),
        "tab": "mine",
    }
    return render(request, "phone/mine.html", context)


def given(actor: Actor, limit: int, after: tuple[datetime, UUID] | None) -> Page:
    """To be fixed by a body I work for."""
    posts = tuple(post for post in actor.posts if "hazards.rectify" in pack().posts[post.kind].actions)
    departments = {post.department for post in posts if post.department}
    if not departments:
        return Page(rows=[], after=None)
    where = {"department__in": sorted(departments), "state__in": WORKING_STATES}
    return open_by_due(Sight(areas=(), viewer=AsBody(posts=posts)), limit=limit, after=after, where=where)


def recheck(actor: Actor, limit: int, after: tuple[datetime, UUID] | None) -> Page:
    """Fixed, to be re-checked where my posts allow it, by whoever did not fix it (07-31)."""
    seen = sight(actor, "hazards.recheck")
    if not seen.areas:
        return Page(rows=[], after=None)
    return open_by_due(seen, limit=limit, after=after, where={"state": "submitted"})


def reported(actor: Actor, limit: int, after: tuple[datetime, UUID] | None) -> Page:
    return newest(Sight(areas=(), viewer=actor), limit=limit, after=after, where={"reporter": actor.id})


def _areas(actor: Actor) -> list[str]:
    return sorted({area for post in actor.posts for area in post.territory})


def _places(lists: Sequence[Shown]) -> dict[str, str]:
    regions = {row["region"] for shown in lists for row in shown.rows}
    return {grid.code: grid.name for grid in named(sorted(regions))}


def _shown(name: str, page: Page) -> Shown:
    labels = {"given": _("For me to fix"), "recheck": _("Awaiting re-check"), "reported": _("Reported by me")}
    query = f"?list={name}" + (f"&after={quote(keyset.written(page.after))}" if page.after else "")
    return Shown(
        name=name,
        label=labels[name],
        rows=page.rows,
        more=reverse("phone:mine") + query if page.after else "",
    )
