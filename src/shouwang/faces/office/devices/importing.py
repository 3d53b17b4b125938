"""设备清单导入: an operator's list as Excel; rows that cannot be taken come back in a file with the reason."""

import io
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.devices.words import ALSO, KINDS, SITES, in_all, labelled
from shouwang.faces.office.devices.words import COLUMNS as LABELS
from shouwang.faces.workbook.commas import comma_rows
from shouwang.faces.workbook.handing_over import handed_over
from shouwang.faces.workbook.opening import WorkbookRefused, opened
from shouwang.faces.workbook.writing import Book
from shouwang.flows.hold_table import held_table, hold_table
from shouwang.flows.import_devices import (
    COLUMNS,
    MOST,
    NEEDED,
    DeviceRow,
    Taken,
    Words,
    import_devices,
    may_import,
)
from shouwang.rules.forgiving import alike, tidy

FIRST, RETURNED = 20, ("reasons", *COLUMNS)
WAYS = ("operator", "gb26875", "video")


@signed_in
def importing(request: HttpRequest, actor: Actor) -> HttpResponse:
    if not may_import(actor):
        raise Http404
    if request.method != "POST":
        return _page(request)
    way = request.POST.get("way", WAYS[0])
    try:
        rows = _sent(request)
    except WorkbookRefused as refusal:
        return _page(request, fault=str(refusal), way=way, status=422)
    words = Words(kinds=in_all(KINDS), sites=in_all(SITES))
    now = timezone.now()
    taken = import_devices(actor, rows, words, way=way if way in WAYS else WAYS[0], now=now)
    slip = hold_table(actor, _returned(rows, taken), now=now, kind="devices") if taken.refused else ""
    shown = [(n, list(dict.fromkeys(faults.values()))) for n, faults in list(taken.refused.items())[:FIRST]]
    return _page(request, taken=taken, shown=shown, slip=slip, way=way)


@require_GET
@signed_in
def empty(request: HttpRequest, actor: Actor) -> HttpResponse:
    return handed_over(_written(COLUMNS, []), name=_("Devices"))


@require_GET
@signed_in
def give_back(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The rows that were not taken, each with its reasons."""
    held = held_table(actor, request.GET.get("slip", ""), now=timezone.now())
    if held is None or held.told.get("kind") != "devices":
        raise Http404
    return handed_over(held.data, name=_("Devices not taken"))


def _sent(request: HttpRequest) -> list[DeviceRow]:
    file = request.FILES.get("table")
    if not isinstance(file, UploadedFile):
        raise WorkbookRefused(_("Choose the table to import."))
    if (file.size or 0) > settings.FILE_LIMIT_MB * 1024 * 1024:
        raise WorkbookRefused(_("The file is larger than %(limit)s MB.") % {"limit": settings.FILE_LIMIT_MB})
    first, sheet = _table(file.read(), str(file.name))
    if len(sheet) < 2:
        raise WorkbookRefused(_("The table has no rows below its heading."))
    known = {alike(word): name for word, name in (in_all(ALSO) | in_all(LABELS)).items()}
    heads = [known.get(alike(tidy(cell).rstrip("*＊").strip()), "") for cell in sheet[0]]
    if missing := [name for name in NEEDED if name not in heads]:
        lacking = ", ".join(labelled(missing))
        raise WorkbookRefused(
            _("The table lacks columns that are needed: %(columns)s.") % {"columns": lacking}
        )
    rows = [
        DeviceRow(number=n, cells={name: cell for name, cell in zip(heads, row, strict=False) if name})
        for n, row in enumerate(sheet[1:], first + 1)
        if any(tidy(cell) for cell in row)
    ]
    if len(rows) > MOST:
        raise WorkbookRefused(_("At most %(n)s rows at once.") % {"n": MOST})
    return rows


def _table(data: bytes, name: str) -> tuple[int, Sequence[Sequence[object]]]:
    """The number of its first row, and the rows of the one table of a file."""
    if name.lower().endswith(".csv"):
        return 1, comma_rows(data)
    sheet = next((one for one in opened(data) if one.rows), None)
    return (sheet.first, sheet.rows) if sheet else (1, ())


def _returned(rows: Sequence[DeviceRow], taken: Taken) -> bytes:
    back = [
        {name: row.text(name) for name in COLUMNS}
        | {"reasons": "; ".join(dict.fromkeys(taken.refused[row.number].values()))}
        for row in rows
        if row.number in taken.refused
    ]
    return _written(RETURNED, back)


def _written(names: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    out = io.BytesIO()
    book = Book(out)
    sheet = book.sheet(_("Devices"))
    for place, (name, label) in enumerate(zip(names, labelled(names), strict=True)):
        sheet.set_column(place, place, 22)
        sheet.write_string(
            0, place, f"{label} *" if name in NEEDED else label, book.heading(required=name in NEEDED)
        )
    for number, row in enumerate(rows, 1):
        for place, name in enumerate(names):
            sheet.write_string(number, place, row.get(name, ""))
    book.close()
    return out.getvalue()


def _page(request: HttpRequest, *, status: int = 200, **said: object) -> HttpResponse:
    columns = [(label, name in NEEDED) for name, label in zip(COLUMNS, labelled(COLUMNS), strict=True)]
    context = {
        "columns": columns,
        "kinds": [_(label) for label in KINDS.values()],
        "sites": [_(label) for label in SITES.values()],
        **said,
    }
    return render(request, "office/devices/import.html", context, status=status)
