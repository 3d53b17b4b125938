"""One case on a page of its own: to read, to print, to act on."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.story import story_of


@signed_in
def case(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    context = {
        "story": story_of(actor, case_id),
        "now": timezone.now(),
        "back": request.path,
        "done": request.GET.get("done", ""),
    }
    return render(request, "office/case.html", context)
