"""挂图: the organisation of an area on A4, two levels down, names and gaps in words, to be printed and put up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.domains.areas.branches import branches
from shouwang.domains.duties.completeness import STATES
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.responsibility.page import LENGTHS, Wanted, look
from shouwang.faces.office.responsibility.remedies import remedies
from shouwang.faces.office.responsibility.standing import stand_of
from shouwang.flows.sight import pack_for
from shouwang.kernel.codes import level_of

# A township has at most some fifty villages, a county some twenty townships: all of them stand on the chart.
ALL = 200


@signed_in
def chart(request: HttpRequest, actor: Actor) -> HttpResponse:
    now, stand = timezone.now(), stand_of(actor, request.GET.get("area", ""))
    on, pack = timezone.localdate(now), pack_for(stand.area, now=now)
    below = branches([stand.area], areas=stand.areas, on=on, limit=ALL).get(stand.area)
    opened = [place.code for place in below.below if level_of(place.code) in LENGTHS] if below else []
    seen = look(stand, pack, Wanted(opened=opened, limit=ALL), remedies(actor, pack), on=on)
    version = f"{pack.name} {pack.version}"
    context = {**seen, "stand": stand, "on": on, "version": version, "states": list(STATES)}
    return render(request, "office/responsibility/chart.html", context)
