"""门码: a sheet of codes to print and cut, and a new code for a door whose old one got about."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from shouwang.domains.areas.by_mark import key_of
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.pdf.doors import door_sheet
from shouwang.faces.refusals import refused
from shouwang.flows.door_codes import renew_code, sheet_of_codes
from shouwang.flows.refusal import NotSeen, Refused


@require_POST
@signed_in
def sheet(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The codes of the next homes by area and mark, as a PDF; homes without one are given one."""
    after = key_of(request.POST.get("after", ""))
    try:
        codes, _more = sheet_of_codes(actor, after=after, now=timezone.now())
    except Refused as refusal:
        return refused(request, refusal.decision)
    if not codes:
        raise Http404
    return code_sheet(request, [(home.mark, code) for home, code in codes], page="public:door", file="doors.pdf")


def code_sheet(
    request: HttpRequest, codes: Sequence[tuple[str, str]], *, page: str, file: str, **more: str
) -> HttpResponse:
    """Codes to print and cut, each with what it belongs to; every one opens a `page` of its own."""
    root = request.build_absolute_uri("/").rstrip("/")
    printed = [(label, f"{root}{reverse(page, args=[code])}") for label, code in codes]
    tongue = (get_language() or "zh").partition("-")[0]
    response = HttpResponse(door_sheet(printed, tongue=tongue, **more), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{file}"'
    return response


@require_POST
@signed_in
def renew(request: HttpRequest, actor: Actor, home_id: UUID) -> HttpResponse:
    try:
        renew_code(actor, home_id, now=timezone.now())
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return refused(request, refusal.decision)
    except Stale:
        pass  # somebody else has just made a new one
    return HttpResponseRedirect(f"{reverse('phone:home', args=[home_id])}?renewed=1", status=303)
