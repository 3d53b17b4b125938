"""网格事项: what the grid does, by its lists, and what was asked of it besides and decided on (准入)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.flows.admitted_items import ADMITTED, barred_lists, decided_items
from shouwang.flows.sight import pack_for


@signed_in
def items(request: HttpRequest, actor: Actor) -> HttpResponse:
    now = timezone.now()
    pack = pack_for(actor.county, now=now)
    barred = barred_lists(actor.county, pack=pack, now=now)
    decided = decided_items(actor.county, pack=pack)
    context = {
        "lists": [one for one in pack.checklists.values() if one.id not in barred],
        "admitted": [one for one in decided if one.decision == ADMITTED],
        "refused": [one for one in decided if one.decision != ADMITTED],
        "today": timezone.localdate(now), "tab": "today",
    }  # fmt: skip
    return render(request, "phone/items.html", context)
