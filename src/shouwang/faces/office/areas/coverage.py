"""辖区覆盖: villages that no body of a department covers, and those that two cover."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.areas.queries import names, paths
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.areas.standing import stand_of
from shouwang.flows.see_coverage import covered_by, departments_of
from shouwang.flows.sight import pack

ROWS = 100


@signed_in
def coverage(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Gaps first; `after` is the code of the last village of the page before."""
    today, stand = timezone.localdate(), stand_of(actor, request.GET.get("area", ""))
    asked, after, known = request.GET.get("department", ""), request.GET.get("after", ""), pack()
    department = asked if asked in known.departments else known.wiring.departments.station
    found = covered_by(actor, stand.area, department, on=today)
    gaps = [place for place in found.gaps if place.code > after]
    shown = gaps[:ROWS]
    overlaps = found.overlaps[:ROWS] if not after else []
    here = f"{reverse('office:coverage')}?area={stand.area}&department={department}"
    context = {
        "stand": stand,
        "department": department,
        "departments": sorted({department, *departments_of(actor, stand.area, on=today)}),
        "found": found,
        "gaps": shown,
        "overlaps": overlaps,
        "places": paths([place.code for place in (*shown, *(place for place, _bodies in overlaps))]),
        "bodies": names({body for _place, bodies in overlaps for body in bodies}),
        "next": f"{here}&after={shown[-1].code}" if len(gaps) > ROWS else "",
        "first": here if after else "",
    }
    return render(request, "office/areas/coverage.html", context)
