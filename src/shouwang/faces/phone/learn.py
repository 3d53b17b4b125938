"""学一学: the pages of the operating manual that are for the reader's posts, short enough to read while standing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.manuals import lists, opened, told


@signed_in
def learn(request: HttpRequest, actor: Actor) -> HttpResponse:
    return render(
        request, "phone/learn.html", {"groups": lists(post.kind for post in actor.posts), "tab": "learn"}
    )


@signed_in
def lesson(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    on = timezone.localdate()
    return render(request, "phone/lesson.html", {**told(opened(name, on=on), on=on), "tab": "learn"})
