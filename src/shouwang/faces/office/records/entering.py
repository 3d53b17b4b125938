"""登记台账: a record is entered through the same flow as from a table, a paper or the API."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.records.boxes import raw_values
from shouwang.faces.office.records.form import Filling, bodies_for, page
from shouwang.faces.office.records.papers import Brought, brought, hold
from shouwang.faces.refusals import refused
from shouwang.flows.enter_record import Entry, enter_record
from shouwang.flows.refusal import Refused, Unfit
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import load
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.filling import Form, form_of


def asked_type(name: str) -> RecordType:
    found = load(settings.PACK).records.get(name)
    if found is None:
        raise Http404
    return found


@signed_in
def enter(request: HttpRequest, actor: Actor, type_id: str) -> HttpResponse:
    now, pack = timezone.now(), load(settings.PACK)
    one, today = asked_type(type_id), timezone.localdate(now)
    form = form_of(pack, one)
    area = request.GET.get("area", "")
    choices = bodies_for(actor, one, pack=pack, area=area, on=today)
    if not choices:
        no = Decision(False, (Reason("not_entered_by_you", {"record": one.id}),), (one.row,))
        return refused(request, no)
    if request.method != "POST":
        chosen = area if area in dict(choices) else ""
        known = {"period": request.GET["period"]} if request.GET.get("period") else {}
        filling = Filling(key=str(uuid4()), region=chosen, values=known)
        return page(request, form, filling, choices=choices, today=today)
    return _sent(request, actor, form, choices=choices, now=now)


def _sent(
    request: HttpRequest, actor: Actor, form: Form, *, choices: list[tuple[str, str]], now: datetime
) -> HttpResponse:
    papers = brought(request, actor, form.one, now=now)
    post = request.POST
    filling = Filling(
        key=post.get("key", ""),
        region=post.get("region", ""),
        values=raw_values(form, post),
        external_id=post.get("external_id", "").strip(),
    )
    try:
        done = enter_record(actor, _entry(form, filling, papers), now=now)
    except Refused as refusal:
        return refused(request, refusal.decision)
    except Unfit as unfit:
        faults = dict(unfit.fields)
    except KeyReused:
        faults = {"key": _("This form was already sent with other contents. Reload the page to start anew.")}
    else:
        return HttpResponseRedirect(f"{reverse('office:record', args=[done.id])}?done=enter")
    return again(request, actor, form, filling, papers=papers, faults=faults, choices=choices, now=now)


def again(
    request: HttpRequest,
    actor: Actor,
    form: Form,
    filling: Filling,
    *,
    papers: list[Brought],
    faults: dict[str, str],
    choices: list[tuple[str, str]],
    now: datetime,
) -> HttpResponse:
    """The form once more, with everything that was typed and brought, and every fault beside its field."""
    slips, refusals = hold(actor, papers, form.one, now=now)
    kept = {**vars(filling), "faults": {**faults, **refusals}, "slips": slips}
    return page(request, form, Filling(**kept), choices=choices, today=timezone.localdate(now), status=422)


def _entry(form: Form, filling: Filling, papers: list[Brought]) -> Entry:
    return Entry(
        key=filling.key,
        type=form.one.id,
        region=filling.region,
        values=filling.values,
        papers=tuple(each.paper for each in papers),
        external_id=filling.external_id,
    )
