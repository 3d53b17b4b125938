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
from shouwang.faces.office.records.from_paper import FromPaper, from_paper
from shouwang.faces.office.records.papers import Brought, brought, hold
from shouwang.faces.refusals import refused
from shouwang.flows.enter_record import Entry, enter_record
from shouwang.flows.refusal import Refused, Unfit
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import load
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.filling import PERIOD, Form, form_of
from shouwang.rules.record_periods import is_period


def asked_type(name: str) -> RecordType:
    found = load(settings.PACK).records.get(name)
    if found is None:
        raise Http404
    return found


@signed_in
def enter(request: HttpRequest, actor: Actor, type_id: str) -> HttpResponse:
    now, pack = timezone.now(), load(settings.PACK)
    one, today = asked_type(type_id), timezone.localdate(now)
    paper = from_paper(request, actor, one, now=now)
    if paper.made and request.method != "POST":
        return HttpResponseRedirect(reverse("office:record", args=[paper.made]))
    form = form_of(pack, one, paper.version)
    area = paper.page.region if paper.page else request.GET.get("area", "")
    choices = bodies_for(actor, one, pack=pack, area=area, on=today)
    choices = [(area, dict(choices).get(area, area))] if paper.page and choices else choices
    if not choices:
        no = Decision(False, (Reason("not_entered_by_you", {"record": one.id}),), (one.row,))
        return refused(request, no)
    if request.method != "POST":
        filling = _asked_for(request, form, choices, paper=paper)
        return page(request, form, filling, choices=choices, today=today)
    return _sent(request, actor, form, paper=paper, choices=choices, now=now)


def _asked_for(request: HttpRequest, form: Form, choices: list[tuple[str, str]], *, paper: FromPaper) -> Filling:
    """An empty form, or one begun by who sent the reader here: the body, the period, a kind are not asked twice."""
    asked = (paper.page.region if paper.page else "") or request.GET.get("region", "") or request.GET.get("area", "")
    values = raw_values(form, request.GET)
    if paper.page and paper.page.period:
        values[PERIOD] = paper.page.period
    if form.one.every and not is_period(form.pack, form.one.every, str(values["period"])):
        values["period"] = ""
    return Filling(
        key=str(uuid4()),
        region=asked if asked in dict(choices) else "",
        values=values,
        slips=paper.held(form.one),
        paper=paper,
    )


def _sent(
    request: HttpRequest,
    actor: Actor,
    form: Form,
    *,
    paper: FromPaper,
    choices: list[tuple[str, str]],
    now: datetime,
) -> HttpResponse:
    papers = brought(request, actor, form.one, now=now)
    post = request.POST
    filling = Filling(
        key=post.get("key", ""),
        region=post.get("region", ""),
        values=raw_values(form, post),
        external_id=post.get("external_id", "").strip(),
        paper=paper,
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
        way=filling.paper.way,
        page=filling.paper.code,
    )
