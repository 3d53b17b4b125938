"""Orders and answers as tables (对接表): read from CSV, Excel or JSON, and written in the same three."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from shouwang.faces.cells import harmless
from shouwang.faces.workbook.commas import comma_rows
from shouwang.faces.workbook.opening import WorkbookRefused, opened
from shouwang.faces.workbook.writing import Book
from shouwang.flows.hotline_orders import COLUMNS, MOST, NEEDED, OrderRow
from shouwang.rules.forgiving import alike, tidy

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}
LABELS = {
    "order": gettext_noop("Order number"),
    "received_on": gettext_noop("Received on"),
    "reply_due_on": gettext_noop("Answer asked for by"),
    "area": gettext_noop("Area (name or code)"),
    "kind": gettext_noop("Kind of hazard"),
    "place": gettext_noop("House, shop or road"),
    "content": gettext_noop("What the caller said"),
    "openness": gettext_noop("Named, confidential or anonymous"),
    "caller_name": gettext_noop("Caller's name"),
    "caller_phone": gettext_noop("Caller's telephone"),
    "satisfied": gettext_noop("Caller content"),
    "reasons": gettext_noop("Why this row was not taken"),
    "code": gettext_noop("Code of the case"),
    "state": gettext_noop("State"),
    "due_at": gettext_noop("Answer due"),
    "answered_at": gettext_noop("Answered"),
    "in_time": gettext_noop("In time"),
    "answer": gettext_noop("Answer"),
    "interim": gettext_noop("Interim answer"),
    "position": gettext_noop("Position"),
}
ANSWERS = (
    "order", "code", "state", "received_on", "due_at", "answered_at", "in_time", "answer", "interim", "satisfied",
    "position",
)  # fmt: skip


def labelled(names: Iterable[str]) -> list[str]:
    return [gettext(LABELS[name]) for name in names]


def read_orders(data: bytes, kind: str) -> list[OrderRow]:
    """The rows of a file, by their number in it. Raises WorkbookRefused."""
    rows = {"csv": _csv, "json": _json, "xlsx": _xlsx}[kind](data)
    if not rows:
        raise WorkbookRefused(_("The table has no rows below its heading."))
    if len(rows) > MOST:
        raise WorkbookRefused(_("The sheet has more than %(n)s rows: divide it into several files.") % {"n": MOST})
    return rows


def _known() -> dict[str, str]:
    """Every word a column goes by: its own name, and its heading in each language."""
    found = {alike(name): name for name in COLUMNS}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            found |= {alike(gettext(LABELS[name])): name for name in COLUMNS}
    return found


def _rows(table: Sequence[Sequence[object]], *, first: int) -> list[OrderRow]:
    known = _known()
    told = [known.get(alike(tidy(cell).rstrip("*＊")), "") for cell in (table[0] if table else ())]
    missing = [name for name in NEEDED if name not in told]
    if missing:
        lacking = ", ".join(labelled(missing))
        raise WorkbookRefused(_("The table lacks columns that are needed: %(columns)s.") % {"columns": lacking})
    return [
        OrderRow(number=n, cells={name: cell for name, cell in zip(told, row, strict=False) if name})
        for n, row in enumerate(table[1:], first + 1)
        if any(tidy(cell) for cell in row)
    ]


def _csv(data: bytes) -> list[OrderRow]:
    return _rows(comma_rows(data), first=1)


def _xlsx(data: bytes) -> list[OrderRow]:
    sheet = next((one for one in opened(data) if one.rows), None)
    if sheet is None:
        raise WorkbookRefused(_("The table has no rows below its heading."))
    return _rows(sheet.rows, first=sheet.first)


def _json(data: bytes) -> list[OrderRow]:
    try:
        told = json.loads(data)
        orders = told["orders"] if isinstance(told, dict) else told
    except (ValueError, KeyError, RecursionError):
        orders = None
    if not isinstance(orders, list) or not all(isinstance(one, dict) for one in orders):
        raise WorkbookRefused(_('The JSON must be {"orders": […]}, each with the columns of the table.'))
    return [OrderRow(number=n, cells=one) for n, one in enumerate(orders, 1)]


def written(names: Sequence[str], rows: Sequence[Mapping[str, Any]], kind: str) -> bytes:
    """A table in one of the three forms."""
    if kind == "json":
        return json.dumps({"rows": [{n: row.get(n) for n in names} for row in rows]}, ensure_ascii=False).encode()
    lines = [labelled(names), *([_cell(row.get(name)) for name in names] for row in rows)]
    return _as_csv(lines) if kind == "csv" else _as_xlsx(lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)


def _as_csv(lines: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([[harmless(cell) for cell in line] for line in lines])
    return out.getvalue().encode("utf-8-sig")


def _as_xlsx(lines: Sequence[Sequence[str]]) -> bytes:
    out = io.BytesIO()
    book = Book(out)
    sheet = book.sheet("12345")
    sheet.set_column(0, len(lines[0]) - 1, 20)
    for row, line in enumerate(lines):
        for place, cell in enumerate(line):
            if row:
                book.put(sheet, (row, place), cell)
            else:
                sheet.write_string(0, place, cell, book.heading(required=False))
    book.close()
    return out.getvalue()
