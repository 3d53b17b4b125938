"""A workbook somebody sends is opened: measured before it is read, so that no file takes more than it may."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias
from xml.parsers import expat

import python_calamine
from django.conf import settings
from django.utils.translation import gettext as _

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None

MEGABYTE = 1024 * 1024
# What ten thousand rows of forty columns take unpacked, four times over.
UNPACKED = 160 * MEGABYTE
ROWS, CELLS = 20_000, 2_000_000
OLD_FORMAT = bytes.fromhex("d0cf11e0a1b11ae1")
CHUNK = 256 * 1024
BROKEN = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError, KeyError)


class WorkbookRefused(Exception):
    """The file cannot be read; the message says why, in the reader's language."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet as it was sent; rows count from 1, as on the screen."""

    name: str
    first: int
    rows: list[list[Cell]]

    def numbered(self) -> Iterator[tuple[int, list[Cell]]]:
        return enumerate(self.rows, start=self.first)


def opened(data: bytes) -> list[Sheet]:
    """The sheets of an .xlsx file, hidden ones too. Raises WorkbookRefused."""
    limit = settings.FILE_LIMIT_MB
    if len(data) > limit * MEGABYTE:
        raise WorkbookRefused(_("The file is larger than %(limit)s MB.") % {"limit": limit})
    if data.startswith(OLD_FORMAT):
        raise WorkbookRefused(
            _("This is an old .xls file or one with a password: save it as .xlsx without a password.")
        )
    try:
        book = python_calamine.load_workbook(io.BytesIO(_measured(data)))
        return [_sheet(book, name) for name in book.sheet_names]
    except (*BROKEN, expat.ExpatError, python_calamine.CalamineError) as fault:
        raise WorkbookRefused(_("This is not an Excel file (.xlsx), or it is damaged.")) from fault


def _sheet(book: python_calamine.CalamineWorkbook, name: str) -> Sheet:
    found = book.get_sheet_by_name(name)
    start = found.start
    if start is None:
        return Sheet(name=name, first=1, rows=[])
    # Columns before the first one used are kept, so that a column stands where its heading does.
    rows: list[list[Cell]] = [[*([""] * start[1]), *row] for row in found.to_python()]
    return Sheet(name=name, first=start[0] + 1, rows=rows)


def _measured(data: bytes) -> bytes:
    """The same workbook, packed anew from exactly the bytes that were measured."""
    kept, taken = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(kept, "w") as clean:
        for entry in given.infolist():
            if entry.is_dir() or not entry.filename.endswith((".xml", ".rels")):
                continue
            taken += entry.file_size
            if taken > UNPACKED:
                raise WorkbookRefused(
                    _("Unpacked, the file is larger than %(limit)s MB.") % {"limit": UNPACKED // MEGABYTE}
                )
            part = given.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                _Extent().measure(part)
            clean.writestr(entry.filename, part)
    return kept.getvalue()


class _Extent:
    """How far the filled cells of a sheet reach; one cell in the far corner would take the memory of all."""

    def __init__(self) -> None:
        self.row = self.column = self.last_row = self.last_column = 0

    def measure(self, part: bytes) -> None:
        reader = expat.ParserCreate(namespace_separator=" ")
        reader.StartElementHandler = self._begin
        for start in range(0, len(part), CHUNK):
            reader.Parse(part[start : start + CHUNK], start + CHUNK >= len(part))

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(" ")[2]:
            case "row":
                self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            case "c":
                place = attributes.get("r", "")
                self.column = _column(place) if place else self.column + 1
                self.row = int(place.lstrip(LETTERS)) if place else self.row
            case "v" | "is":
                self.last_row = max(self.last_row, self.row)
                self.last_column = max(self.last_column, self.column)
                self._within()

    def _within(self) -> None:
        if self.last_row > ROWS + 100:
            raise WorkbookRefused(
                _("The sheet has more than %(n)s rows: divide it into several files.") % {"n": ROWS}
            )
        if self.last_row * self.last_column > CELLS:
            raise WorkbookRefused(_("The sheet is too wide: leave only the columns of the template."))


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _column(place: str) -> int:
    number = 0
    for sign in place.rstrip("0123456789"):
        number = number * 26 + LETTERS.index(sign) + 1
    return number
