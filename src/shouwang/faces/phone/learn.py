"""学一学: the pages of the operating manual that are for the reader's posts, short enough to read while standing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.manuals import lists, opened, told
from shouwang.flows.sight import pack_of


@signed_in
def learn(request: HttpRequest, actor: Actor) -> HttpResponse:
    groups = lists(pack_of(actor.county, now=timezone.now()), (post.kind for post in actor.posts))
    return render(request, "phone/learn.html", {"groups": groups, "tab": "learn"})


@signed_in
def lesson(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    known, on = pack_of(actor.county, now=timezone.now()), timezone.localdate()
    return render(
        request, "phone/lesson.html", {**told(known, opened(known, name, on=on), on=on), "tab": "learn"}
    )
