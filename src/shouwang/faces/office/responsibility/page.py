"""责任体系: the picture and the table of an area, each number leading to the bodies behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.domains.areas.branches import Branch, branches
from shouwang.domains.areas.queries import Place
from shouwang.domains.duties.completeness import STATES, completeness, stood
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.in_post import in_post
from shouwang.faces.doors import signed_in
from shouwang.faces.office.responsibility.picture import Known, body
from shouwang.faces.office.responsibility.remedies import Remedies, remedies
from shouwang.faces.office.responsibility.standing import Stand, stand_of, way_down
from shouwang.faces.office.responsibility.table import Line, lines, shown
from shouwang.faces.templatetags.words import say
from shouwang.flows.sight import pack_for
from shouwang.kernel.codes import Level, county_of, covers, is_region, level_of
from shouwang.policy import Pack
from shouwang.policy.responsibility import requirements

# Units shown at once below one, and how many may be opened besides.
MANY, OPENED = 60, 8
LENGTHS = {Level.PROVINCE: 6, Level.PREFECTURE: 6, Level.COUNTY: 9, Level.TOWNSHIP: 12, Level.VILLAGE: 15}


@signed_in
def responsibility(request: HttpRequest, actor: Actor) -> HttpResponse:
    now = timezone.now()
    stand = stand_of(actor, request.GET.get("area", ""))
    pack = pack_for(stand.area, now=now)
    wanted = Wanted(opened=asked(request, stand), after=request.GET.get("after", ""), limit=MANY)
    seen = look(stand, pack, wanted, remedies(actor, pack), on=timezone.localdate(now))
    context = {**seen, "stand": stand, "states": list(STATES)}
    return render(request, "office/responsibility/page.html", context)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the address asks for: units opened in place, and from which unit on."""

    opened: Sequence[str] = ()
    after: str = ""
    limit: int


def look(stand: Stand, pack: Pack, wanted: Wanted, remedy: Remedies, *, on: date) -> dict[str, Any]:
    """Everything the page shows, in as many statements whatever is opened."""
    line = way_down(stand)
    here = line[-1]
    parents = [stand.area, *wanted.opened]
    after = _code(wanted.after)
    tree = branches(
        parents, areas=stand.areas, on=on, limit=wanted.limit, after=after, lineage=stand.lineage
    )
    whole = body(_known(stand, pack, here, tree, remedy, on=on), here)
    table, duties = _table(stand, pack, tree.get(stand.area, Branch()).below)
    return {
        "pack": pack,
        "line": line,
        "body": whole,
        "duties": duties,
        "labels": [say(duty.label) for duty in duties],
        "lines": table,
        "opened": list(wanted.opened),
        "next": whole.after,
        "after": wanted.after,
    }


def asked(request: HttpRequest, stand: Stand) -> list[str]:
    """Units opened in place, each inside the area; whatever else stands in the address is left out."""
    codes = dict.fromkeys(request.GET.get("open", "").split(","))
    fit = [code for code in codes if is_region(code) and code != stand.area and covers(stand.area, code)]
    return [code for code in fit if level_of(code) in LENGTHS][:OPENED]


def _known(
    stand: Stand, pack: Pack, here: Place, tree: dict[str, Branch], remedy: Remedies, *, on: date
) -> Known:
    shown_places = [here, *(place for branch in tree.values() for place in branch.below)]
    seen = {place.code for place in shown_places if stand.sees(place.code)}
    known = {code for code in seen if stand.knows(code)}
    duties = {duty.id for duty in requirements(pack, *{place.level for place in shown_places})}
    found = stood({county_of(code) for code in known}, duties=duties, regions=known)
    return Known(pack=pack, branches=tree, holders=in_post(seen, on=on), stood=found, remedy=remedy)


def _table(stand: Stand, pack: Pack, below: Iterable[Place]) -> tuple[list[Line], list[Any]]:
    """The units below, or the area itself where nothing lies below; only those the reader may know."""
    places = [place for place in below if stand.knows(place.code)]
    if not places:
        return [], []
    duties = requirements(pack)
    length = LENGTHS[level_of(stand.area)]
    counts = completeness(stand.counties, [duty.id for duty in duties], length=length, lineage=stand.lineage)
    inside = {key: count for key, count in counts.items() if any(key[0] == place.code for place in places)}
    wanted = shown(duties, inside)
    return lines(places, wanted, inside), wanted


def _code(text: str) -> str:
    return text if is_region(text) else ""
