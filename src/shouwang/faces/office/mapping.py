"""隐患地图: what is open in sight, by area as clusters that open to the list, few cases each for itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.areas.queries import paths
from shouwang.domains.hazards.mapping import open_by_area, open_single
from shouwang.domains.hazards.queries import Open
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.case_map import case_map
from shouwang.faces.office.filters import OPEN_CASES, filters
from shouwang.faces.office.place import standpoint

FEW = 30


@signed_in
def mapped(request: HttpRequest, actor: Actor) -> HttpResponse:
    now, asked = timezone.now(), filters(request).of_open_cases()
    stand = standpoint(actor, asked.area, now=now)
    where = {**stand.where, **asked.where}
    length = len(stand.below[0].code) if stand.below else 0
    counts = open_by_area(stand.sight, length=length, now=now, where=where, lineage=stand.lineage)
    few = open_single(stand.sight, most=FEW, where=where)
    single = [{**row, "href": reverse("office:case", args=[row["id"]])} for row in few]
    drawing = case_map(stand.area, stand.below, counts, single, now=now)
    whole, listed = sum(counts.values(), Open()), reverse("office:hazards")
    context = {
        "now": now,
        "stand": stand,
        "filters": asked,
        "choices": asked.choices("state", "grade", "kind", "late", "department", "channel", only={"state": OPEN_CASES}),
        "map": drawing,
        "whole": whole,
        "elsewhere": whole.n - sum(one.open.n for one in drawing.clusters),
        "single": single,
        "places": paths({row["region"] for row in single}),
        "few": FEW,
        "list": f"{listed}?{asked.query()}",
        "opens": f"{listed}?{asked.keep}area=",
    }
    return render(request, "office/map.html", context)
