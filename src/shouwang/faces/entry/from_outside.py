"""Ways in from other systems: an OpenID Connect provider, and a host app's one-time ticket."""

import logging

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shouwang.faces.entry.forms import SignInForm
from shouwang.faces.entry.onward import asked_for, entered
from shouwang.faces.entry.signing_in import signing_in_page
from shouwang.flows.refusal import Unfit
from shouwang.flows.sign_in import by_subject
from shouwang.gateways import host_app, oidc

JOURNEY = "journey"
LASTS = 600
log = logging.getLogger(__name__)


@never_cache
@require_GET
def oidc_start(request: HttpRequest) -> HttpResponse:
    """Send the person to the provider; what must come back unchanged stays in a signed cookie."""
    if not settings.OIDC_ISSUER:
        raise Http404
    try:
        url, journey = oidc.begin(back=_back(request))
    except oidc.ProviderFailed as failed:
        log.warning("The identity provider did not answer: %s", failed)
        return _refused(request, _("The unified sign-in does not answer. Use your login, or try later."), 502)
    response = HttpResponseRedirect(url)
    kept = {
        "state": journey.state, "nonce": journey.nonce, "verifier": journey.verifier, "next": asked_for(request),
    }  # fmt: skip
    response.set_cookie(
        JOURNEY,
        signing.dumps(kept, salt=JOURNEY),
        max_age=LASTS,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
    return response


@never_cache
@require_GET
def oidc_back(request: HttpRequest) -> HttpResponse:
    """The person comes back with a code: only to the browser that left, and only once."""
    if not settings.OIDC_ISSUER:
        raise Http404
    kept = _kept(request)
    if kept is None or not constant_time_compare(kept["state"], request.GET.get("state", "")):
        response = _refused(request, _("This sign-in was begun elsewhere or long ago. Begin again."), 400)
    elif "code" not in request.GET:
        response = _refused(request, _("The unified sign-in was broken off. Begin again."), 403)
    else:
        response = _finish(request, kept)
    response.delete_cookie(JOURNEY, samesite="Lax")
    return response


def _finish(request: HttpRequest, kept: dict[str, str]) -> HttpResponse:
    journey = oidc.Journey(state=kept["state"], nonce=kept["nonce"], verifier=kept["verifier"])
    try:
        subject = oidc.finish(request.GET["code"], journey=journey, back=_back(request))
        return entered(request, by_subject(f"oidc:{subject}", now=timezone.now()), kept["next"])
    except oidc.ProviderFailed as failed:
        log.warning("The identity provider was not believed: %s", failed)
        return _refused(request, _("The unified sign-in could not be confirmed. Begin again."), 403)
    except Unfit as unfit:
        return _refused(request, unfit.fields["subject"], 403)


@never_cache
@require_GET
def ticket(request: HttpRequest) -> HttpResponse:
    """Opened from a host app: `code` is exchanged for who opened us."""
    if not settings.TICKET_URL or not request.GET.get("code"):
        raise Http404
    if getattr(request, "actor", None) is not None:
        # Nobody is moved to another account by following somebody's link.
        return HttpResponseRedirect(asked_for(request) or reverse("start"))
    try:
        subject = host_app.exchange(request.GET["code"])
        return entered(request, by_subject(f"ticket:{subject}", now=timezone.now()), asked_for(request))
    except host_app.TicketRefused as failed:
        log.warning("The host app did not confirm a ticket: %s", failed)
        return _refused(
            request, _("The app did not confirm who you are. Open this page from the app again."), 403
        )
    except Unfit as unfit:
        return _refused(request, unfit.fields["subject"], 403)


def _kept(request: HttpRequest) -> dict[str, str] | None:
    try:
        kept: dict[str, str] = signing.loads(request.COOKIES[JOURNEY], salt=JOURNEY, max_age=LASTS)
    except (KeyError, signing.BadSignature):
        return None
    return kept


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("entry:oidc_back"))


def _refused(request: HttpRequest, words: str, status: int) -> HttpResponse:
    return signing_in_page(request, SignInForm(), fault=words, status=status)
