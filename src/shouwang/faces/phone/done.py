"""After the report (已上报): who acts, by when, on which clause, and the code for the reporter."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.areas.queries import name_of
from shouwang.domains.hazards.queries import one
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.templatetags.words import deadline_clause
from shouwang.flows.sight import sight


@signed_in
def done(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    case = one(sight(actor), case_id)
    if case is None:
        raise Http404
    context = {
        "case": case,
        "body": name_of(case.body),
        "clause": deadline_clause(case.grade),
        "look": request.build_absolute_uri(reverse("public:look")),
        "now": timezone.now(),
        "tab": "report",
    }
    return render(request, "phone/done.html", context)
