"""我的任务: what a grid member or village lead must do, the most pressing first; short, and nothing to tick."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.duties.lists import counted, grouped, tasks
from shouwang.domains.people.actor import Actor
from shouwang.faces import keyset
from shouwang.faces.doors import signed_in
from shouwang.faces.tasks.groups import NAMES, groups, labels
from shouwang.faces.tasks.listing import done_words
from shouwang.faces.tasks.notices import digests
from shouwang.faces.tasks.rows import Row, counted_in, folded, rows
from shouwang.faces.tasks.story import story_of
from shouwang.faces.tasks.ways import PHONE
from shouwang.flows.see_tasks import task_sight

FEW, READ, MANY = 6, 30, 30


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One heading with its first tasks; `more` leads to all of them."""

    name: str
    label: str
    count: int
    rows: list[Row]
    more: str


@signed_in
def mine(request: HttpRequest, actor: Actor) -> HttpResponse:
    asked = request.GET.get("group", "")
    context = {
        "now": timezone.now(),
        "tab": "tasks",
        "digests": [] if asked in NAMES else digests(actor),
        "done": done_words(request.GET.get("done", "")),
        "phone": True,
        **(_whole(request, actor, asked) if asked in NAMES else {"lists": _lists(actor)}),
    }
    return render(request, "phone/tasks.html", context)


@signed_in
def task(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    now = timezone.now()
    context = {
        "story": story_of(actor, task_id, now=now, face=PHONE),
        "now": now,
        "tab": "tasks",
        "back": request.path,
        "phone": True,
        "done": done_words(request.GET.get("done", "")),
    }
    return render(request, "phone/task.html", context)


def _lists(actor: Actor) -> list[Shown]:
    now, sight = timezone.now(), task_sight(actor).mine()
    wanted, words = groups(now), labels()
    counts, found = counted(sight, wanted), grouped(sight, wanted, limit=READ)
    shown = {name: folded(tasks_, most=FEW) for name, tasks_ in found.items()}
    wanted_rows = [one for name, tasks_ in found.items() for one in tasks_ if one.id in shown[name]]
    named = rows(actor, wanted_rows, now=now, face=PHONE)
    here = reverse("phone:tasks")
    return [
        Shown(
            name=name,
            label=words[name],
            count=counts[name],
            rows=counted_in(named, shown[name]),
            more=f"{here}?group={name}" if counts[name] > len(shown[name]) else "",
        )
        for name in NAMES
        if found[name]
    ]


def _whole(request: HttpRequest, actor: Actor, name: str) -> dict[str, object]:
    now, after = timezone.now(), keyset.read(request.GET.get("after", ""))
    page = tasks(task_sight(actor).mine(), groups(now)[name], limit=MANY, after=after)
    named = rows(actor, page.rows, now=now, face=PHONE)
    here, following = f"{reverse('phone:tasks')}?group={name}", keyset.written(page.after)
    shown = Shown(
        name=name,
        label=labels()[name],
        count=len(page.rows),
        rows=[named[one.id] for one in page.rows if one.id in named],
        more=f"{here}&after={following.replace('+', '%2B')}" if following else "",
    )
    return {"lists": [shown], "whole": True, "first": reverse("phone:tasks")}
