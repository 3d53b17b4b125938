"""今日路线: where to go today and why, in walking order; then what else one owes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.phone.grids import named
from shouwang.flows.record_visit import ENTERING, list_for
from shouwang.flows.sight import areas_for, pack
from shouwang.flows.todays_route import todays_route
from shouwang.flows.visits_against import visits_against


@signed_in
def today(request: HttpRequest, actor: Actor) -> HttpResponse:
    # A phone keeps this page: of people at risk it may carry door marks alone (design §7).
    stops = todays_route(actor, now=timezone.now())
    names = {grid.code: grid.name for grid in named(sorted({stop.home.region for stop in stops}))}
    clause = list_for(pack(), home=True, region=actor.county, now=timezone.now()).row
    goes = bool(areas_for(actor, ENTERING))
    against = visits_against(actor, now=timezone.now()) if goes else []
    context = {"against": against, "stops": stops, "names": names, "clause": clause, "goes": goes, "tab": "today"}
    return render(request, "phone/today.html", context)
