"""Cells are written (单元格): each value in the form its field has, and nothing that a spreadsheet would run."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.conf import settings
from django.utils.translation import get_language
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from shouwang.faces.cells import runs
from shouwang.faces.templatetags.words import pack, say
from shouwang.faces.workbook.opening import Cell
from shouwang.policy.record_shapes import Field
from shouwang.rules.field_reading import Value
from shouwang.rules.field_showing import shown, typed

NUMBERED: Mapping[str, str] = {"date": "yyyy-mm-dd", "integer": "0", "number": "General", "yuan": "#,##0.00"}
WIDTHS: Mapping[str, int] = {"paragraph": 44, "text": 26, "choices": 26, "area": 26, "link": 26, "duty": 30}
# A name of a sheet may not hold these, nor be longer.
UNNAMED, LONGEST = str.maketrans(dict.fromkeys("[]:*?/\\'", " ")), 31


def written_grid(name: str, grid: Sequence[Sequence[str]]) -> bytes:
    """A workbook of one sheet, its first row the heading; every cell a text that stays one."""
    out = io.BytesIO()
    book = Book(out)
    sheet = book.sheet(name)
    for number, row in enumerate(grid):
        look = book.heading(required=True) if number == 0 else book.style(num_format="@", text_wrap=True)
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, look)
    for column, head in enumerate(grid[0]):
        sheet.set_column(column, column, max(14, min(44, 2 * len(head))), book.style(num_format="@", text_wrap=True))
    sheet.freeze_panes(1, 1)
    book.close()
    return out.getvalue()


class Book:
    """A workbook being written; `streamed` keeps one row at a time, for long lists."""

    def __init__(self, out: IO[bytes], *, streamed: bool = False) -> None:
        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.file = Workbook(out, {"constant_memory": streamed, "in_memory": not streamed, **plain})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def sheet(self, name: str) -> Worksheet:
        return self.file.add_worksheet(name.translate(UNNAMED).strip()[:LONGEST])

    def style(self, **wanted: Any) -> Format:
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format({"font_size": 11, "valign": "top", **wanted})
        return self._formats[key]

    def heading(self, *, required: bool) -> Format:
        shade = "#D6E3F3" if required else "#ECEFF3"
        return self.style(
            bold=True, text_wrap=True, bg_color=shade, border=1, border_color="#9AA3AD", valign="vcenter"
        )

    def of_field(self, field: Field | None, **more: Any) -> Format:
        """How cells of a field look: a day as a day, a text as a text, whatever is typed into it."""
        kind = field.type if field else "text"
        wraps = {"text_wrap": True} if kind in ("paragraph", "choices") else {}
        return self.style(**{"num_format": NUMBERED.get(kind, "@"), **wraps, **more})

    def put(
        self, sheet: Worksheet, at: tuple[int, int], cell: Cell, field: Field | None = None, **more: Any
    ) -> None:
        """Write a cell; a text that begins like a formula is a text and stays one when it is edited."""
        match cell:
            case None | "":
                sheet.write_blank(*at, None, self.of_field(field, **more))
            case bool():
                sheet.write_string(*at, yes_or_no(cell), self.of_field(field, **more))
            case datetime() | date():
                sheet.write_datetime(
                    *at, cell, self.of_field(field, **{"num_format": NUMBERED["date"], **more})
                )
            case int() | float():
                sheet.write_number(*at, cell, self.of_field(field, **more))
            case _:
                text = str(cell)
                quoted = {"quote_prefix": True} if runs(text) else {}
                sheet.write_string(*at, text, self.of_field(field, **quoted, **more))

    def close(self) -> None:
        self.file.close()


def yes_or_no(truth: bool) -> str:
    return say(pack().wordings["yes" if truth else "no"])


def width_of(field: Field | None) -> int:
    return WIDTHS.get(field.type, 15) if field else 22


def cell_of(field: Field, value: Value | None, *, areas: Mapping[str, str]) -> Cell:
    """A kept value as a person reads it, and as an import reads it back."""
    if field.type == "area" and value:
        return f"{value} {areas.get(str(value), '')}".strip()
    if field.type in NUMBERED:
        found = typed(field, value)
        return float(found) if isinstance(found, Decimal) else found  # type: ignore[return-value]
    return shown(pack(), field, value, get_language() or settings.LANGUAGE_CODE)
