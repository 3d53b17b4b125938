"""The rows an import could not take, in a table of the same shape (退回表): every cell as it was, and the reason."""

import io
from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from shouwang.faces.templatetags.words import say
from shouwang.faces.workbook.columns import Column, reasons_column
from shouwang.faces.workbook.reading import Table
from shouwang.faces.workbook.template import headed, mark
from shouwang.faces.workbook.writing import Book
from shouwang.policy.record_shapes import RecordType

WRONG = "#FBE3E1"
Faults = Mapping[str, str]


def returned(table: Table, kind: RecordType, refused: Mapping[int, Faults]) -> bytes:
    """Refused rows by number, each with its faults by column: mended, the file can be sent again as it is."""
    out = io.BytesIO()
    book = Book(out, streamed=True)
    sheet = book.sheet(say(kind.label))
    columns = [reasons_column(), *table.columns]
    under = headed(book, sheet, columns)
    _others(book, sheet, table, place=len(columns), row=under - 1)
    for row, (number, faults) in enumerate(refused.items(), start=under):
        _line(book, sheet, row, table=table, number=number, columns=columns, faults=faults)
    mark(book, kind, table.version)
    book.close()
    return out.getvalue()


def _others(book: Book, sheet: Worksheet, table: Table, *, place: int, row: int) -> None:
    """Columns of the sender's own come back too."""
    for number, words in enumerate(table.heading.others.values(), start=place):
        sheet.write_string(row, number, words, book.heading(required=False))


def _line(
    book: Book,
    sheet: Worksheet,
    row: int,
    *,
    table: Table,
    number: int,
    columns: Sequence[Column],
    faults: Faults,
) -> None:
    why = "\n".join(dict.fromkeys(faults.values()))
    sheet.write_string(row, 0, why, book.style(text_wrap=True, bg_color=WRONG))
    for place, column in enumerate(columns[1:], start=1):
        shade = {"bg_color": WRONG} if column.name in faults else {}
        book.put(sheet, (row, place), table.cell(number, column.name), column.field, **shade)
    given = table.rows[number]
    for place, at in enumerate(table.heading.others, start=len(columns)):
        book.put(sheet, (row, place), given[at] if at < len(given) else None)
