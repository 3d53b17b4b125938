"""Acts on a department that was called, from the office; a refusal stands beside the call it answers."""

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
from shouwang.faces.office.acting import back_to, photo_fault
from shouwang.faces.office.forms import photos, version_of
from shouwang.faces.refusals import told
from shouwang.faces.story import story_of
from shouwang.flows.advance_muster import Go, advance_muster
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit


def read_go(request: HttpRequest, act: str) -> Go:
    return Go(
        act=act,
        version=version_of(request),
        note=request.POST.get("note", "").strip(),
        reason=request.POST.get("reason", ""),
        photos=photos(request, "after", "after"),
        instead=request.POST.get("instead", ""),
    )


@require_POST
@signed_in
def turn(request: HttpRequest, actor: Actor, case_id: UUID, muster_id: UUID, name: str) -> HttpResponse:
    """Do `name` to a call, then go back to where the person was working."""
    said = attempt(request, actor, case_id, muster_id, name)
    if said is None:
        return HttpResponseRedirect(back_to(request, case_id, "muster"))
    status = said.pop("status")
    context = {
        "story": story_of(actor, case_id),
        "now": timezone.now(),
        "back": reverse("office:case", args=[case_id]),
        "refused_muster": muster_id,
        "refused_act": name,
        "sent": request.POST,
        **said,
    }
    return render(request, "office/case.html", context, status=status)


def attempt(
    request: HttpRequest, actor: Actor, case_id: UUID, muster_id: UUID, name: str
) -> dict[str, Any] | None:
    """None when it is done; else why not, with the status to answer by. 404 outside the person's sight."""
    try:
        advance_muster(actor, case_id, muster_id, read_go(request, name), now=timezone.now())
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return {"status": 409, **told(refusal.decision)}
    except Unfit as unfit:
        return {"status": 422, "faults": list(unfit.fields.values())}
    except FileRefused as refusal:
        return {"status": 422, "faults": [photo_fault(refusal)]}
    except Moved:
        words = _("Somebody else acted on this case first. Below is how it stands now.")
        return {"status": 409, "faults": [words]}
    return None
