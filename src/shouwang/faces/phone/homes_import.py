"""住户导入: homes and people from an Excel table; rows that could not be taken come back in a table with the reason."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.phone.grids import grids_of
from shouwang.faces.phone.grounds import grounds
from shouwang.faces.refusals import refused
from shouwang.faces.templatetags.words import say
from shouwang.faces.workbook.handing_over import handed_over
from shouwang.faces.workbook.opening import Cell, WorkbookRefused, opened
from shouwang.faces.workbook.writing import written_grid
from shouwang.flows.import_homes import Refusal, import_homes
from shouwang.flows.refusal import Refused, Unfit
from shouwang.flows.sight import pack

MOST = 500


@signed_in
def take_in(request: HttpRequest, actor: Actor) -> HttpResponse:
    grids = grids_of(actor, on=timezone.localdate())
    if request.method != "POST":
        return _page(request, grids)
    file = request.FILES.get("table")
    try:
        rows = _rows(file.read() if file else b"")
        if not rows:
            return _page(request, grids, _("The table has no rows below its heading."))
        taken, back = import_homes(actor, request.POST.get("region", ""), rows, now=timezone.now())
    except WorkbookRefused as refusal:
        return _page(request, grids, str(refusal))
    except Unfit as unfit:
        return _page(request, grids, " ".join(unfit.fields.values()))
    except Refused as refusal:
        return refused(request, refusal.decision)
    if back:
        return handed_over(_returned(rows, back), name=_("Homes not taken"))
    return _page(request, grids, taken=taken)


@signed_in
def template(request: HttpRequest, actor: Actor) -> HttpResponse:
    """An empty table with the headings."""
    return handed_over(written_grid(_("Homes"), [list(columns().values())]), name=_("Homes"))


def columns() -> Mapping[str, str]:
    """Every column and its heading in the reader's language."""
    ours = pack()
    own = {
        "mark": _("Door mark"), "building": _("Compound or building"), "number": _("House number"),
        "kind": _("Kind of place"), "group": _("Kind of risk"),
        "consent": f"{_('On what ground?')} ({' / '.join(words for _code, words in grounds())})",
    }  # fmt: skip
    return own | {key: say(one.label) for key, one in ours.person_fields.items()}


def _rows(data: bytes) -> list[Mapping[str, str]]:
    """The rows of the first sheet that has the headings. Raises WorkbookRefused."""
    names = {label: name for name, label in columns().items()}
    for sheet in opened(data):
        heading = [names.get(_text(cell), "") for cell in sheet.rows[0]] if sheet.rows else []
        if "mark" not in heading:
            continue
        if len(sheet.rows) > MOST:
            raise WorkbookRefused(
                _("The sheet has more than %(n)s rows: divide it into several files.") % {"n": MOST}
            )
        found = [_row(heading, row) for row in sheet.rows[1:]]
        return [row for row in found if any(row.values())]
    raise WorkbookRefused(_("No heading of this record was found: take the template and fill it in."))


def _row(heading: Sequence[str], cells: Sequence[Cell]) -> Mapping[str, str]:
    """By column; the ground may be written in the words of the heading."""
    row = {name: _text(cell) for name, cell in zip(heading, cells, strict=False) if name}
    said = {words: ground for ground, words in grounds()}
    return row | {"consent": said.get(row.get("consent", ""), row.get("consent", ""))}


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell).strip()


def _returned(rows: Sequence[Mapping[str, str]], back: Sequence[Refusal]) -> bytes:
    """Mended, the table can be sent again as it is."""
    labels = columns()
    grid = [[*labels.values(), _("Why not taken")]]
    for one in back:
        why = "; ".join(f"{labels.get(name, name)}: {words}" for name, words in one.faults.items())
        grid.append([*(rows[one.row].get(name, "") for name in labels), why])
    return written_grid(_("Homes not taken"), grid)


def _page(request: HttpRequest, grids: object, fault: str = "", taken: int = 0) -> HttpResponse:
    context = {"grids": grids, "fault": fault, "taken": taken, "tab": "homes"}
    return render(request, "phone/homes_import.html", context, status=422 if fault else 200)
