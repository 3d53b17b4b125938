"""Printing (打印): for which bodies and which period, in which tongues; then the pages themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.place import standpoint
from shouwang.faces.paper.layout import second_tongue, tongues_of_a_page
from shouwang.faces.paper.phrases import phrases
from shouwang.faces.paper.sheets import sheets_of
from shouwang.faces.period_words import period_words
from shouwang.faces.refusals import refused
from shouwang.faces.templatetags.words import pack
from shouwang.flows.print_forms import SEE, bodies_to_print_for, print_forms, print_record, printed
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from shouwang.flows.sight import areas_for
from shouwang.policy.duty_shapes import Calendar
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.periods import periods
from shouwang.rules.record_periods import seasons_of

BACK, AHEAD, MOST = timedelta(days=100), timedelta(days=400), 40


@signed_in
def options(request: HttpRequest, actor: Actor, type_id: str) -> HttpResponse:
    """For which bodies an empty form is printed."""
    kind, now = _kind(actor, type_id), timezone.now()
    stand = standpoint(actor, request.GET.get("area", ""), now=now, action=SEE)
    bodies = bodies_to_print_for(actor, kind.id, stand.area, now=now)
    faults: Mapping[str, str] = {}
    if request.method == "POST":
        asked = request.POST.getlist("bodies")
        try:
            batch = print_forms(actor, kind.id, asked, period=request.POST.get("period", ""), now=now)
        except Refused as refusal:
            return refused(request, refusal.decision)
        except Unfit as unfit:
            faults = unfit.fields
        else:
            chosen = request.POST.get("tongues", "")
            return HttpResponseRedirect(f"{reverse('paper:pages', args=[batch])}?tongues={chosen}")
    context = {
        "kind": kind,
        "stand": stand,
        "bodies": bodies,
        "chosen": set(request.POST.getlist("bodies")) if faults else {body.code for body in bodies},
        "periods": _periods(kind, timezone.localdate(now)),
        "period": request.POST.get("period", ""),
        "tongues": tongues(),
        "tongue": request.POST.get("tongues", "") or usual(),
        "faults": faults,
    }
    return render(request, "paper/options.html", context, status=422 if faults else 200)


@require_POST
@signed_in
def of_record(request: HttpRequest, actor: Actor, record_id: UUID) -> HttpResponse:
    """The page of a record that is entered already."""
    try:
        batch = print_record(actor, record_id, now=timezone.now())
    except NotSeen:
        raise Http404 from None
    return HttpResponseRedirect(reverse("paper:pages", args=[batch]))


@signed_in
def pages(request: HttpRequest, actor: Actor, batch: UUID) -> HttpResponse:
    """The pages themselves, for the browser to print."""
    try:
        forms = printed(actor, batch)
    except NotSeen:
        raise Http404 from None
    asked = request.GET.get("tongues", "")
    known = tongues_of_a_page()
    chosen = asked if asked in known else usual()
    sheets = sheets_of(forms, tongues=known[chosen])
    context = {
        "title": sheets[0].title.lead,
        "sheets": sheets,
        "say": phrases(known[chosen]),
        "tongues": tongues(),
        "chosen": chosen,
        "back": reverse("paper:options", args=[forms[0].type]),
    }
    return render(request, "paper/pages.html", context)


def tongues() -> list[tuple[str, str]]:
    names = {code[:2]: name for code, name in settings.LANGUAGES}
    return [(key, " · ".join(names[one] for one in told)) for key, told in tongues_of_a_page().items()]


def usual() -> str:
    """A reader of the second language gets both, Chinese first; everybody may choose."""
    return "both" if (get_language() or "")[:2] == second_tongue() else "zh"


def _kind(actor: Actor, type_id: str) -> RecordType:
    kind = pack().records.get(type_id)
    if kind is None or not areas_for(actor, SEE):
        raise Http404
    return kind


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A period to print for; `now` is the one that runs today."""

    name: str
    words: str
    now: bool


def _periods(kind: RecordType, today: date) -> Sequence[Choice]:
    if kind.every in (None, "day"):
        return ()
    assert kind.every is not None
    seasons = seasons_of(pack()) if kind.every == "season" else ()
    found = periods(
        pack(), Calendar(every=kind.every, seasons=seasons), first=today - BACK, last=today + AHEAD
    )
    return [
        Choice(
            name=one.name,
            words=period_words(pack(), one.name, get_language() or "zh"),
            now=one.start <= today <= one.end,
        )
        for one in found
    ][:MOST]
