"""辖区: one unit with its codes, what lies below, its history in plain words, and who serves it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.history import Event, history
from shouwang.domains.areas.queries import children, facts_of, names
from shouwang.domains.areas.words import KINDS
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.areas.standing import Stand, stand_of
from shouwang.faces.office.areas.telling import told
from shouwang.flows.see_coverage import covering_of
from shouwang.kernel.codes import is_region
from shouwang.rules.coverage import Serving

ROWS = 50


@signed_in
def area(request: HttpRequest, actor: Actor) -> HttpResponse:
    today = timezone.localdate()
    stand, after = stand_of(actor, request.GET.get("area", "")), _code(request.GET.get("after", ""))
    page = children(
        stand.area, areas=stand.areas, on=today, after=after, limit=ROWS, lineage=actor.lineage
    )
    events, serving = history(stand.area), covering_of(actor, stand.area, on=today)
    here = reverse("office:areas")
    context = {
        "stand": stand,
        "facts": facts_of(stand.area),
        "kinds": {kind: str(words) for kind, words in KINDS.items()},
        "below": page.places,
        "next": f"{here}?area={stand.area}&after={page.after}" if page.after else "",
        "first": f"{here}?area={stand.area}" if after else "",
        "history": told(events, _named(events, serving)),
        "serving": serving,
        "bodies": names({one.body for one in serving}),
        "done": done_words(request.GET.get("done", "")),
    }
    return render(request, "office/areas/area.html", context)


def done_words(done: str) -> str:
    """What an act brought about; empty for a word somebody put into the address."""
    return {
        "merge": _("Merged. The heir's people see what is open from that day."),
        "split": _("Split. Whoever served the unit serves its parts, too."),
        "rename": _("Renamed. Papers of earlier days keep the old name."),
        "rerank": _("Changed. Papers of earlier days keep the old name and kind."),
    }.get(done, "")


def _named(events: list[Event], serving: list[Serving]) -> Mapping[str, Any]:
    others = {one.other for one in events if one.other}
    return names(others) if others else {}


def _code(text: str) -> str:
    return text if is_region(text) else ""


def here_of(stand: Stand) -> str:
    return f"{reverse('office:areas')}?area={stand.area}"
