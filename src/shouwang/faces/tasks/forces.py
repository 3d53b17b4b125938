"""专班: those at work, with head, members, term and task, and how far the duty they take care of has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.areas.queries import paths
from shouwang.domains.duties.lists import Wanted, counted
from shouwang.domains.duties.scopes import Sight
from shouwang.domains.people.actor import Actor
from shouwang.domains.records.queries import newest
from shouwang.domains.records.wanting import Wanted as Asked
from shouwang.faces.doors import signed_in
from shouwang.faces.verdicts import verdict_words
from shouwang.flows.see_tasks import looks_around
from shouwang.flows.sight import record_sight, spelt_out
from shouwang.policy import load

ROWS, SHOWN = 100, ("met", "overdue", "due", "undetermined")


@dataclass(frozen=True, kw_only=True)
class Force:
    """One task force; `late` when its term is over and nobody has dissolved it."""

    record: Mapping[str, Any]
    place: str
    late: bool
    duty: str
    progress: list[tuple[str, int]]

    @property
    def told(self) -> Mapping[str, Any]:
        values: Mapping[str, Any] = self.record["values"]
        return values


@signed_in
def forces(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Dissolved ones are in the register; here stand those that work, or should have been dissolved."""
    now, today = timezone.now(), timezone.localdate()
    type_ = load(settings.PACK).wiring.records.task_force
    rows = newest(record_sight(actor), Asked(type=type_), limit=ROWS).rows if type_ else []
    standing = [row for row in rows if not row["values"].get("dissolved_on") and row["state"] != "withdrawn"]
    places = paths({row["region"] for row in standing})
    context = {
        "now": now,
        "forces": [_force(row, places, today) for row in standing],
        "register": reverse("office:records_of", args=[type_]) if type_ else "",
        "tab": "forces",
        "both": looks_around(actor),
    }
    return render(request, "tasks/forces.html", context)


def _force(row: Mapping[str, Any], places: Mapping[str, str], today: date) -> Force:
    duty, until = str(row["values"].get("duty") or ""), str(row["values"].get("until") or "")
    return Force(
        record=row,
        place=places[row["region"]],
        late=bool(until) and until < today.isoformat(),
        duty=duty if duty in load(settings.PACK).duties else "",
        progress=_progress(row["region"], duty) if duty else [],
    )


def _progress(region: str, duty: str) -> list[tuple[str, int]]:
    """How many bodies in the force's area stand where with the duty."""
    sight = Sight(areas=tuple(spelt_out([region])))
    wanted = {verdict: Wanted(verdicts=(verdict,), duties=(duty,)) for verdict in SHOWN}
    return [(verdict_words(verdict), n) for verdict, n in counted(sight, wanted).items() if n]
