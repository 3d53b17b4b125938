"""Behind a number: each subject of a duty with its verdict, why, and the clause (履职情况)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.domains.areas.queries import Place, line_of, paths
from shouwang.domains.duties.queries import UNDATED, Tally, standings, tallies_of
from shouwang.domains.hazards.queries import newest
from shouwang.domains.ledger.queries import objects_of
from shouwang.domains.people.actor import Actor
from shouwang.domains.records.queries import known_of
from shouwang.faces import keyset
from shouwang.faces.board.month import month
from shouwang.faces.board.numbers import closed_loop
from shouwang.faces.board.reaching import home_of, within_reach
from shouwang.faces.doors import signed_in
from shouwang.faces.templatetags.words import reason_words
from shouwang.faces.verdicts import TONES, verdict_words
from shouwang.flows.sight import areas_for, record_sight, sight
from shouwang.kernel.codes import covered
from shouwang.policy import load
from shouwang.policy.duty_shapes import Duty, Event

ROWS, TOWNSHIP = 50, 9


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """A duty and where a township stands with it."""

    duty: Duty
    tally: Tally


def duties_of(townships: Collection[str], *, month: str) -> list[Numbered]:
    """Every duty that is owed in a township and those read with it, with its number."""
    found = tallies_of(townships, month=month)
    return [
        Numbered(duty=duty, tally=found[duty.id])
        for duty in load(settings.PACK).duties.values()
        if duty.id in found
    ]


def way_down(actor: Actor, area: str) -> list[Place]:
    """The units from the reader's home area down to `area`."""
    known, home = actor.lineage, home_of(actor) or area
    return [place for place in line_of(area, known) if known.holds(home, place.code)]


@signed_in
def duties(request: HttpRequest, actor: Actor, area: str) -> HttpResponse:
    """The subjects of one duty of a township in a month, those due first at the top."""
    township, now = area[:TOWNSHIP], timezone.now()
    reach = within_reach(actor, township)
    if not covered(reach, township) or len(township) < TOWNSHIP:
        raise Http404
    pack, shown = load(settings.PACK), month(request.GET.get("month", ""), now=now)
    asked = request.GET.get("duty", "")
    duty = pack.duties.get(asked) or pack.duties[closed_loop()]
    after = keyset.read(request.GET.get("after", ""))
    townships = actor.lineage.with_former([township])
    rows = standings(townships, duty=duty.id, month=shown.name, limit=ROWS + 1, after=after)
    last = rows[ROWS - 1] if len(rows) > ROWS else None
    context = {
        "now": now,
        "area": township,
        "line": way_down(actor, township),
        "month": shown,
        "duty": duty,
        "duties": pack.duties.values(),
        "tally": tallies_of(townships, month=shown.name).get(duty.id, Tally()),
        "rows": _told(actor, rows[:ROWS]),
        "may_prove": covered(areas_for(actor, "ledger.prove"), township),
        "next": keyset.written((last.due_at or UNDATED, last.id)) if last else "",
        "after": after,
    }
    return render(request, "board/duties.html", context)


def _told(actor: Actor, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Standings with what the reader may see of their cases and records, in a few statements for the whole page."""
    about = [row.subject for row in rows if not row.period]
    found = newest(sight(actor), limit=ROWS, where={"id__in": about}).rows if about else []
    cases = {case["id"]: case for case in found}
    places = paths({case["region"] for case in found} | {row.region for row in rows})
    records, pack = _records(actor, rows), load(settings.PACK)
    return [
        {
            "standing": row,
            "case": cases.get(row.subject),
            "record": records.get(row.met_by),
            "place": places.get(cases[row.subject]["region"] if row.subject in cases else row.region, ""),
            "is_case": isinstance(pack.duties[row.duty].trigger, Event),
            "words": verdict_words(row.verdict),
            "why": [why for why in map(reason_words, row.reasons) if why != verdict_words(row.verdict)],
            "tone": TONES.get(row.verdict, ""),
        }
        for row in rows
    ]


def _records(actor: Actor, rows: Sequence[Any]) -> dict[UUID, UUID]:
    """The record behind each line that met a duty, where the reader may see it."""
    lines = {row.met_by for row in rows if row.met_by}
    told = objects_of({row.county for row in rows}, lines) if lines else {}
    open_to = known_of(record_sight(actor), told.values()) if told else set()
    return {line: record for line, record in told.items() if record in open_to}
