"""Tables of records as people send them: made from a template, or typed by hand in any old way."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import python_calamine
import xlsxwriter

Rows = Sequence[Sequence[Any]]


def book(rows: Rows, *, name: str = "会议记录", more: Mapping[str, Rows] | None = None) -> bytes:
    """A workbook with days as days, numbers as numbers and all else as text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as file:
        day = file.add_format({"num_format": "yyyy-mm-dd"})
        for title, lines in {name: rows, **(more or {})}.items():
            sheet = file.add_worksheet(title)
            for at, line in enumerate(lines):
                for place, cell in enumerate(line):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, place, cell, day)
                    elif cell is not None:
                        sheet.write(at, place, cell)
    return out.getvalue()


def sheets_of(data: bytes) -> dict[str, list[list[Any]]]:
    """The sheets of a workbook as another program reads them."""
    read = python_calamine.load_workbook(io.BytesIO(data))
    return {name: read.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in read.sheet_names}


def filled(template: bytes, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A template with rows below its heading, by machine name; what a spreadsheet leaves when it saves it."""
    sheets = sheets_of(template)
    (name, lines), *others = sheets.items()
    machine = next(line for line in lines if "@body" in line)
    lines = [*lines, *([row.get(column) for column in machine] for row in rows)]
    return book(lines, name=name, more=dict(others))
