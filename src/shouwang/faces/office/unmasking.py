"""查看举报人: who told of a hazard, in clear, to a post that may know, after a reason that stands in the ledger."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.refusals import refused
from shouwang.faces.story import story_of
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from shouwang.flows.unmask_reporter import unmask_reporter


@require_POST
@signed_in
def unmask(request: HttpRequest, actor: Actor, case_id: UUID, told_id: UUID) -> HttpResponse:
    """The case with the one reporter in clear; the page is kept by nobody."""
    now, said, status = timezone.now(), {}, 200
    try:
        clear = unmask_reporter(actor, case_id, told_id, reason=request.POST.get("reason", ""), now=now)
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return refused(request, refusal.decision)
    except Unfit as unfit:
        said, status = {"unmask_id": told_id, "unmask_fault": " ".join(unfit.fields.values())}, 422
    else:
        said = {"unmasked": {"id": told_id, "said": clear}}
    context = {"story": story_of(actor, case_id), "now": now, "back": reverse("office:case", args=[case_id]), **said}
    response = render(request, "office/case.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
