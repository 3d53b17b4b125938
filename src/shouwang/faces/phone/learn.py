"""学一学: short lessons with a few questions, and the pages of the manual for the reader's posts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.lessons import lesson_answered, lesson_fresh, lesson_list, lesson_opened
from shouwang.faces.manuals import lists, opened, told
from shouwang.flows.sight import pack_of


@signed_in
def learn(request: HttpRequest, actor: Actor) -> HttpResponse:
    known = pack_of(actor.county, now=timezone.now())
    groups = lists(known, (post.kind for post in actor.posts))
    lessons = lesson_list(known, actor, on=timezone.localdate())
    return render(request, "phone/learn.html", {"groups": groups, "lessons": lessons, "tab": "learn"})


@signed_in
def quiz(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """Answers are told right or wrong at once; only a pass is kept."""
    now = timezone.now()
    found = lesson_opened(pack_of(actor.county, now=now), name)
    said = (
        lesson_answered(found, request.POST, actor=actor, now=now)
        if request.method == "POST"
        else lesson_fresh(found)
    )
    return render(request, "phone/quiz.html", {**said, "tab": "learn"})


@signed_in
def lesson(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    known, on = pack_of(actor.county, now=timezone.now()), timezone.localdate()
    return render(
        request, "phone/lesson.html", {**told(known, opened(known, name, on=on), on=on), "tab": "learn"}
    )
