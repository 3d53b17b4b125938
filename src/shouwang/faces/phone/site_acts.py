"""场所变更、注销: what is told of a place is put right, or the place is closed; what was typed stays on a refusal."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.domains.people.actor import Actor
from shouwang.faces.days import day_of
from shouwang.faces.doors import signed_in
from shouwang.faces.phone.sites import site_page
from shouwang.faces.refusals import refused
from shouwang.flows.amend_site import SiteTold, amend_site, close_site
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit

ASKED = ("mark", "name", "kind", "person", "phone")


@require_POST
@signed_in
def amend(request: HttpRequest, actor: Actor, site_id: UUID) -> HttpResponse:
    told = SiteTold(**{name: request.POST.get(name, "").strip() for name in ASKED})
    stood, now = request.POST.get("stood", ""), timezone.now()
    return _done(request, actor, site_id, "amend", lambda: amend_site(actor, site_id, told, stood=stood, now=now))


@require_POST
@signed_in
def close(request: HttpRequest, actor: Actor, site_id: UUID) -> HttpResponse:
    on, why = day_of(request.POST.get("closed_on", "")), request.POST.get("why", "")
    now = timezone.now()
    return _done(request, actor, site_id, "close", lambda: close_site(actor, site_id, on=on, why=why, now=now))


def _done(request: HttpRequest, actor: Actor, site_id: UUID, part: str, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return refused(request, refusal.decision)
    except Unfit as unfit:
        return site_page(request, actor, site_id, part=part, faults=unfit.fields, status=422)
    except Moved:
        words = _("Somebody else changed this place first. Below is how it stands now.")
        return site_page(request, actor, site_id, part=part, faults={"": words}, moved=True, status=409)
    return HttpResponseRedirect(f"{reverse('phone:site', args=[site_id])}?done={part}", status=303)
