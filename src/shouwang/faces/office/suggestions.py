"""意见建议: what people say about the system, and the answer to each."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.domains.people.actor import Actor
from shouwang.domains.suggestions.queries import newest, one
from shouwang.faces import keyset
from shouwang.faces.doors import signed_in
from shouwang.flows.refusal import Moved, NotSeen, Unfit
from shouwang.flows.sight import pack
from shouwang.flows.suggest import answer, answering

ROWS = 50


@signed_in
def suggestions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Those that wait first; all of them with `view=all`."""
    sight = answering(actor)
    if not sight.counties:
        raise Http404
    everything = request.GET.get("view") == "all"
    found = newest(sight, open_only=not everything, after=keyset.read(request.GET.get("after", "")), limit=ROWS)
    here = f"?view={'all' if everything else ''}"
    context = {
        "rows": found.rows,
        "everything": everything,
        "first": here if request.GET.get("after") else "",
        "next": f"{here}&after={keyset.written(found.after)}" if found.after else "",
        "clause": pack().actions["suggestions.answer"],
        "now": timezone.now(),
    }
    return render(request, "office/suggestions.html", context)


@require_POST
@signed_in
def answered(request: HttpRequest, actor: Actor, suggestion_id: UUID) -> HttpResponse:
    typed = request.POST.get("answer", "")
    version = request.POST.get("version", "")
    try:
        known = int(version) if version.isdecimal() and len(version) < 10 else 0
        answer(actor, suggestion_id, typed, version=known, now=timezone.now())
    except NotSeen:
        raise Http404 from None
    except Unfit as unfit:
        return _again(request, actor, suggestion_id, typed, unfit.fields["answer"])
    except Moved:
        words = _("Somebody else answered this first. Below is how it stands now.")
        return _again(request, actor, suggestion_id, typed, words)
    return HttpResponseRedirect(f"{reverse('office:suggestions')}?view=all")


def _again(request: HttpRequest, actor: Actor, suggestion_id: UUID, typed: str, fault: str) -> HttpResponse:
    """The one it was about alone, with what was typed and what is wrong with it."""
    found = one(answering(actor), suggestion_id)
    context = {
        "rows": [found], "everything": True, "typed": typed, "fault": fault, "now": timezone.now(),
        "clause": pack().actions["suggestions.answer"],
    }  # fmt: skip
    return render(request, "office/suggestions.html", context, status=422)
