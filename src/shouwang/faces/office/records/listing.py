"""一类台账: the records of one type, the latest day first, in the columns the declaration names."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.areas.queries import paths
from shouwang.domains.people.actor import Actor
from shouwang.domains.records.queries import newest
from shouwang.faces import keyset
from shouwang.faces.doors import signed_in
from shouwang.faces.office.place import standpoint
from shouwang.faces.office.records.entering import asked_type
from shouwang.faces.office.records.filters import Filters, filters, searched
from shouwang.faces.record_telling import named, names_of_areas, spoken, words_for
from shouwang.flows.sight import RECORDS, record_sight
from shouwang.policy import Pack, load
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.record_acts import enters_somewhere

ROWS, COLUMNS = 50, 4


@signed_in
def records(request: HttpRequest, actor: Actor, type_id: str) -> HttpResponse:
    pack, one = load(settings.PACK), asked_type(type_id)
    now = timezone.now()
    asked = filters(request, pack, one, today=timezone.localdate(now))
    stand = standpoint(actor, asked.area, now=now, action=RECORDS)
    after = keyset.read_day(request.GET.get("after", ""))
    page = newest(record_sight(actor), asked.wanted, limit=ROWS, after=after)
    here, following = reverse("office:records_of", args=[one.id]), keyset.written_day(page.after)
    context = {
        "one": one,
        "stand": stand,
        "filters": asked,
        "columns": columns(one),
        "rows": told_rows(pack, one, page.rows),
        "places": paths({row["region"] for row in page.rows}),
        "next": f"{here}?{asked.query(after=following)}" if following else "",
        "first": f"{here}?{asked.query()}" if after else "",
        "new": new_address(actor, asked, pack) if enters_somewhere(pack, one, actor.posts) else "",
        "filtered": bool(asked.values),
    }
    return render(request, "office/records/list.html", context)


def columns(one: RecordType) -> list[tuple[str, str, bool]]:
    """(field, heading, whether it is a number) of the searched fields that fit beside name and day."""
    shown = [
        (name, told.label.in_(spoken()), told.type in ("integer", "number", "yuan"))
        for name, told in searched(one).items()
        if name not in (one.named_by, one.occurs)
    ]
    return shown[:COLUMNS]


def told_rows(pack: Pack, one: RecordType, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    places = names_of_areas(one.fields, [row["values"] for row in rows])
    names = [name for name, _label, _number in columns(one)]
    return [
        {
            **row,
            "href": reverse("office:record", args=[row["id"]]),
            "named": named(pack, one, row["name"]),
            "cells": [_cell(pack, one, row, name, places) for name in names],
        }
        for row in rows
    ]


def _cell(pack: Pack, one: RecordType, row: dict[str, Any], name: str, places: dict[str, str]) -> str:
    value = row["values"].get(name)
    return "" if value is None else words_for(pack, one.fields[name], value, places=places)


def new_address(actor: Actor, asked: Filters, pack: Pack) -> str:
    here = reverse("office:new_record", args=[asked.one.id])
    return f"{here}?area={asked.area}" if asked.area else here
