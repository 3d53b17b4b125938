"""What the plan hopes for, as numbers of three years (指标): an area, the areas below it, the records behind."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import Place, children
from shouwang.domains.people.actor import Actor
from shouwang.faces.board.reaching import within_reach
from shouwang.faces.board.standings import way_down
from shouwang.faces.doors import signed_in
from shouwang.flows.count_indicators import Figure, Series, count_indicators, years_of
from shouwang.flows.sight import counties_within, pack
from shouwang.kernel.codes import covered, prefix_of
from shouwang.policy.indicator_shapes import Indicator
from shouwang.policy.record_shapes import RECORD


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A line of the page: what or where, its number of each year, and the word for how it goes."""

    what: Indicator | Place
    years: list[tuple[int, Figure]]
    turn: str


@signed_in
def indicators(request: HttpRequest, actor: Actor, area: str) -> HttpResponse:
    """Every indicator of one area."""
    if not covered(within_reach(actor, area), area):
        raise Http404
    now, length = timezone.localtime(), len(prefix_of(area))
    told = pack().indicators
    counties = counties_within([area])
    found = count_indicators(told.values(), counties, length=length, now=now, lineage=actor.lineage)
    numbers = found.get(prefix_of(area), {})
    context = {
        "area": area,
        "line": way_down(actor, area),
        "years": years_of(now),
        "shown": [_shown(one, numbers.get(one.id), now) for one in told.values()],
    }
    return render(request, "board/indicators.html", context)


@signed_in
def indicator(request: HttpRequest, actor: Actor, area: str, name: str) -> HttpResponse:
    """One indicator of the areas below one."""
    reach, one = within_reach(actor, area), pack().indicators.get(name)
    now = timezone.localtime()
    places = children(area, areas=reach, on=timezone.localdate(now), limit=200, lineage=actor.lineage).places
    below = [place for place in places if covered(reach, place.code)]
    if one is None or not below:
        raise Http404
    length = len(prefix_of(below[0].code))
    counties = counties_within([p.code for p in below])
    found = count_indicators([one], counties, length=length, now=now, lineage=actor.lineage)
    context = {
        "area": area,
        "line": way_down(actor, area),
        "years": years_of(now),
        "indicator": one,
        "record": _record(one),
        "shown": [_shown(place, found.get(prefix_of(place.code), {}).get(one.id), now) for place in below],
    }
    return render(request, "board/indicator.html", context)


def _shown(what: Indicator | Place, series: Series | None, now: datetime) -> Shown:
    words = {"better": _("better"), "worse": _("worse"), "same": _("unchanged"), "": "–"}
    years = years_of(now)
    figures = series.figures if series else tuple(Figure(value=None) for _year in years)
    return Shown(what=what, years=list(zip(years, figures, strict=True)), turn=words[series.turn if series else ""])


def _record(one: Indicator) -> str:
    """The type of record whose entries the number counts; empty where it counts something else."""
    kind = one.counts.kind if one.counts else ""
    return kind.removeprefix(RECORD) if kind.startswith(RECORD) else ""
