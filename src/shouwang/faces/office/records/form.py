"""The page of a form (登记表): made from the declaration; what was typed and brought stays when something is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shouwang.domains.areas.queries import bodies, paths
from shouwang.domains.people.actor import Actor
from shouwang.faces.office.records.boxes import Box, Typed, area_options, boxes
from shouwang.faces.office.records.from_paper import FromPaper
from shouwang.faces.office.records.papers import sheets
from shouwang.flows.delegated_entry import bodies_passed_on
from shouwang.kernel.codes import covers
from shouwang.policy import Pack
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.filling import Form
from shouwang.rules.record_acts import ENTER
from shouwang.rules.record_facts import duties_served
from shouwang.rules.record_periods import recent

SLIP = "key"
Choices = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Filling:
    """A form as it stands: what was typed, what is wrong, what is held; `record` when it is amended."""

    key: str = ""
    region: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    slips: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    there: Sequence[str] = ()
    kept: frozenset[str] = frozenset()
    note: str = ""
    external_id: str = ""
    record: Any = None
    paper: FromPaper = field(default_factory=FromPaper)


def bodies_for(actor: Actor, one: RecordType, *, pack: Pack, area: str, on: date) -> Choices:
    """The bodies a person may enter such records of, by name; within `area` where one is asked for."""
    areas = [
        place
        for post in actor.posts
        if post.kind in one.enters and ENTER in pack.posts[post.kind].actions
        for place in post.territory
    ]
    passed = bodies_passed_on(actor, pack, one)
    if not (areas or passed):
        return []
    found = bodies(areas, levels=one.levels, kinds=one.kinds, on=on) if areas else []
    every = list(dict.fromkeys((*(place.code for place in found), *passed)))
    known = paths([code for code in every if not area or covers(area, code)] or every)
    return list(known.items())


def page(
    request: HttpRequest,
    form: Form,
    filling: Filling,
    *,
    choices: Choices,
    today: date,
    status: int = 200,
) -> HttpResponse:
    region = filling.region or (choices[0][0] if len(choices) == 1 else "")
    typed = Typed(values=filling.values, faults=filling.faults, kept=filling.kept)
    found = boxes(form, typed, areas=area_options(form, region or _common(choices), on=today), today=today)
    context = {
        "one": form.one,
        "filling": filling,
        "region": region,
        "choices": choices,
        "when": [box for box in found if box.name == f"v.{form.one.occurs}"],
        "sections": _sections(form, found),
        "sheets": sheets(form.one, faults=filling.faults, slips=filling.slips, there=filling.there),
        "duties": duties_served(form.pack, form.one),
        "top": [filling.faults[name] for name in ("key", "papers", "values") if name in filling.faults],
        "stray": _stray(found, filling),
        "periods": _periods(form, str(filling.values.get("period", "")), today=today),
    }
    return render(request, "office/records/form.html", context, status=status)


def _sections(form: Form, found: Sequence[Box]) -> list[tuple[str, list[Box]]]:
    """What happened, then what was dealt with: a run of yes and no stands together as one short list."""
    sections: list[tuple[str, list[Box]]] = []
    for box in found:
        if box.name == f"v.{form.one.occurs}":
            continue
        kind = "answers" if box.widget == "yes_no" else "boxes"
        if not sections or sections[-1][0] != kind:
            sections.append((kind, []))
        sections[-1][1].append(box)
    return sections


def _periods(form: Form, said: str, *, today: date) -> list[str]:
    """Periods to choose from; what was said stands among them, so that nothing typed is lost."""
    if form.one.every is None:
        return []
    found = recent(form.pack, form.one.every, today)
    return [*found, said] if found and said and said not in found else found


def _stray(found: Sequence[Box], filling: Filling) -> list[str]:
    """Faults that belong to no box on the page."""
    shown = {f"values.{box.name[2:]}" for box in found} | {
        "region",
        "values.period",
        "key",
        "external_id",
        "note",
    }
    return [
        words
        for name, words in filling.faults.items()
        if name not in shown and not name.startswith("papers.")
    ]


def _common(choices: Choices) -> str:
    """Where all the bodies lie, while none is chosen: the township or county they share."""
    codes = [code for code, _name in choices]
    for length in (12, 9, 6):
        heads = {code[:length] for code in codes}
        if len(heads) == 1 and codes and len(codes[0]) >= length:
            return heads.pop()
    return ""
