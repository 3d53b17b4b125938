"""A filled-in table is read (读取): which cell stands for which field, whoever moved the columns about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from shouwang.faces.templatetags.words import say
from shouwang.faces.workbook.columns import (
    BODY,
    EXTERNAL,
    PERIOD,
    Column,
    Heading,
    columns_of,
    heading_of,
    reasons_column,
)
from shouwang.faces.workbook.opening import ROWS, Cell, Sheet, WorkbookRefused, opened
from shouwang.faces.workbook.template import LISTS, MACHINE
from shouwang.flows.import_records import TableRow
from shouwang.policy import load
from shouwang.policy.duty_shapes import Calendar
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.forgiving import tidy
from shouwang.rules.periods import period_of


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table as it was sent: its columns and its rows, by their number on the screen."""

    version: int
    columns: Sequence[Column]
    heading: Heading
    rows: dict[int, list[Cell]]

    def cell(self, number: int, name: str) -> Cell:
        place = self.heading.places.get(name)
        row = self.rows[number]
        return row[place] if place is not None and place < len(row) else None


def read_table(data: bytes, kind: RecordType) -> Table:
    """The one sheet with a heading of this type. Raises WorkbookRefused."""
    sheets = opened(data)
    version = _version(sheets, kind)
    columns = columns_of(kind, version)
    found = [
        (sheet, heading)
        for sheet in sheets
        if (heading := heading_of(sheet.rows, [*columns, reasons_column()]))
    ]
    if not found:
        raise WorkbookRefused(_("No heading of this record was found: take the template and fill it in."))
    sheet, heading = max(found, key=lambda pair: len(pair[1].places))
    _complete(heading, columns)
    rows = {
        number: row
        for number, row in sheet.numbered()
        if number >= sheet.first + heading.after and any(tidy(cell) for cell in row)
    }
    if not rows:
        raise WorkbookRefused(_("The table has no rows below its heading."))
    if len(rows) > ROWS:
        raise WorkbookRefused(
            _("The sheet has more than %(n)s rows: divide it into several files.") % {"n": ROWS}
        )
    return Table(version=version, columns=columns, heading=heading, rows=rows)


def rows_of(table: Table, kind: RecordType) -> list[TableRow]:
    """Every row as the import takes it."""
    return [_row(table, kind, number) for number in table.rows]


def _row(table: Table, kind: RecordType, number: int) -> TableRow:
    raw: dict[str, object] = {
        column.name: table.cell(number, column.name)
        for column in table.columns
        if column.field is not None and column.name in table.heading.places
    }
    if kind.every is not None:
        raw["period"] = _period(kind, table.cell(number, PERIOD))
    return TableRow(
        number=number,
        body=tidy(table.cell(number, BODY)),
        external=tidy(table.cell(number, EXTERNAL)),
        raw=raw,
    )


def _period(kind: RecordType, cell: Cell) -> Cell:
    """Typed into a spreadsheet, 2026-11 becomes a day of that month."""
    if kind.every in (None, "day", "season") or not isinstance(cell, datetime | date):
        return cell
    day = cell.date() if isinstance(cell, datetime) else cell
    assert kind.every is not None
    found = period_of(load(settings.PACK), Calendar(every=kind.every), day)
    return found.name if found else cell


def _version(sheets: Sequence[Sheet], kind: RecordType) -> int:
    """The version the template was made for; the present one where nobody says. Raises WorkbookRefused."""
    marks = [sheet.rows[0] for sheet in sheets if sheet.name == LISTS and sheet.rows]
    mark = next((row for row in marks if len(row) > 2 and row[0] == MACHINE), None)
    if mark is None:
        return kind.version
    if mark[1] != kind.id:
        other = load(settings.PACK).records.get(str(mark[1]))
        name = say(other.label) if other else str(mark[1])
        raise WorkbookRefused(_("This table was made for another record: %(name)s.") % {"name": name})
    version = int(mark[2]) if isinstance(mark[2], int | float) else kind.version
    return version if 1 <= version <= kind.version else kind.version


def _complete(heading: Heading, columns: Sequence[Column]) -> None:
    """No column twice, and none missing that every row needs. Raises WorkbookRefused."""
    labels = {column.name: column.label for column in columns}
    if heading.twice:
        twice = ", ".join(labels.get(name, name) for name in heading.twice)
        raise WorkbookRefused(_("This column stands twice in the table: %(columns)s.") % {"columns": twice})
    missing = [
        column.label
        for column in columns
        if column.field and column.required and column.name not in heading.places
    ]
    if missing:
        raise WorkbookRefused(
            _("The table lacks columns that are needed: %(columns)s.") % {"columns": ", ".join(missing)}
        )
