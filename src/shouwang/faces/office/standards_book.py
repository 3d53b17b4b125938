"""The workbook of values to enter (取值填报表): the document on one sheet, the parameters on the other, and back."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from shouwang.domains.adoptions.word_reading import COLUMNS, PLACES
from shouwang.faces.office.adoption import OPEN
from shouwang.faces.office.adoption_form import Offer, Typed, sections
from shouwang.faces.templatetags.words import clause_label, provenance_word
from shouwang.faces.workbook.opening import Cell, Sheet
from shouwang.faces.workbook.writing import Book
from shouwang.flows.see_values import PlaceValues
from shouwang.policy import Pack, Text
from shouwang.policy.standards import standards

WIDTHS = (8, 44, 20, 14, 26, 40, 26, 22, 34)
TOP = ("number", "signed_on", "signer", "effective_from", "region")


def written(place: PlaceValues, *, language: str) -> bytes:
    """Everything that is only suggested, given by nobody or decided locally, in the order of the plan."""
    out = io.BytesIO()
    book = Book(out)
    of = int(language.startswith("ko"))
    _document(book, place, of)
    _values(book, place, of, language)
    book.close()
    return out.getvalue()


def _document(book: Book, place: PlaceValues, of: int) -> None:
    sheet = book.sheet(_("Document"))
    sheet.set_column(0, 0, 18, book.style())
    sheet.set_column(1, 1, 44, book.style(num_format="@"))
    for number, name in enumerate(TOP):
        sheet.write_string(number, 0, PLACES[name][of], book.heading(required=True))
        text = place.region if name == "region" else ""
        sheet.write_string(number, 1, text, book.style(num_format="@"))


def _values(book: Book, place: PlaceValues, of: int, language: str) -> None:
    sheet = book.sheet(_("Values"))
    heads = (
        COLUMNS["tick"][of], COLUMNS["label"][of], _("Now"), COLUMNS["value"][of], _("Unit"), _("Standard"),
        _("Clause"), _("Entered by"), COLUMNS["id"][of],
    )  # fmt: skip
    for column, (head, width) in enumerate(zip(heads, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, book.heading(required=column in (0, 3)))
    sheet.freeze_panes(1, 2)
    named = _named(place.pack, place.on, language)
    offers = [one for part in sections(place, place.of(*OPEN, "local"), Typed(), {}) for one in part.offers]
    for row, offer in enumerate(offers, start=1):
        for column, text in enumerate(_cells(place, offer, named, language)):
            sheet.write_string(row, column, text, book.style(num_format="@", text_wrap=True))


def _cells(place: PlaceValues, offer: Offer, named: dict[str, str], language: str) -> Sequence[str]:
    value, parameter = offer.of.value, offer.of.parameter
    origin = value.source if value.provenance == "local" else str(provenance_word(value.provenance))
    now = origin if value.value is None else f"{value.value} ({origin})"
    keeper = place.pack.posts[parameter.keeper].label
    return (
        "", parameter.label.in_(language), now, offer.text, offer.unit.in_(language),
        named.get(parameter.id, ""), str(clause_label(parameter.row)), keeper.in_(language), parameter.id,
    )  # fmt: skip


def _named(pack: Pack, on: date, language: str) -> dict[str, str]:
    """By parameter: the document that would give it."""
    found: dict[str, list[str]] = {}
    for one in standards(pack, on=on):
        title: Text = one.basis.title
        for name in one.parameters:
            found.setdefault(name, []).append(f"{one.basis.number} {title.in_(language)}")
    return {name: "; ".join(texts) for name, texts in found.items()}


def grids_of(sheets: Iterable[Sheet]) -> list[list[list[str]]]:
    """Cells as they would be typed: a day as 2026-06-01, three as 3."""
    return [[[_text(cell) for cell in row] for row in sheet.rows] for sheet in sheets]


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case datetime() as at:
            return at.date().isoformat()
        case date() as day:
            return day.isoformat()
        case float() as number if number.is_integer():
            return str(int(number))
        case _:
            return str(cell).strip()
