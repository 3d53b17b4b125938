"""Where a person goes after a step: the next one owed, then the page asked for, never another host."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from shouwang.faces.language import YEAR
from shouwang.faces.sign_in import remember, token_of
from shouwang.flows.sign_in import CODE, ENROL, PASSWORD, Entered, leave

STEPS = {CODE: "entry:code", ENROL: "entry:enrol", PASSWORD: "entry:password"}


def asked_for(request: HttpRequest) -> str:
    """The page to come back to, '' for the door."""
    asked: str = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if safe else ""


def onward(owes: str, page: str) -> HttpResponseRedirect:
    """To the next step owed, or to `page`."""
    step = owes.split(",")[0]
    if step not in STEPS:
        return HttpResponseRedirect(page or reverse("start"))
    return HttpResponseRedirect(reverse(STEPS[step]) + (f"?{urlencode({'next': page})}" if page else ""))


def entered(request: HttpRequest, entry: Entered, page: str) -> HttpResponse:
    """Hand over the new token and end the old session; who never chose a language reads in the account's."""
    if getattr(request, "session_held", None) is not None:
        leave(token_of(request), now=timezone.now())
    response = onward(entry.owes, page)
    remember(response, entry.token)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            entry.language,
            max_age=YEAR,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
    return response
