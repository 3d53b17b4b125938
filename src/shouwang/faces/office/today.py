"""The page the office opens on: what presses today, and the case one looks at."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.domains.areas.queries import paths
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.keyset import read_id
from shouwang.faces.office.called import waiting_for
from shouwang.faces.office.filters import Filters, filters
from shouwang.faces.office.letters.waiting import letters_waiting
from shouwang.faces.office.monthly import closed_in_time
from shouwang.faces.office.place import standpoint
from shouwang.faces.office.triage import triage
from shouwang.faces.story import Story, story_of
from shouwang.faces.tasks.groups import pressing_tasks
from shouwang.flows.sight import areas_for


@signed_in
def today(request: HttpRequest, actor: Actor) -> HttpResponse:
    """今日事项. `case` opens one case in the pane; with htmx the pane alone is sent."""
    now, asked = timezone.now(), filters(request)
    opened = read_id(request.GET.get("case", ""))
    if getattr(request, "htmx", False) and not request.htmx.history_restore_request:  # type: ignore[attr-defined]
        return render(request, "office/pane.html", _pane(actor, opened, request, asked=asked, now=now))
    stand = standpoint(actor, asked.area, now=now)
    found = triage(stand, wanted=asked.where, now=now)
    for row in found.rows:
        row["href"] = f"?{asked.query(case=str(row['id']))}"
    unasked = opened is None
    first = opened or next((row["id"] for row in found.rows), None)
    pane = _pane(actor, first, request, asked=asked, now=now)
    context = {
        **pane,
        "unasked": unasked,
        "stand": stand,
        "filters": asked,
        "choices": asked.choices("grade", "kind"),
        "triage": found,
        "places": paths({row["region"] for row in found.rows}),
        "month": closed_in_time(stand, now=now),
        "may_report": bool(areas_for(actor, "hazards.report")),
        "tasks": pressing_tasks(actor, now=now),
        "letters": letters_waiting(actor, now=now),
        "whistles": waiting_for(actor),
    }
    return render(request, "office/today.html", context)


def _pane(
    actor: Actor, opened: UUID | None, request: HttpRequest, *, asked: Filters, now: Any
) -> dict[str, Any]:
    story: Story | None = story_of(actor, opened) if opened else None
    back = f"{request.path}?{asked.query(case=str(opened))}" if story else request.path
    return {
        "story": story,
        "now": now,
        "back": back,
        "list": f"{request.path}?{asked.query()}",
        "done": request.GET.get("done", ""),
    }
