"""A decision table as its readers see it: columns with their choices, rows in words, and why a row fits (判定说明)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang.flows.see_values import PlaceValues
from shouwang.policy.explaining import Explained, RowTold, explain
from shouwang.policy.sheet_words import cell_words
from shouwang.policy.tables import Edition, Input, Line, Table, UnfitFact


@dataclass(frozen=True, kw_only=True)
class Column:
    """A question of the table as a field of the form; without choices it is a number."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    value: str
    least: int | None
    most: int | None


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What the table answers to the facts of the form; `fault` names a fact it cannot read."""

    told: Explained | None
    why: Sequence[str]
    fault: str = ""

    def row(self, id: str) -> RowTold | None:  # noqa: A002
        return next((one for one in self.told.rows if one.line.id == id), None) if self.told else None


def columns_of(place: PlaceValues, edition: Edition, facts: Mapping[str, str]) -> list[Column]:
    language = get_language() or "zh-hans"
    return [
        Column(
            name=one.name,
            label=one.label.in_(language),
            choices=_choices(place, edition, one, language),
            value=facts.get(one.name, ""),
            least=one.minimum,
            most=one.maximum,
        )
        for one in edition.inputs
    ]


def line_of(place: PlaceValues, edition: Edition, line: Line, tried: Tried | None) -> dict[str, Any]:
    """A row in words; tried, whether it fits and which cells do not hold."""
    told = tried.row(line.id) if tried else None
    against = {cell.name for cell in told.cells if cell.holds is False} if told else set()
    language = get_language() or "zh-hans"
    cells = [
        {
            "label": one.label.in_(language),
            "words": cell_words(place.pack, edition, one.name, line.cells[one.name].text, language),
            "against": one.name in against,
        }
        for one in edition.inputs
    ]
    answers = [
        cell_words(place.pack, edition, one.name, _text(line.then.get(one.name, "")), language)
        for one in edition.outputs
    ]
    return {"of": line, "cells": cells, "answers": answers, "told": told}


def tried_of(place: PlaceValues, table: Table, facts: Mapping[str, str]) -> Tried:
    language = get_language() or "zh-hans"
    try:
        told = explain(table, _typed(table, facts, place), place.on)
    except UnfitFact as unfit:
        label = next(
            (one.label.in_(language) for one in _inputs(table, place) if one.name == unfit.field), unfit.field
        )
        return Tried(told=None, why=(), fault=_("“%(field)s” cannot be read.") % {"field": label})
    return Tried(told=told, why=[place.pack.explain(reason, language) for reason in told.match.reasons])


def _inputs(table: Table, place: PlaceValues) -> tuple[Input, ...]:
    edition = table.edition(place.on)
    return edition.inputs if edition else ()


def _typed(table: Table, facts: Mapping[str, str], place: PlaceValues) -> dict[str, object]:
    kinds = {one.name: one.type for one in _inputs(table, place)}
    found: dict[str, object] = {}
    for name, text in facts.items():
        if not text:
            continue
        match kinds[name]:
            case "bool" if text in ("yes", "no"):
                found[name] = text == "yes"
            case "int" if text.isascii() and text.lstrip("-").isdigit():
                found[name] = int(text)
            case _:
                found[name] = text
    return found


def _choices(place: PlaceValues, edition: Edition, one: Input, language: str) -> list[tuple[str, str]]:
    codes = {"bool": ("yes", "no"), "enum": one.allowed}.get(one.type, ())
    return [(code, cell_words(place.pack, edition, one.name, code, language)) for code in codes]


def _text(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
