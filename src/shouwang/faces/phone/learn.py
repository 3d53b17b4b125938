"""学一学: short lessons with a few questions, and the pages of the manual for the reader's posts."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.lessons import lesson_answered, lesson_fresh, lesson_list, lesson_opened
from shouwang.faces.manuals import lists, opened, told
from shouwang.faces.phone.receipts import by_outbox, handed_in, receipt, turned_down
from shouwang.faces.templatetags.words import say
from shouwang.flows.sight import pack_of


@signed_in
def learn(request: HttpRequest, actor: Actor) -> HttpResponse:
    known = pack_of(actor.county, now=timezone.now())
    groups = lists(known, (post.kind for post in actor.posts))
    lessons = lesson_list(known, actor, on=timezone.localdate())
    return render(request, "phone/learn.html", {"groups": groups, "lessons": lessons, "tab": "learn"})


@handed_in
@signed_in
def quiz(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """Answers are told right or wrong at once; only a pass is kept."""
    now = timezone.now()
    found = lesson_opened(pack_of(actor.county, now=now), name)
    if request.method != "POST":
        return _quiz(request, lesson_fresh(found))
    said = lesson_answered(found, request.POST, actor=actor, now=now)
    if not by_outbox(request):
        return _quiz(request, said)
    if said["answered"].passed:
        return receipt(request, then=request.path)
    return turned_down(request, _wrong(said))


def _quiz(request: HttpRequest, said: Mapping[str, Any]) -> HttpResponse:
    return render(request, "phone/quiz.html", {**said, "key": str(uuid4()), "tab": "learn"})


def _wrong(said: Mapping[str, Any]) -> dict[str, str]:
    """Answered where there was no network: each question comes back with the reason, as the page would tell it."""
    wrong = [one for one in said["questions"] if not one["mark"].right]
    return {
        f"q{one['number']}": f"{_('Not quite.')} {say(one['question'].why)}"
        if one["mark"].given
        else _("Not answered yet.")
        for one in wrong
    }


@signed_in
def lesson(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    known, on = pack_of(actor.county, now=timezone.now()), timezone.localdate()
    return render(
        request, "phone/lesson.html", {**told(known, opened(known, name, on=on), on=on), "tab": "learn"}
    )
