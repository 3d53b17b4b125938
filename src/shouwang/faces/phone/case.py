"""One case on the phone: where it stands, what was done, and the acts the reader may do now."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.domains.files.checking import FileRefused
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.forms import read_whistle
from shouwang.faces.office.turning import attempt
from shouwang.faces.phone.photos import Carried, carried, hold
from shouwang.faces.refusals import told
from shouwang.faces.story import story_of
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.photos import Photo
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.whistle import whistle

# What needs a list of departments or weighs more than a village decides is done in the office.
HERE = ("start", "submit", "pass", "fail", "whistle", "answer", "dispute", "review_pass", "review_fail")


@signed_in
def case(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    return _page(request, actor, case_id, done=request.GET.get("done", ""))


@require_POST
@signed_in
def act(request: HttpRequest, actor: Actor, case_id: UUID, name: str) -> HttpResponse:
    """Do `name` to the case. A refusal stands beside the form it answers; what was entered is kept."""
    if name not in HERE:
        raise Http404
    if name == "whistle":
        return _whistled(request, actor, case_id)
    now = timezone.now()
    photos = carried(request, actor, now=now)
    try:
        advance_hazard(actor, case_id, _move(request, name, photos), now=now)
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        said, status = told(refusal.decision), 409
    except Unfit as unfit:
        said, status = {"words": list(unfit.fields.values())}, 422
    except FileRefused as refusal:
        said, status = {"words": [_("Photo: %(reason)s") % {"reason": str(refusal)}]}, 422
    except Moved:
        words = _("Somebody else acted on this case first. Below is how it stands now.")
        said, status = {"words": [words]}, 409
    else:
        return HttpResponseRedirect(f"{reverse('phone:case', args=[case_id])}?done={name}", status=303)
    slips, _unread = hold(actor, photos, now=now)
    typed = {"act": name, "note": request.POST.get("note", ""), "slips": slips}
    return _page(request, actor, case_id, status=status, typed=typed, **said)


@require_POST
@signed_in
def turn(request: HttpRequest, actor: Actor, case_id: UUID, muster_id: UUID, name: str) -> HttpResponse:
    """Do `name` to a department that was called: it has come, this is its result."""
    said = attempt(request, actor, case_id, muster_id, name)
    if said is None:
        return HttpResponseRedirect(f"{reverse('phone:case', args=[case_id])}?done=muster", status=303)
    refused = {"refused_muster": muster_id, "refused_act": name, "sent": request.POST}
    return _page(request, actor, case_id, **refused, **said)


def _whistled(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    try:
        whistle(actor, case_id, read_whistle(request), now=timezone.now())
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        said, status = told(refusal.decision), 409
    except Unfit as unfit:
        said, status = {"faults": list(unfit.fields.values())}, 422
    except Moved:
        said, status = {"faults": [_("Somebody else acted on this case first. Below is how it stands now.")]}, 409
    else:
        return HttpResponseRedirect(f"{reverse('phone:case', args=[case_id])}?done=whistle", status=303)
    sent = {"refused_act": "whistle", "sent": request.POST, "whistled": request.POST.getlist("departments")}
    return _page(request, actor, case_id, status=status, **sent, **said)


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
