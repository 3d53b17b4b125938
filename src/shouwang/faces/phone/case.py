"""One case on the phone: where it stands, what was done, and the acts the reader may do now."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.domains.files.checking import FileRefused
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.people.actor import Actor
from shouwang.faces.days import moment
from shouwang.faces.doors import signed_in
from shouwang.faces.office.forms import read_whistle
from shouwang.faces.office.turning import read_go
from shouwang.faces.phone.once import once
from shouwang.faces.phone.photos import Carried, carried, hold
from shouwang.faces.phone.receipts import because, handed_in
from shouwang.faces.refusals import told
from shouwang.faces.story import story_of
from shouwang.faces.templatetags.words import reason_words
from shouwang.faces.tried import sent_before
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.advance_muster import advance_muster
from shouwang.flows.photos import Photo
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.whistle import whistle

# What needs a list of departments or weighs more than a village decides is done in the office.
HERE = ("start", "submit", "pass", "fail", "whistle", "answer", "dispute", "review_pass", "review_fail")


@signed_in
def case(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    return _page(request, actor, case_id, done=request.GET.get("done", ""))


@require_POST
@handed_in
@signed_in
def act(request: HttpRequest, actor: Actor, case_id: UUID, name: str) -> HttpResponse:
    """Do `name` to the case. A refusal stands beside the form it answers; what was entered is kept."""
    if name not in HERE:
        raise Http404
    if name == "whistle":
        return _whistled(request, actor, case_id)
    now = timezone.now()
    photos = carried(request, actor, now=now)
    move = replace(_move(request, name, photos), done_at=moment(request.POST.get("at", ""), now))
    said = _refusal(request, actor, case_id, lambda: advance_hazard(actor, case_id, move, now=now), now=now)
    if said is None:
        return HttpResponseRedirect(f"{reverse('phone:case', args=[case_id])}?done={name}", status=303)
    faults, against = said.pop("faults"), said.pop("against")
    slips, unread = hold(actor, photos, now=now)
    typed = {"act": name, "note": request.POST.get("note", ""), "slips": slips}
    return because(_page(request, actor, case_id, typed=typed, **said), {**faults, **unread}, against=against)


@require_POST
@handed_in
@signed_in
def turn(request: HttpRequest, actor: Actor, case_id: UUID, muster_id: UUID, name: str) -> HttpResponse:
    """Do `name` to a department that was called: it has come, this is its result."""
    now, go = timezone.now(), read_go(request, name)
    said = _refusal(request, actor, case_id, lambda: advance_muster(actor, case_id, muster_id, go, now=now), now=now)
    if said is None:
        return HttpResponseRedirect(f"{reverse('phone:case', args=[case_id])}?done=muster", status=303)
    refused = {"refused_muster": muster_id, "refused_act": name, "sent": request.POST}
    return _beside(request, actor, case_id, said, refused)


def _whistled(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    now, asked = timezone.now(), read_whistle(request)
    said = _refusal(request, actor, case_id, lambda: whistle(actor, case_id, asked, now=now), now=now)
    if said is None:
        return HttpResponseRedirect(f"{reverse('phone:case', args=[case_id])}?done=whistle", status=303)
    refused = {"refused_act": "whistle", "sent": request.POST, "whistled": request.POST.getlist("departments")}
    return _beside(request, actor, case_id, said, refused)


def _beside(
    request: HttpRequest, actor: Actor, case_id: UUID, said: dict[str, Any], refused: dict[str, Any]
) -> HttpResponse:
    faults, words, against = said.pop("faults"), said.pop("words", []), said.pop("against")
    return because(_page(request, actor, case_id, faults=words, **refused, **said), faults, against=against)


def _refusal(
    request: HttpRequest, actor: Actor, case_id: UUID, do: Callable[[], object], *, now: datetime
) -> dict[str, Any] | None:
    """None when it is done; else what the page says, with the status to answer by. 404 outside the person's sight."""
    try:
        once(request, actor, case_id, do, now=now)
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        why = {"": " ".join(map(reason_words, refusal.decision.reasons))}
        return {"faults": why, "status": 409, "against": False, **told(refusal.decision)}
    except Unfit as unfit:
        return {"faults": unfit.fields, "words": list(unfit.fields.values()), "status": 422, "against": False}
    except FileRefused as refusal:
        words = _("Photo: %(reason)s") % {"reason": str(refusal)}
        return {"faults": {"after": str(refusal)}, "words": [words], "status": 422, "against": False}
    except Moved:
        words = _("Somebody else acted on this case first. Below is how it stands now.")
    except KeyReused:
        words = sent_before()
    else:
        return None
    return {"faults": {"": words}, "words": [words], "status": 409, "against": True}


def _move(request: HttpRequest, name: str, photos: list[Carried]) -> Move:
    version = request.POST.get("version", "")
    return Move(
        act=name,
        version=int(version) if version.isascii() and version.isdigit() else None,
        note=request.POST.get("note", "").strip(),
        photos=_of(name, [photo.photo() for photo in photos if photo.purpose == "after"]),
    )


def _of(name: str, photos: list[Photo]) -> tuple[Photo, ...]:
    """A dispute shows how it is now, not the result of a repair."""
    return tuple(replace(one, purpose="before") if name == "dispute" else one for one in photos)


def _page(
    request: HttpRequest, actor: Actor, case_id: UUID, *, status: int = 200, **said: Any
) -> HttpResponse:
    story = story_of(actor, case_id)
    offers = [offer for offer in story.offers if offer.act in HERE]
    context = {"story": story, "offers": offers, "now": timezone.now(), "tab": "mine", "big": True, **said}
    return render(request, "phone/case.html", context, status=status)
