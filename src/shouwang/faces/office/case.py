"""One case on a page of its own: to read, to print, to act on."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.hazards.muster_queries import case_of_call
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.story import story_of
from shouwang.flows.expose_hazard import may_propose
from shouwang.flows.sight import pack_of, sight


@signed_in
def case(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    try:
        story = story_of(actor, case_id)
    except Http404:
        return _of_call(actor, case_id)
    context = {
        "story": story,
        "now": timezone.now(),
        "back": request.path,
        "done": request.GET.get("done", ""),
        "exposable": may_propose(actor, story.case, pack=pack_of(story.case.county, now=timezone.now())),
    }
    return render(request, "office/case.html", context)


def _of_call(actor: Actor, muster_id: UUID) -> HttpResponse:
    """A duty about a department's call names the call: its case is where it is done."""
    found = case_of_call(sight(actor), muster_id)
    if found is None:
        raise Http404
    return HttpResponseRedirect(f"{reverse('office:case', args=[found])}#muster-{muster_id}")
