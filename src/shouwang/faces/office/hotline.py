"""12345对接: a file of orders is taken in, what cannot be comes back with its reasons; answers go out as a file."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.hotline.tables import ANSWERS, KINDS, labelled, read_orders, written
from shouwang.faces.refusals import refused
from shouwang.faces.templatetags.words import state_label
from shouwang.faces.workbook.opening import WorkbookRefused
from shouwang.flows.hold_table import held_table, hold_table
from shouwang.flows.hotline_answers import Answers, hotline_answers, waiting_orders
from shouwang.flows.hotline_orders import COLUMNS, NEEDED, OrderRow, Taken, take_orders
from shouwang.flows.refusal import Refused

RETURNED = ("reasons", *COLUMNS)
FIRST = 20


@signed_in
def exchange(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose a file; what became of its rows is told at once."""
    try:
        return _exchanged(request, actor)
    except Refused as refusal:
        return refused(request, refusal.decision)


def _exchanged(request: HttpRequest, actor: Actor) -> HttpResponse:
    now = timezone.now()
    if request.method != "POST":
        return _page(request, actor)
    try:
        kind, data = _sent(request)
        rows = read_orders(data, kind)
    except WorkbookRefused as refusal:
        return _page(request, actor, fault=str(refusal), status=422)
    taken = take_orders(actor, rows, now=now)
    slip = _returned(actor, rows, taken, kind, now=now)
    shown = [(n, list(dict.fromkeys(faults.values()))) for n, faults in list(taken.refused.items())[:FIRST]]
    return _page(request, actor, taken=taken, shown=shown, slip=slip, kind=kind)


@require_GET
@signed_in
def empty(request: HttpRequest, actor: Actor, kind: str) -> HttpResponse:
    """The table to fill in."""
    return _file(written(COLUMNS, [], _known(kind)), kind, "12345-orders")


@require_GET
@signed_in
def answers(request: HttpRequest, actor: Actor, kind: str) -> HttpResponse:
    """Orders that moved since a position, due and answered."""
    since = request.GET.get("since", "") or "-1"
    if not since.removeprefix("-").isdecimal() or not since.isascii():
        raise Http404
    try:
        found = hotline_answers(actor, since=max(int(since[:15]), -1), now=timezone.now())
    except Refused as refusal:
        return refused(request, refusal.decision)
    return _file(written(ANSWERS, list(map(dict, _rows(found))), _known(kind)), kind, "12345-answers")


@require_GET
@signed_in
def give_back(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The rows that were not taken, in the form they came in, each with its reasons."""
    held = held_table(actor, request.GET.get("slip", ""), now=timezone.now())
    if held is None or held.told.get("kind") not in KINDS:
        raise Http404
    return _file(held.data, held.told["kind"], "12345-returned")


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise Http404
    return kind


def _sent(request: HttpRequest) -> tuple[str, bytes]:
    file = request.FILES.get("table")
    if not isinstance(file, UploadedFile):
        raise WorkbookRefused(_("Choose the table to import."))
    kind = (file.name or "").rpartition(".")[2].lower()
    if kind not in KINDS:
        raise WorkbookRefused(_("A file of orders ends in .csv, .xlsx or .json."))
    if (file.size or 0) > settings.FILE_LIMIT_MB * 1024 * 1024:
        raise WorkbookRefused(_("The file is larger than %(limit)s MB.") % {"limit": settings.FILE_LIMIT_MB})
    return kind, file.read()


def _returned(actor: Actor, rows: list[OrderRow], taken: Taken, kind: str, *, now: Any) -> str:
    if not taken.refused:
        return ""
    back = [
        {name: row.text(name) for name in COLUMNS}
        | {"reasons": "; ".join(dict.fromkeys(taken.refused[row.number].values()))}
        for row in rows
        if row.number in taken.refused
    ]
    return hold_table(actor, written(RETURNED, back, kind), now=now, kind=kind)


def _rows(found: Answers) -> list[dict[str, Any]]:
    return [
        {
            "order": one.order, "code": one.code, "state": state_label(one.state), "received_on": _day(one.received_at),
            "due_at": _stamp(one.due_at), "answered_at": _stamp(one.answered_at), "in_time": one.in_time,
            "answer": one.words, "interim": one.interim, "satisfied": one.satisfied, "position": found.position,
        }
        for one in found.rows
    ]  # fmt: skip


def _day(at: Any) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d")


def _stamp(at: Any) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=KINDS[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _page(request: HttpRequest, actor: Actor, *, status: int = 200, **said: Any) -> HttpResponse:
    context = {
        "columns": list(zip(COLUMNS, labelled(COLUMNS), [name in NEEDED for name in COLUMNS], strict=True)),
        "kinds": list(KINDS),
        "waiting": waiting_orders(actor, now=timezone.now()),
        "now": timezone.now(),
        **said,
    }
    return render(request, "office/hotline.html", context, status=status)
