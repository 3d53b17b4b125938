"""隐患曝光: a hazard is proposed from its page, approved by somebody else, withdrawn; each says why where it is no."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from shouwang.domains.hazards.exposures import PROPOSED, PUBLIC, Key
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.queries import names
from shouwang.faces import keyset
from shouwang.faces.doors import signed_in
from shouwang.faces.refusals import told
from shouwang.flows.expose_hazard import (
    decide_exposure,
    decides_on_exposures,
    exposures_for,
    proposable,
    propose_exposure,
    withdraw_exposure,
)
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.rules.exposing import CHECKS

CHECK_WORDS = {
    "no_person": gettext_lazy("No person is named and none can be recognised"),
    "no_home": gettext_lazy("No home and no home address is told"),
    "lawful": gettext_lazy("It is true, and the law lets it be told"),
}
FEW = 50
Words = Mapping[str, Any]


@signed_in
def propose(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """What everybody shall read: the words are written for it, nothing is taken over from the report."""
    now, words = timezone.now(), request.POST.get("words", "").strip()
    try:
        case = proposable(actor, case_id, now=now)
    except NotSeen:
        raise Http404 from None
    said: Words = {}
    if request.method == "POST":
        said = _faults(lambda: propose_exposure(actor, case_id, words, now=now))
        if not said:
            return HttpResponseRedirect(reverse("office:case", args=[case_id]), status=303)
    context = {"case": case, "typed": words, "now": now, **said}
    return render(request, "office/expose.html", context, status=422 if said else 200)


@signed_in
def exposures(request: HttpRequest, actor: Actor) -> HttpResponse:
    if not decides_on_exposures(actor):
        raise Http404
    return _page(request, actor)


@require_POST
@signed_in
def decide(request: HttpRequest, actor: Actor, exposure_id: UUID) -> HttpResponse:
    act, now = request.POST.get("act", ""), timezone.now()
    said = {"reason": request.POST.get("reason", "").strip(), "now": now}
    checked = [name for name in CHECKS if request.POST.get(name)]
    try:
        faults = _faults(
            lambda: withdraw_exposure(actor, exposure_id, **said)
            if act == "withdraw"
            else decide_exposure(actor, exposure_id, publish=act == "publish", checked=checked, **said)
        )
    except NotSeen:
        raise Http404 from None
    if faults:
        return _page(request, actor, at=exposure_id, checked=checked, reason=said["reason"], status=422, **faults)
    return HttpResponseRedirect(_here(request.GET.get("after", "")), status=303)


def _faults(act: Callable[[], object]) -> Words:
    """Why an act was not done, in words; empty where it was."""
    try:
        act()
    except Refused as refusal:
        return told(refusal.decision)
    except Unfit as unfit:
        return {"words": list(unfit.fields.values())}
    except Moved:
        return {"words": [_("Somebody else acted on this case first. Below is how it stands now.")]}
    return {}


def _written(key: Key) -> str:
    return f"{key[0]}~{keyset.written(key[1:])}"


def _key(text: str) -> Key | None:
    """Where a page goes on, as its address says it; what cannot be read is the first page."""
    state, _sep, rest = text.partition("~")
    found = keyset.read(rest)
    return (state, *found) if found and state in (PROPOSED, PUBLIC) else None


def _here(after: str) -> str:
    here = reverse("office:exposures")
    return f"{here}?{urlencode({'after': after})}" if after else here


def _page(request: HttpRequest, actor: Actor, *, status: int = 200, **more: Any) -> HttpResponse:
    after = request.GET.get("after", "")
    page = exposures_for(actor, limit=FEW, after=_key(after))
    rows, at = page.rows, more.get("at")
    context = {
        "rows": rows, "query": f"?{urlencode({'after': after})}" if after else "",
        "more": _here(_written(page.after)) if page.after else "",
        "astray": at is not None and all(row.id != at for row in rows),
        "names": names(row.proposed_by for row in rows), "checks": CHECK_WORDS.items(),
        "now": timezone.now(), "mine": actor.id, **more,
    }  # fmt: skip
    return render(request, "office/exposures.html", context, status=status)
