"""The deadline of a case from the office: paused, resumed, extended; a refusal stands beside the form it answers."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.acting import back_to
from shouwang.faces.office.forms import version_of
from shouwang.faces.refusals import told
from shouwang.faces.story import story_of
from shouwang.flows.move_deadline import Wish, move_deadline
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit


@require_POST
@signed_in
def deadline(request: HttpRequest, actor: Actor, case_id: UUID, name: str) -> HttpResponse:
    now, said = timezone.now(), dict[str, Any]()
    days = request.POST.get("workdays", "")
    wish = Wish(
        act=name,
        version=version_of(request),
        note=request.POST.get("note", "").strip(),
        reason=request.POST.get("reason", ""),
        workdays=int(days) if days.isascii() and days.isdigit() and len(days) < 4 else 0,
    )
    try:
        move_deadline(actor, case_id, wish, now=now)
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        said, status = told(refusal.decision), 409
    except Unfit as unfit:
        said, status = {"faults": list(unfit.fields.values())}, 422
    except Moved:
        words = _("Somebody else acted on this case first. Below is how it stands now.")
        said, status = {"faults": [words]}, 409
    else:
        return HttpResponseRedirect(back_to(request, case_id, "muster"))
    context = {
        "story": story_of(actor, case_id),
        "now": now,
        "back": reverse("office:case", args=[case_id]),
        "refused_wish": name,
        "sent": request.POST,
        **said,
    }
    return render(request, "office/case.html", context, status=status)
