"""Import (导入): a table is looked through, shown with what would happen, then taken; what cannot be comes back."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwang.domains.areas.queries import paths
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.refusals import refused
from shouwang.faces.templatetags.words import pack, reason_words, say
from shouwang.faces.workbook.handing_over import handed_over
from shouwang.faces.workbook.opening import WorkbookRefused
from shouwang.faces.workbook.reading import Table, read_table, rows_of
from shouwang.faces.workbook.returned import returned
from shouwang.faces.workbook.template import template
from shouwang.flows.check_rows import Faults
from shouwang.flows.hold_table import held_table, hold_table
from shouwang.flows.import_matching import bodies_of
from shouwang.flows.import_records import Plan, import_records, plan_import
from shouwang.flows.refusal import Moved, Refused
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.record_acts import enters_somewhere

FIRST = 20


@require_GET
@signed_in
def empty(request: HttpRequest, actor: Actor, type_id: str) -> HttpResponse:
    """The template, with the bodies this person may enter for."""
    kind = _kind(actor, type_id)
    places = bodies_of(pack(), kind, actor, on=timezone.localdate())
    named = paths({place.code for place in places})
    made = template(kind, bodies={place.code: named[place.code] for place in places})
    return handed_over(made, name=say(kind.label))


@signed_in
def send(request: HttpRequest, actor: Actor, type_id: str) -> HttpResponse:
    """Choose a table; what would happen with it is shown before anything is kept."""
    kind, now = _kind(actor, type_id), timezone.now()
    if request.method != "POST":
        done = held_table(actor, request.GET.get("done", ""), now=now)
        return _page(request, kind, done=done.told if done else None, slip=request.GET.get("done", ""))
    try:
        data = _sent(request)
        table = read_table(data, kind)
        plan = plan_import(actor, kind.id, rows_of(table, kind), version=table.version, now=now)
    except WorkbookRefused as refusal:
        return _page(request, kind, fault=str(refusal), status=422)
    except Refused as refusal:
        return refused(request, refusal.decision)
    shown = {
        "plan": plan,
        "slip": hold_table(actor, data, now=now, key=str(uuid4()), type=kind.id),
        "back": _returned(actor, table, kind, plan, now=now) if plan.refused else "",
        "first": [(number, _sentences(faults)) for number, faults in list(plan.refused.items())[:FIRST]],
        "more": len(plan.refused) - FIRST,
    }
    return render(request, "workbook/check.html", {"kind": kind, "name": request.FILES["table"], **shown})


@require_POST
@signed_in
def take(request: HttpRequest, actor: Actor, type_id: str) -> HttpResponse:
    """Keep the good rows of a table that was looked through."""
    kind, now = _kind(actor, type_id), timezone.now()
    held = held_table(actor, request.POST.get("slip", ""), now=now)
    if held is None or held.told.get("type") != kind.id:
        return _page(request, kind, fault=_("This table is no longer there: send it again."), status=409)
    table = read_table(held.data, kind)
    try:
        plan = import_records(
            actor, kind.id, rows_of(table, kind), key=held.told["key"], version=table.version, now=now
        )
    except Refused as refusal:
        return refused(request, refusal.decision)
    except (Moved, KeyReused):
        fault = _("Somebody brought in the same rows meanwhile: send the table again to see what is left.")
        return _page(request, kind, fault=fault, status=409)
    slip = _returned(actor, table, kind, plan, now=now)
    return HttpResponseRedirect(f"{reverse('workbook:import', args=[kind.id])}?{urlencode({'done': slip})}")


@require_GET
@signed_in
def give_back(request: HttpRequest, actor: Actor, type_id: str) -> HttpResponse:
    """The rows that were not taken, as a table."""
    kind = _kind(actor, type_id)
    held = held_table(actor, request.GET.get("slip", ""), now=timezone.now())
    if held is None or not held.data:
        raise Http404
    return handed_over(held.data, name=_("%(record)s, rows not taken") % {"record": say(kind.label)})


def _kind(actor: Actor, type_id: str) -> RecordType:
    """A type this person enters somewhere; to others there is no import."""
    kind = pack().records.get(type_id)
    if kind is None or not enters_somewhere(pack(), kind, actor.posts):
        raise Http404
    return kind


def _sent(request: HttpRequest) -> bytes:
    file = request.FILES.get("table")
    if not isinstance(file, UploadedFile):
        raise WorkbookRefused(_("Choose the table to import."))
    limit = settings.FILE_LIMIT_MB
    if (file.size or 0) > limit * 1024 * 1024:
        raise WorkbookRefused(_("The file is larger than %(limit)s MB.") % {"limit": limit})
    return file.read()


def _returned(actor: Actor, table: Table, kind: RecordType, plan: Plan, *, now: Any) -> str:
    """A slip that opens the rows not taken, and tells how it went."""
    told = {"new": len(plan.new), "changed": len(plan.changed), "same": len(plan.same)}
    refused_rows = {number: _words(faults) for number, faults in plan.refused.items()}
    data = returned(table, kind, refused_rows) if refused_rows else b""
    return hold_table(actor, data, now=now, refused=len(refused_rows), **told)


def _words(faults: Faults) -> dict[str, str]:
    return {column: reason_words(reason) for column, reason in faults.items()}


def _sentences(faults: Faults) -> list[str]:
    return list(dict.fromkeys(_words(faults).values()))


def _page(
    request: HttpRequest,
    kind: RecordType,
    *,
    fault: str = "",
    done: Mapping[str, Any] | None = None,
    slip: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"kind": kind, "fault": fault, "done": done, "slip": slip, "limit": settings.FILE_LIMIT_MB}
    return render(request, "workbook/import.html", context, status=status)
