"""报隐患: one screen, three taps; sent as a plain form or, by the phone's outbox, answered with a receipt."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import paths
from shouwang.domains.files.checking import FileRefused
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.phone.forms import ReportForm
from shouwang.faces.phone.grids import REPORT, Grid, grids_of
from shouwang.faces.phone.likely import likely_to
from shouwang.faces.phone.photos import Carried, carried, hold
from shouwang.faces.phone.receipts import by_outbox, handed_in, receipt, turned_down
from shouwang.faces.refusals import refused
from shouwang.faces.templatetags.words import reason_words
from shouwang.flows.likely_duplicates import Likely
from shouwang.flows.refusal import Refused, Unfit
from shouwang.flows.report_hazard import Reported, report_hazard
from shouwang.flows.sight import pack
from shouwang.kernel.decision import Decision, Reason


class Fault(Exception):
    """Why a report was not taken: {field: words}; a field that the form does not have stands for all of it."""

    def __init__(self, words: Mapping[str, str], status: int = 422) -> None:
        super().__init__(str(words))
        self.words, self.status = words, status


@handed_in
@signed_in
def report(request: HttpRequest, actor: Actor) -> HttpResponse:
    now = timezone.now()
    grids = grids_of(actor, on=timezone.localdate(now))
    if not grids:
        return _not_here(request)
    if request.method != "POST":
        return _page(request, ReportForm(grids=grids, now=now), grids, slips={})
    form, photos = ReportForm(request.POST, grids=grids, now=now), carried(request, actor, now=now)
    if not by_outbox(request) and form.is_valid() and not request.POST.get("distinct"):
        # Without script nobody was asked yet; what the phone kept offline is never held up.
        if found := likely_to(actor, form):
            slips, _unread = hold(actor, photos, now=now)
            return _page(request, form, grids, slips=slips, found=found)
    try:
        done = _reported(actor, form, photos, now=now)
    except Fault as fault:
        return _again(request, actor, grids, form=form, photos=photos, fault=fault)
    return _receipt(request, done)


def _not_here(request: HttpRequest) -> HttpResponse:
    """The person holds no post that reports; a report kept from better days learns so too, and stays."""
    decision = Decision(False, (Reason("not_held", {"action": REPORT}),), (pack().actions[REPORT],))
    if not by_outbox(request):
        return refused(request, decision)
    words = " ".join(map(reason_words, decision.reasons))
    return turned_down(request, {"": words})


def _reported(actor: Actor, form: ReportForm, photos: Sequence[Carried], *, now: datetime) -> Reported:
    if not form.is_valid():
        raise Fault({name: str(errors[0]) for name, errors in form.errors.items()})
    try:
        return report_hazard(actor, form.report(tuple(photo.photo() for photo in photos)), now=now)
    except KeyReused:
        words = _(
            "This form was already sent with other contents. If it is another hazard, send it once more."
        )
        raise Fault({"": words}, status=409) from None
    except Refused as refusal:
        raise Fault({"": " ".join(map(reason_words, refusal.decision.reasons))}) from None
    except Unfit as unfit:
        raise Fault(unfit.fields) from None
    except FileRefused:
        raise Fault({}) from None


def _receipt(request: HttpRequest, done: Reported) -> HttpResponse:
    """The outbox lets a report go only against a receipt that names its key and what arrived."""
    then = reverse("phone:done", args=[done.id])
    if not by_outbox(request):
        return HttpResponseRedirect(then, status=303)
    return receipt(request, then=then, status=200 if done.replayed else 201, id=str(done.id))


def _again(
    request: HttpRequest,
    actor: Actor,
    grids: list[Grid],
    *,
    form: ReportForm,
    photos: Sequence[Carried],
    fault: Fault,
) -> HttpResponse:
    """Everything that was entered stands there again, the photos too."""
    if by_outbox(request):
        unread = {} if fault.words else hold(actor, photos, now=form.now)[1]
        return turned_down(request, {**fault.words, **unread}, status=fault.status)
    slips, unread = hold(actor, photos, now=form.now)
    if fault.status == 409:
        form.data = {**form.data.dict(), "key": str(uuid4())}  # type: ignore[attr-defined]
    return _page(request, form, grids, slips=slips, faults={**fault.words, **unread}, status=fault.status)


def _page(
    request: HttpRequest,
    form: ReportForm,
    grids: list[Grid],
    *,
    slips: Mapping[str, str],
    faults: Mapping[str, str] | None = None,
    status: int = 200,
    found: Sequence[Likely] = (),
) -> HttpResponse:
    wrong = faults or {}
    context = {
        "form": form,
        "grids": grids,
        "here": next((grid for grid in grids if grid.code == form["region"].value()), grids[0]),
        "slips": slips,
        "faults": wrong,
        "found": found,
        "named": paths({one.region for one in found}),
        "now": form.now,
        "unplaced": [words for name, words in wrong.items() if name not in {*form.fields, "before", "after"}],
        "detailed": bool({"place", "site", "found_at", "note"} & set(wrong)),
        "tab": "report",
    }
    return render(request, "phone/report.html", context, status=status)

