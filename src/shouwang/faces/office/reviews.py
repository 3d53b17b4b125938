"""抽查: closings the lot fell on that wait for a second look; how each was drawn, so that anybody draws the same."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.domains.areas.queries import paths
from shouwang.domains.hazards.reviews import waiting_within
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.flows.sight import sight
from shouwang.policy import load


@signed_in
def reviews(request: HttpRequest, actor: Actor) -> HttpResponse:
    found = waiting_within(sight(actor))
    told = [{"case": one.case, "review": one, "root": bytes(one.root).hex()} for one in found]
    clause = load(settings.PACK).wiring.clauses.loop
    context = {"told": told, "clause": clause, "places": paths({one.region for one in found}), "now": timezone.now()}
    return render(request, "office/reviews.html", context)
