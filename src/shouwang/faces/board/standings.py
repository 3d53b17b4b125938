"""Behind a number: each subject of a duty with its verdict, why, and the clause (履职情况)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import Place, line_of, paths
from shouwang.domains.duties.queries import UNDATED, Tally, standings, tallies_of
from shouwang.domains.hazards.queries import newest
from shouwang.domains.people.actor import Actor
from shouwang.faces import keyset
from shouwang.faces.board.month import month
from shouwang.faces.board.numbers import CLOSED_LOOP
from shouwang.faces.board.reaching import home_of, within_reach
from shouwang.faces.doors import signed_in
from shouwang.faces.templatetags.words import reason_words
from shouwang.flows.sight import areas_for, sight
from shouwang.kernel.codes import covered, covers
from shouwang.policy import load
from shouwang.policy.duty_shapes import Duty, Event

ROWS, TOWNSHIP = 50, 9
TONES = {"met": "green", "met_late": "amber", "overdue": "red", "due": "blue"}


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """A duty and where a township stands with it."""

    duty: Duty
    tally: Tally


def verdict_words() -> Mapping[str, str]:
    return {
        "met": _("Met in time"),
        "met_late": _("Met late"),
        "overdue": _("Overdue"),
        "due": _("Running"),
        "waived": _("Waived"),
        "superseded": _("Replaced by a newer rule"),
        "not_owed": _("Not owed here"),
        "not_counted": _("Encouraged, not counted"),
        "undetermined": _("Undetermined"),
    }


def duties_of(township: str, *, month: str) -> list[Numbered]:
    """Every duty that is owed in the township, with its number."""
    found = tallies_of(township, month=month)
    return [
        Numbered(duty=duty, tally=found[duty.id])
        for duty in load(settings.PACK).duties.values()
        if duty.id in found
    ]


def way_down(area: str, home: str) -> list[Place]:
    """The units from the reader's home area down to `area`."""
    return [place for place in line_of(area) if covers(home, place.code)]


@signed_in
def duties(request: HttpRequest, actor: Actor, area: str) -> HttpResponse:
    """The subjects of one duty of a township in a month, those due first at the top."""
    township, now = area[:TOWNSHIP], timezone.now()
    reach = within_reach(actor, township)
    if not covered(reach, township) or len(township) < TOWNSHIP:
        raise Http404
    pack, shown = load(settings.PACK), month(request.GET.get("month", ""), now=now)
    asked = request.GET.get("duty", "")
    duty = pack.duties.get(asked) or pack.duties[CLOSED_LOOP]
    after = keyset.read(request.GET.get("after", ""))
    rows = standings(township, duty=duty.id, month=shown.name, limit=ROWS + 1, after=after)
    last = rows[ROWS - 1] if len(rows) > ROWS else None
    context = {
        "now": now,
        "area": township,
        "line": way_down(township, home_of(actor) or township),
        "month": shown,
        "duty": duty,
        "duties": pack.duties.values(),
        "tally": tallies_of(township, month=shown.name).get(duty.id, Tally()),
        "rows": _told(actor, rows[:ROWS]),
        "may_prove": covered(areas_for(actor, "ledger.prove"), township),
        "next": keyset.written((last.due_at or UNDATED, last.id)) if last else "",
        "after": after,
    }
    return render(request, "board/duties.html", context)


def _told(actor: Actor, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Standings with what the reader may see of their cases, in two statements for the whole page."""
    about = [row.subject for row in rows if not row.period]
    found = newest(sight(actor), limit=ROWS, where={"id__in": about}).rows if about else []
    cases = {case["id"]: case for case in found}
    places = paths({case["region"] for case in found} | {row.region for row in rows})
    words, pack = verdict_words(), load(settings.PACK)
    return [
        {
            "standing": row,
            "case": cases.get(row.subject),
            "place": places.get(cases[row.subject]["region"] if row.subject in cases else row.region, ""),
            "is_case": isinstance(pack.duties[row.duty].trigger, Event),
            "words": words.get(row.verdict, row.verdict),
            "why": [why for why in map(reason_words, row.reasons) if why != words.get(row.verdict)],
            "tone": TONES.get(row.verdict, ""),
        }
        for row in rows
    ]
