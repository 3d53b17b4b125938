"""What a sheet that came back says (读回采纳单), in Word or Excel: ticks and values by their id, and the document."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from docx import Document
from docx.opc.exceptions import PackageNotFoundError

# What each place of the document is called in the two templates.
PLACES = {
    "number": ("发文字号", "문건번호"),
    "signed_on": ("签发日期", "서명발급날자"),
    "signer": ("签发人", "서명발급인"),
    "effective_from": ("施行日期", "시행날자"),
    "region": ("辖区代码", "관할구역코드"),
}
TICKED = frozenset("√✓✔☑vy是有对要예") | {"采纳", "채택", "yes"}
UNTICKED = frozenset("×✗✘x☐□否无不-—–/\\n") | {"", "不采纳", "비채택", "no"}
# The columns that are read, by their headings; others may be added or moved.
COLUMNS = {
    "tick": ("采纳", "채택"),
    "label": ("参数", "참수"),
    "value": ("采纳值", "채택값"),
    "id": ("编号", "번호"),
}
LONGEST = 200


class NoSheet(Exception):
    """The document is no adoption sheet; the message says what is missing, in the reader's language."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A row as it came back."""

    ticked: bool
    text: str


@dataclass(frozen=True, kw_only=True)
class Returned:
    """What was read; `faults` name the rows that cannot be, each with its reason."""

    places: dict[str, str] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


def read_sheet(data: bytes) -> Returned:
    """Raises NoSheet. Nothing is judged here: whether a value fits its parameter is asked where all are."""
    try:
        tables = Document(BytesIO(data)).tables
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, SyntaxError):
        raise NoSheet(_("This Word document cannot be opened. Save it again as .docx.")) from None
    return read_grids([[[cell.text for cell in row.cells] for row in table.rows] for table in tables])


def read_grids(grids: Sequence[list[list[str]]]) -> Returned:
    """Tables of texts, wherever they stood. Raises NoSheet."""
    rows = [row for grid in grids for row in _listed(grid)]
    if not rows:
        raise NoSheet(_("The table with the parameters and their numbers is not in this document."))
    entries: dict[str, Entry] = {}
    faults = list(_entries(rows, entries))
    return Returned(places=_places(grids), entries=entries, faults=tuple(faults))


def _listed(grid: Sequence[list[str]]) -> Iterator[dict[str, str]]:
    """The rows of a table that has all the columns; what a row lacks is empty."""
    heads = [_bare(cell) for cell in grid[0]] if grid else []
    places = {
        name: heads.index(known) for name, called in COLUMNS.items() for known in called if known in heads
    }
    if places.keys() == COLUMNS.keys():
        for row in grid[1:]:
            yield {name: row[at] if at < len(row) else "" for name, at in places.items()}


def _places(grids: Sequence[list[list[str]]]) -> dict[str, str]:
    """The first table row whose left cell is called so; an empty place stays empty."""
    found: dict[str, str] = {}
    for grid in grids:
        for row in grid:
            name = next((place for place, called in PLACES.items() if row and _bare(row[0]) in called), None)
            if name is not None and len(row) > 1:
                found.setdefault(name, row[1].strip()[:LONGEST])
    return found


def _entries(rows: Sequence[dict[str, str]], entries: dict[str, Entry]) -> Iterator[str]:
    for number, row in enumerate(rows, start=1):
        id_, text = "".join(row["id"].split()), row["value"].strip()[:LONGEST]
        told = {"n": number, "label": " ".join(row["label"].split())[:60]}
        ticked = _ticked(row["tick"])
        if not id_:
            if text or ticked:
                yield _("Row %(n)s (%(label)s): its number is missing.") % told
        elif id_ in entries:
            yield _("Row %(n)s (%(label)s): it stands there twice.") % told
        elif ticked is None:
            shown = {**told, "tick": row["tick"].strip()[:10]}
            yield _("Row %(n)s (%(label)s): “%(tick)s” is neither a tick nor empty.") % shown
        else:
            entries[id_] = Entry(ticked=ticked, text=text)


def _ticked(text: str) -> bool | None:
    """None for a sign nobody can be sure of."""
    sign = _bare(text)
    if sign in TICKED:
        return True
    return False if sign in UNTICKED else None


def _bare(text: str) -> str:
    """Without blanks and colons, in lower case and half width."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(sign for sign in plain if not sign.isspace() and sign != ":")
