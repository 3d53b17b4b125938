"""The Excel template of a record type (台账模板): a heading, checks and choices, and a sheet that explains them."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from shouwang.faces.templatetags.words import say
from shouwang.faces.workbook.columns import BODY, Column, columns_of
from shouwang.faces.workbook.guide import explain
from shouwang.faces.workbook.limits import check_of, own_hint, sentence
from shouwang.faces.workbook.opening import ROWS
from shouwang.faces.workbook.writing import Book, width_of, yes_or_no
from shouwang.policy import load
from shouwang.policy.record_shapes import RecordType

MACHINE, LISTS, TITLE, MESSAGE = "shouwang", "lists", 32, 255


def template(kind: RecordType, *, bodies: Mapping[str, str]) -> bytes:
    """An empty table of a type; `bodies` are those the person may enter for, by area code."""
    out = io.BytesIO()
    book = Book(out)
    columns = columns_of(kind, kind.version)
    sheet = book.sheet(say(kind.label))
    under = headed(book, sheet, columns)
    explain(book, kind, columns)
    _offered(book, sheet, columns, choices=_choices(columns, bodies), first=under)
    mark(book, kind, kind.version)
    book.close()
    return out.getvalue()


def headed(book: Book, sheet: Worksheet, columns: Sequence[Column], *, top: int = 0) -> int:
    """Write the machine's hidden row and the heading; the row below, where data begins."""
    sheet.set_row(top, None, None, {"hidden": True})
    sheet.set_row(top + 1, 34)
    sheet.write_row(top, 0, [column.name for column in columns])
    for place, column in enumerate(columns):
        sheet.write_string(top + 1, place, column.heading, book.heading(required=column.required))
        sheet.set_column(place, place, width_of(column.field), book.of_field(column.field))
    sheet.freeze_panes(top + 2, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top + 1)
    return top + 2


def mark(book: Book, kind: RecordType, version: int) -> None:
    """A hidden sheet says for which type and version the table was made."""
    sheet = book.file.get_worksheet_by_name(LISTS) or book.file.add_worksheet(LISTS)
    sheet.write_row(0, 0, [MACHINE, kind.id, version])
    sheet.very_hidden()


def _choices(columns: Sequence[Column], bodies: Mapping[str, str]) -> dict[str, list[str]]:
    """What can be chosen from, column by column."""
    duties = [say(duty.label) for duty in load(settings.PACK).duties.values()]
    found: dict[str, list[str]] = {BODY: [f"{code} {name}" for code, name in bodies.items()]}
    for column in columns:
        match column.field.type if column.field else "":
            case "choice":
                assert column.field is not None
                found[column.name] = [say(label) for label in column.field.choices.values()]
            case "yes_no":
                found[column.name] = [yes_or_no(True), yes_or_no(False)]
            case "duty":
                found[column.name] = duties
    return found


def _offered(
    book: Book, sheet: Worksheet, columns: Sequence[Column], *, choices: Mapping[str, list[str]], first: int
) -> None:
    lists = book.file.add_worksheet(LISTS)
    for place, column in enumerate(columns):
        options = choices.get(column.name, [])
        for number, option in enumerate(options, start=1):
            lists.write_string(number, place, option)
        check = check_of(column.field) if column.field else {"validate": "any"}
        if options:
            source = f"={LISTS}!{xl_range_abs(1, place, len(options), place)}"
            check = {"validate": "list", "source": source}
        told = {"input_title": column.label[:TITLE], "input_message": _hint(column)[:MESSAGE]}
        fault = {
            "error_type": "warning",
            "error_title": column.label[:TITLE],
            "error_message": _fault(column),
        }
        sheet.data_validation(first, place, first + ROWS - 1, place, _whole({**check, **told, **fault}))


def _whole(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value != ""}


def _hint(column: Column) -> str:
    if column.field is None:
        return own_hint(column.name)
    parts = [sentence(column.field), say(column.field.help), say(column.field.why)]
    return "\n".join(part for part in parts if part)


def _fault(column: Column) -> str:
    words = sentence(column.field) if column.field else own_hint(column.name)
    return (_("This does not look right. Expected: %(what)s") % {"what": words})[:MESSAGE]
