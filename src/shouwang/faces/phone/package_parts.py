"""The parts of a grid's package (数据包各部分): open cases, and what there is to learn. A room adds its own here."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwang.domains.hazards.queries import ENDED_STATES, Sight, chosen, open_by_due
from shouwang.domains.households.queries import homes as homes_in
from shouwang.domains.ledger.queries import touched_since
from shouwang.domains.people.actor import Actor
from shouwang.domains.sites.queries import chosen as chosen_sites
from shouwang.domains.sites.queries import sites as sites_in
from shouwang.domains.volunteers.queries import groups as groups_in
from shouwang.faces.doors import signed_in
from shouwang.faces.lessons import lesson_list
from shouwang.faces.templatetags.words import grade_label, kind_label, say, site_label, when
from shouwang.flows.households_sight import home_sight
from shouwang.flows.register_site import site_sight
from shouwang.flows.sight import pack_of
from shouwang.flows.volunteer_groups import group_sight
from shouwang.kernel.codes import Level, level_of, parent_of
from shouwang.policy.lesson_shapes import Lesson

from .groups import KIND_WORDS
from .mine import AsBody
from .package import Asked, Part, Row, Slice, areas_of, asked_by, cursor_of, prefixes, told

MOST_CASES, MOST_LINES, MOST_HOMES, MOST_PLACES, MOST_GROUPS = 200, 2000, 400, 100, 30
LISTS = ("stored", "today", "any_visit", "place_walk", "mine", "tasks", "learn")


@require_GET
@signed_in
def package(request: HttpRequest, actor: Actor) -> JsonResponse:
    """What the grid looks like now, or what changed since the phone last asked."""
    asked = asked_by(actor, request.GET.get("since", ""), now=timezone.now())
    since = cursor_of(asked)
    found = {
        "who": str(actor.id),
        "at": asked.now.isoformat(),
        "since": since,
        "lists": [reverse(f"phone:{name}") for name in LISTS],
        "parts": told(asked, PARTS) if areas_of(actor) else [],
    }
    return JsonResponse(found)


def cases(asked: Asked) -> Slice:
    """Open hazards of the grid, the most pressing first. Who reported one is none of a package's business."""
    sight = Sight(areas=asked.areas, viewer=AsBody(posts=()))
    ids = _changed(asked, "hazards")
    if ids is None:
        rows = open_by_due(sight, limit=MOST_CASES).rows
        return Slice(rows=[_case(row, asked.now) for row in rows])
    seen = [vars(case) for case in chosen(sight, sorted(ids)) if case.state not in ENDED_STATES]
    still = {row["id"] for row in seen}
    return Slice(
        rows=[_case(row, asked.now) for row in seen[:MOST_CASES]],
        gone=sorted(str(one) for one in ids - still),
        whole=False,
    )


def _case(row: dict[str, Any], now: datetime) -> Row:
    place = f" · {row['place']}" if row["place"] else ""
    due = _("At the latest %(at)s") % {"at": when(row["due_at"], now)}
    return Row(
        id=str(row["id"]),
        words=f"{kind_label(row['kind'])}{place}",
        more=f"{grade_label(row['grade'])} · {due} · {row['code']}",
        page=reverse("phone:case", args=[row["id"]]),
        rank=row["due_at"].isoformat(),
    )


def lessons(asked: Asked) -> Slice:
    """Lessons of a minute for the person's posts; they change with the pack only."""
    if not asked.fresh:
        return Slice(whole=False)
    known, on = pack_of(asked.actor.county, now=asked.now), timezone.localdate(asked.now)
    return Slice(rows=[_lesson(n, one["lesson"]) for n, one in enumerate(lesson_list(known, asked.actor, on=on))])


def _lesson(n: int, lesson: Lesson) -> Row:
    page = reverse("phone:quiz", args=[lesson.id])
    return Row(id=lesson.id, words=say(lesson.label), more="", page=page, rank=f"{n:03}")


def homes(asked: Asked) -> Slice:
    """Homes of the grid by their door mark: who lives there, and why they are visited, stays with the server."""
    known = [touched_since(county, room, below=prefixes(asked, county), after=at, limit=MOST_LINES)
             for county, at in asked.since.items() for room in ("households", "patrols")]  # fmt: skip
    if not asked.fresh and not any(found is None or found for found in known):
        return Slice(whole=False, stencil=True)
    page = homes_in(home_sight(asked.actor), limit=MOST_HOMES)
    return Slice(rows=[_home(one.id, one.mark, one.kind) for one in page.rows], stencil=True)


def _home(id_: UUID, mark: str, kind: str) -> Row:
    page = reverse("phone:home_visit", args=[id_])
    return Row(id=str(id_), words=mark, more=site_label(kind), page=page, rank=mark)


def places(asked: Asked) -> Slice:
    """Places of the grid, each with the form of a patrol; who answers for one stays with the server."""
    changed = _changed(asked, "sites")
    if changed is None:
        return Slice(rows=[_place(one) for one in sites_in(site_sight(asked.actor), limit=MOST_PLACES).rows])
    found = chosen_sites(site_sight(asked.actor), changed)
    rows = [_place(one) for one in found if one.closed_on is None]
    return Slice(rows=rows, gone=[str(one.id) for one in found if one.closed_on], whole=False)


def groups(asked: Asked) -> Slice:
    """Groups of neighbours, each with the form by which help is called; of who is in one, nothing.

    Who was taken in or out sees another list though no group changed: they travel together.
    """
    villages = {str(parent_of(area)) for area in asked.areas if level_of(area) == Level.GRID}
    changed = _changed(asked, "volunteers", also=villages)
    if changed is not None and not changed:
        return Slice(whole=False)
    return Slice(rows=[_group(one) for one in groups_in(group_sight(asked.actor), limit=MOST_GROUPS).rows])


def _changed(asked: Asked, room: str, *, also: Collection[str] = ()) -> set[UUID] | None:
    """What acts of a room were about since the phone last asked; None where all is to be told anew."""
    if asked.fresh:
        return None
    touched = [touched_since(county, room, below=[*prefixes(asked, county), *also], after=at, limit=MOST_LINES)
               for county, at in asked.since.items()]  # fmt: skip
    return None if None in touched else {one for found in touched for _position, one in found or ()}


def _place(site: Any) -> Row:
    page, more = reverse("phone:site_patrol", args=[site.id]), f"{site_label(site.kind)} · {site.mark}"
    return Row(id=str(site.id), words=site.name, more=more, page=page, rank=site.mark)


def _group(group: Any) -> Row:
    page = reverse("phone:group_call", args=[group.id])
    return Row(id=str(group.id), words=group.name, more=str(KIND_WORDS[group.kind]), page=page, rank=group.name)


PARTS: tuple[Part, ...] = (
    ("homes", lambda: _("Homes"), homes),
    ("cases", lambda: _("Open hazards of the grid"), cases),
    ("groups", lambda: _("Call neighbours for help"), groups),
    ("places", lambda: _("Places"), places),
    ("lessons", lambda: _("To learn"), lessons),
)
