"""任务清单: what I must do, or what an area owes; the most pressing first, under headings with their counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import Place, children, line_of
from shouwang.domains.areas.scopes import common_root
from shouwang.domains.duties.lists import MOST, Page, Wanted, counted, grouped, tasks
from shouwang.domains.duties.scopes import Sight
from shouwang.domains.people.actor import Actor
from shouwang.faces import keyset
from shouwang.faces.doors import signed_in
from shouwang.faces.keyset import read_id
from shouwang.faces.tasks.filters import Filters, filters
from shouwang.faces.tasks.groups import NAMES, groups, labels
from shouwang.faces.tasks.notices import digests
from shouwang.faces.tasks.rows import Row, counted_in, folded, rows
from shouwang.faces.tasks.story import story_of
from shouwang.flows.see_tasks import looks_around, task_sight
from shouwang.kernel.codes import covered, covers
from shouwang.kernel.lineage import Lineage

SHOWN, READ, ROWS = 12, 60, 50


@dataclass(frozen=True, kw_only=True)
class Group:
    """One heading: how many there are, the first of them, and where the rest is."""

    name: str
    label: str
    count: int
    rows: Sequence[Row]
    more: str

    @property
    def many(self) -> bool:
        return self.count >= MOST


@dataclass(frozen=True, kw_only=True)
class Stand:
    """An area within sight, the way down to it and the areas below: the crumb is the switch of scope."""

    area: str
    line: Sequence[Place]
    below: Sequence[Place]


@signed_in
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list; `task` opens one of it in the pane, and with htmx the pane alone is sent."""
    now, asked, whole = timezone.now(), filters(request), task_sight(actor)
    opened, htmx = read_id(request.GET.get("task", "")), getattr(request, "htmx", None)
    if opened and htmx and not htmx.history_restore_request:
        return render(request, "tasks/pane.html", _pane(request, actor, opened, sight=whole, now=now))
    asked = _turned(asked, whole)
    stand = stand_in(asked, whole, actor.lineage, now=now)
    sight = whole.mine() if asked.of == "mine" else whole.narrowed(stand.area, *actor.lineage.outside(stand.area))
    listed = _listed(request, actor, sight, asked, now=now)
    shown = listed["rows"] if "rows" in listed else [row for group in listed["groups"] for row in group.rows]
    first = opened or next((row.id for row in shown), None)
    context = {
        "filters": asked,
        "keep": asked.query(group=request.GET.get("group", ""), after=request.GET.get("after", "")),
        "stand": stand,
        "choices": asked.choices(),
        "both": looks_around(actor),
        "digests": digests(actor),
        "tab": asked.of,
        "unasked": opened is None,
        "empty": not shown,
        **listed,
        **(_pane(request, actor, first, sight=whole, now=now) if first else {"now": now}),
    }
    return render(request, "tasks/list.html", context)


def _pane(
    request: HttpRequest, actor: Actor, task_id: UUID, *, sight: Sight, now: datetime
) -> dict[str, Any]:
    kept = {name: value for name, value in request.GET.items() if name not in ("task", "done")}
    return {
        "story": story_of(actor, task_id, now=now, sight=sight),
        "now": now,
        "done": done_words(request.GET.get("done", "")),
        "list": f"{reverse('tasks:list')}?{urlencode(kept)}",
        "back": f"{reverse('tasks:list')}?{urlencode({**kept, 'task': str(task_id)})}",
    }


@signed_in
def task(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """One task on a page of its own: to read, to print, to act on."""
    now = timezone.now()
    context = {
        "story": story_of(actor, task_id, now=now),
        "now": now,
        "back": request.path,
        "done": done_words(request.GET.get("done", "")),
    }
    return render(request, "tasks/task.html", context)


def done_words(done: str) -> str:
    """What an act brought about; empty for a word somebody put into the address."""
    return {
        "offered": _("Passed on. It stays with you until it is accepted."),
        "accepted": _("Accepted. The task is on your list."),
        "declined": _("Declined. The giver has been told why."),
        "taken_back": _("Taken back."),
    }.get(done, "")


def _turned(asked: Filters, whole: Sight) -> Filters:
    """Who has no task of their own looks at the area they answer for."""
    may_area = bool(whole.areas or whole.shares)
    of = asked.of or ("mine" if whole.own or whole.given or not may_area else "area")
    return Filters(of=of if may_area else "mine", area=asked.area, values=asked.values)


def _listed(
    request: HttpRequest, actor: Actor, sight: Sight, asked: Filters, *, now: datetime
) -> dict[str, Any]:
    """One group or verdict, page by page, or all groups with their first rows."""
    wanted = groups(now, duties=asked.duties)
    name = request.GET.get("group", "")
    if name not in NAMES and "verdict" not in asked.values:
        return {"groups": _groups(actor, sight, wanted, asked, now=now)}
    after = keyset.read(request.GET.get("after", ""))
    only = wanted[name] if name in NAMES else Wanted(verdicts=asked.verdicts, duties=asked.duties)
    page = tasks(sight, only, limit=ROWS, after=after)
    return {"group": labels().get(name, ""), **_page(actor, page, asked, name, after, now=now)}


def _groups(
    actor: Actor, sight: Sight, wanted: dict[str, Wanted], asked: Filters, *, now: datetime
) -> list[Group]:
    counts, found = counted(sight, wanted), grouped(sight, wanted, limit=READ)
    shown = {name: folded(tasks, most=SHOWN) for name, tasks in found.items()}
    named = rows(actor, [t for name, ts in found.items() for t in ts if t.id in shown[name]], now=now)
    words, here = labels(), reverse("tasks:list")
    return [
        Group(
            name=name,
            label=words[name],
            count=counts[name],
            rows=counted_in(named, shown[name]),
            more=f"{here}?{asked.query(group=name)}" if counts[name] > len(shown[name]) else "",
        )
        for name in NAMES
    ]


def _page(
    actor: Actor, page: Page, asked: Filters, name: str, after: keyset.Key | None, *, now: datetime
) -> dict[str, Any]:
    here, following = reverse("tasks:list"), keyset.written(page.after)
    named = rows(actor, page.rows, now=now)
    return {
        "rows": [named[task.id] for task in page.rows if task.id in named],
        "next": f"{here}?{asked.query(group=name, after=following)}" if following else "",
        "first": f"{here}?{asked.query(group=name)}" if after else "",
        "paged": True,
    }


def stand_in(asked: Filters, whole: Sight, lineage: Lineage, *, now: datetime) -> Stand:
    """`asked`, or the smallest area that holds all the person sees; 404 for one out of reach."""
    areas = (*whole.areas, *(one.area for one in whole.shares))
    root = common_root(lineage.live(areas)) or ""
    area = asked.area or root
    if asked.of == "mine" or not area:
        return Stand(area=area, line=(), below=())
    if not (lineage.holds(root, area) and (covered(areas, area) or any(covers(area, one) for one in areas))):
        raise Http404
    line = [place for place in line_of(area, lineage) if lineage.holds(root, place.code)]
    below = children(area, areas=areas, on=timezone.localdate(now), limit=200, lineage=lineage).places
    return Stand(area=area, line=line, below=below)
