"""修改台账: the same form, filled in as the record stands; a personal value left blank stays as it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import path_of
from shouwang.domains.files.queries import attachments_of
from shouwang.domains.people.actor import Actor
from shouwang.domains.records.personal import is_sealed
from shouwang.faces.doors import signed_in
from shouwang.faces.office.records.boxes import raw_values, typed_again
from shouwang.faces.office.records.entering import again
from shouwang.faces.office.records.form import Filling, page
from shouwang.faces.office.records.papers import brought
from shouwang.faces.record_telling import record_of
from shouwang.faces.refusals import refused
from shouwang.flows.amend_record import Amendment, amend_record, judged_amend
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.policy import load
from shouwang.rules.filling import Form, form_of


@signed_in
def amend(request: HttpRequest, actor: Actor, record_id: UUID) -> HttpResponse:
    now, pack = timezone.now(), load(settings.PACK)
    record, one = record_of(actor, record_id)
    judged = judged_amend(actor, record, one, pack=pack)
    if not judged.verdict:
        return refused(request, judged)
    form = form_of(pack, one, record.form)
    there = [file.purpose for file in attachments_of(record.county, record.id)]
    choices = [(record.region, path_of(record.region))]
    if request.method == "POST":
        return _sent(request, actor, form, record, there=there, choices=choices, now=now)
    hidden = _hidden(record)
    values = typed_again(form, record.values, record.period, hidden=hidden)
    filling = Filling(region=record.region, values=values, kept=hidden, there=there, record=record)
    return page(request, form, filling, choices=choices, today=timezone.localdate(now))


def _sent(
    request: HttpRequest,
    actor: Actor,
    form: Form,
    record: Any,
    *,
    there: Sequence[str],
    choices: list[tuple[str, str]],
    now: datetime,
) -> HttpResponse:
    papers = brought(request, actor, form.one, now=now)
    version = request.POST.get("version", "")
    filling = Filling(
        region=record.region,
        values=raw_values(form, request.POST),
        kept=_hidden(record),
        there=there,
        note=request.POST.get("note", "").strip(),
        record=record,
    )
    amendment = Amendment(
        values=filling.values,
        version=int(version) if version.isascii() and version.isdigit() else 0,
        papers=tuple(each.paper for each in papers),
        note=filling.note,
    )
    try:
        amend_record(actor, record.id, amendment, now=now)
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return refused(request, refusal.decision)
    except Unfit as unfit:
        faults = dict(unfit.fields)
    except Moved:
        faults = {
            "values": _("Somebody else changed this record first. Look at it again before you change it.")
        }
    else:
        return HttpResponseRedirect(f"{reverse('office:record', args=[record.id])}?done=amend")
    return again(request, actor, form, filling, papers=papers, faults=faults, choices=choices, now=now)


def _hidden(record: Any) -> frozenset[str]:
    return frozenset(name for name, value in record.values.items() if is_sealed(value))
