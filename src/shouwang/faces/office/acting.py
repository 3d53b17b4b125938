"""Acts on a case from the office: one address for all; a refusal stands beside the form it answers."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.domains.files.checking import FileRefused
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.forms import read_move, read_whistle
from shouwang.faces.refusals import told
from shouwang.faces.story import story_of
from shouwang.flows.advance_hazard import advance_hazard
from shouwang.flows.ask_recheck import ask_recheck
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.whistle import whistle


@require_POST
@signed_in
def act(request: HttpRequest, actor: Actor, case_id: UUID, name: str) -> HttpResponse:
    """Do `name` to a case, then go back to where the person was working."""
    now = timezone.now()
    try:
        if name == "whistle":
            whistle(actor, case_id, read_whistle(request), now=now)
        elif name == "ask_recheck":
            ask_recheck(actor, case_id, request.POST.get("body", ""), now=now)
        else:
            advance_hazard(actor, case_id, read_move(request, name), now=now)
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return _again(request, actor, case_id, act=name, status=409, **told(refusal.decision))
    except Unfit as unfit:
        return _again(request, actor, case_id, act=name, status=422, faults=list(unfit.fields.values()))
    except FileRefused as refusal:
        return _again(request, actor, case_id, act=name, status=422, faults=[photo_fault(refusal)])
    except Moved:
        moved = _("Somebody else acted on this case first. Below is how it stands now.")
        return _again(request, actor, case_id, act=name, status=409, faults=[moved])
    return HttpResponseRedirect(back_to(request, case_id, name))


def photo_fault(refusal: FileRefused) -> str:
    return _("Photo: %(reason)s") % {"reason": str(refusal)}


def _again(
    request: HttpRequest, actor: Actor, case_id: UUID, *, act: str, status: int, **said: Any
) -> HttpResponse:
    """The case as it stands, with why the act was not done; what was typed is kept."""
    context = {
        "story": story_of(actor, case_id),
        "now": timezone.now(),
        "back": reverse("office:case", args=[case_id]),
        "refused_act": act,
        "typed": request.POST,
        "sent": request.POST,
        "whistled": request.POST.getlist("departments"),
        **said,
    }
    return render(request, "office/case.html", context, status=status)


def back_to(request: HttpRequest, case_id: UUID, name: str) -> str:
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    home = asked if safe and asked.startswith("/office/") else reverse("office:case", args=[case_id])
    return f"{home}{'&' if '?' in home else '?'}done={name}"
