"""After the report (已上报): who acts, by when, on which clause, and the code for the reporter."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.story import story_of


@signed_in
def done(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """How the case was judged a moment ago, as its first step tells it."""
    story = story_of(actor, case_id)
    context = {
        "story": story,
        "case": story.case,
        "first": story.steps[0],
        "look": request.build_absolute_uri(reverse("public:look")),
        "now": timezone.now(),
        "tab": "report",
    }
    return render(request, "phone/done.html", context)
