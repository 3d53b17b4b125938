"""The page of an area (看板): a prefecture's counties, a county's townships, a township's duties."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.areas.queries import children
from shouwang.domains.people.actor import Actor
from shouwang.faces.board.maps import map_of
from shouwang.faces.board.month import month
from shouwang.faces.board.numbers import GRADES, added, lines
from shouwang.faces.board.reaching import home_of, within_reach
from shouwang.faces.board.standings import duties_of, way_down
from shouwang.faces.doors import signed_in
from shouwang.faces.office.letters.waiting import pressure_on
from shouwang.kernel.codes import Level, county_of, covered, level_of

BELOW = (Level.PREFECTURE, Level.COUNTY)


@signed_in
def start(request: HttpRequest, actor: Actor) -> HttpResponse:
    root = home_of(actor)
    if root is None:
        raise Http404
    return HttpResponseRedirect(reverse("board:area", args=[root]))


@signed_in
def area(request: HttpRequest, actor: Actor, area: str) -> HttpResponse:
    reach = within_reach(actor, area)
    now, shown = timezone.now(), month(request.GET.get("month", ""), now=timezone.now())
    line = way_down(actor, area)
    here = next((place.name for place in line if place.code == area), area)
    context = {"now": now, "area": area, "line": line, "here": here, "month": shown}
    if level_of(area) not in BELOW:
        duties = duties_of(actor.lineage.with_former([area[:9]]), month=shown.name)
        return render(request, "board/township.html", {**context, "duties": duties})
    below = [
        place
        for place in children(area, areas=reach, on=timezone.localdate(now), limit=200, lineage=actor.lineage).places
        if covered(reach, place.code)
    ]
    high = level_of(area) is Level.PREFECTURE
    counties = [county_of(place.code) for place in below] if high else [area]
    units = [(place.code, place.name) for place in below]
    found = lines(units, counties, month=shown.name, now=now, lineage=actor.lineage)
    whole = added(found, area, here) if covered(reach, area) else None
    context |= {"pressure": pressure_on(actor, area, counties) if whole else None}
    context |= {"lines": found, "whole": whole, "grades": GRADES, "map": map_of(area, found, month=shown.name)}
    return render(request, "board/area.html", context)
