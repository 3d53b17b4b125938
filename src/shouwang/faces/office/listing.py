"""All cases within the reader's sight, newest first, by state, grade, kind and area."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.areas.queries import paths
from shouwang.domains.hazards.queries import newest
from shouwang.domains.people.actor import Actor
from shouwang.faces import keyset
from shouwang.faces.doors import signed_in
from shouwang.faces.office.filters import filters
from shouwang.faces.office.place import standpoint
from shouwang.flows.expose_hazard import decides_on_exposures
from shouwang.flows.sight import areas_for

ROWS = 50


@signed_in
def hazards(request: HttpRequest, actor: Actor) -> HttpResponse:
    now, asked = timezone.now(), filters(request)
    stand = standpoint(actor, asked.area, now=now)
    after = keyset.read(request.GET.get("after", ""))
    page = newest(stand.sight, limit=ROWS, after=after, where={**stand.where, **asked.where})
    for row in page.rows:
        row["href"] = reverse("office:case", args=[row["id"]])
    here = reverse("office:hazards")
    following = keyset.written(page.after)
    context = {
        "now": now,
        "stand": stand,
        "filters": asked,
        "choices": asked.choices("state", "grade", "kind", "late", "department", "channel"),
        "rows": page.rows,
        "places": paths({row["region"] for row in page.rows}),
        "next": f"{here}?{asked.query(after=following)}" if following else "",
        "first": f"{here}?{asked.query()}" if after else "",
        "map": f"{reverse('office:map')}?{asked.query()}",
        "export": asked.query() if areas_for(actor, "hazards.export") else None,
        "exposes": decides_on_exposures(actor),
        "may_report": bool(areas_for(actor, "hazards.report")),
    }
    return render(request, "office/hazards.html", context)
