"""Behind a number: the bodies of an area that stand so with one requirement, in the order of their codes (名单)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.domains.areas.queries import paths
from shouwang.domains.duties.completeness import STATES, behind
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.responsibility.remedies import remedies
from shouwang.faces.office.responsibility.standing import stand_of, way_down
from shouwang.flows.sight import pack_for
from shouwang.kernel.codes import is_region
from shouwang.policy.responsibility import requirements

ROWS = 50


@signed_in
def listed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """`duty` and `state` of the address; one nobody knows stands for all of them."""
    now, stand = timezone.now(), stand_of(actor, request.GET.get("area", ""))
    pack = pack_for(stand.area, now=now)
    known = {duty.id: duty for duty in requirements(pack)}
    duty, state = known.get(request.GET.get("duty", "")), request.GET.get("state", "")
    after = read_key(request.GET.get("after", ""))
    rows = behind(
        stand.known_areas,
        duties=[duty.id] if duty else list(known),
        states=[state] if state in STATES else list(STATES),
        counties=stand.counties,
        limit=ROWS + 1,
        after=after,
    )
    remedy = remedies(actor, pack)
    last = rows[ROWS - 1] if len(rows) > ROWS else None
    context = {
        "stand": stand,
        "line": way_down(stand),
        "duty": duty,
        "known": known,
        "state": state if state in STATES else "",
        "states": list(STATES),
        "rows": [
            {"stood": one, "duty": known[one.duty], "remedy": remedy(known[one.duty], one.region)}
            for one in rows[:ROWS]
        ],
        "places": paths({one.region for one in rows[:ROWS]}),
        "next": f"{last.region}~{last.id}" if last else "",
        "after": after,
    }
    return render(request, "office/responsibility/behind.html", context)


def read_key(text: str) -> tuple[str, UUID] | None:
    region, _, id_ = text.partition("~")
    try:
        return (region, UUID(id_)) if is_region(region) else None
    except ValueError:
        return None
