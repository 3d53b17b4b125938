"""判定表: the decision tables a place runs by, each with its rows, a place to try it, and how an office changes it."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from shouwang.domains.adoptions.scopes import ADOPT, may_adopt
from shouwang.domains.areas.queries import name_of
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.adoption import place_of, places_of
from shouwang.faces.office.adoption_form import Typed
from shouwang.faces.office.table_words import Column, columns_of, line_of, tried_of
from shouwang.faces.workbook.handing_over import handed_over
from shouwang.faces.workbook.writing import written_grid
from shouwang.flows.see_values import PlaceValues
from shouwang.flows.sight import areas_for
from shouwang.flows.table_sheet import is_of_standard
from shouwang.policy.sheet_words import element_grid, grid_of
from shouwang.policy.tables import Edition, Table

REGULATOR = "industry-regulator"


@signed_in
def listed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A dozen tables at most; one a standard has not given yet stands first."""
    place = place_of(request, actor)
    rows = [_row(table, place) for table in place.pack.tables.values() if table.edition(place.on)]
    rows.sort(key=lambda row: not row["unset"])
    return render(
        request, "office/tables.html", {"place": place, "places": places_of(actor), "rows": rows}
    )


@signed_in
def table(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    return page(request, actor, name)


@signed_in
def excel(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """The table in the reader's words, to be changed and sent back; of a standard, the empty list of its elements."""
    place = place_of(request, actor)
    found, edition = table_of(place, name)
    language = get_language() or "zh-hans"
    listing = is_of_standard(found, place.on)
    grid = element_grid(language) if listing else grid_of(place.pack, edition, language)
    title = found.label.in_(language)
    return handed_over(written_grid(title, grid), name=f"{title} {name_of(place.region)} {place.on}")


def page(
    request: HttpRequest, actor: Actor, name: str, *, faults: Mapping[str, str] | None = None,
    typed: Typed | None = None,
) -> HttpResponse:  # fmt: skip
    """The table; with `faults` of what was sent, and what was typed."""
    place = place_of(request, actor)
    found, edition = table_of(place, name)
    facts = {column.name: request.GET.get(column.name, "").strip() for column in edition.inputs}
    tried = tried_of(place, found, facts) if any(facts.values()) else None
    context = {
        "place": place,
        "places": places_of(actor),
        "table": found,
        "edition": edition,
        "columns": columns_of(place, edition, facts),
        "lines": [line_of(place, edition, line, tried) for line in edition.lines],
        "tried": tried,
        "facts": facts,
        "of_standard": is_of_standard(found, place.on),
        "undecided": _undecided(place, name),
        "chosen": _chosen(request),
        "may": may_adopt(areas_for(actor, ADOPT), place.region),
        "typed": typed or Typed(document={"effective_from": place.on.isoformat()}),
        "faults": faults or {},
    }
    return render(request, "office/table.html", context, status=422 if faults else 200)


def _chosen(request: HttpRequest) -> dict[str, str]:
    """What a ruling named already, or what was typed before a fault."""
    sent = request.POST if request.method == "POST" else request.GET
    return {name: sent.get(name, "") for name in ("site", "department")}


def table_of(place: PlaceValues, name: str) -> tuple[Table, Edition]:
    found = place.pack.tables.get(name)
    edition = found.edition(place.on) if found else None
    if found is None or edition is None:
        raise Http404
    return found, edition


def _row(found: Table, place: PlaceValues) -> dict[str, Any]:
    edition = found.edition(place.on)
    assert edition is not None
    kinds = {line.provenance for line in edition.lines}
    origin = next((one for one in ("local", "standard", "plan", "default") if one in kinds), "unset")
    return {
        "of": found,
        "edition": edition,
        "origin": "unset" if edition.unset else origin,
        "unset": edition.unset,
        "suggested": sum(line.provenance == "default" for line in edition.lines),
    }


def _undecided(place: PlaceValues, name: str) -> list[Column]:
    """02-09: kinds of place without a regulator, for the county to decide by nearest business."""
    if name != REGULATOR:
        return []
    _found, edition = table_of(place, name)
    return columns_of(place, edition, {})
