"""The reader's language (语言): chosen by a switch and kept in a cookie; without a choice it is 中文.

What a browser asks for is not looked at: a borrowed phone or a foreign system must not change the page of a
village office.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from shouwang.policy import load

YEAR = 365 * 24 * 3600


def chosen(request: HttpRequest) -> str:
    """The language of the cookie, or the default of the installation."""
    asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return asked if asked in dict(offered()) else settings.LANGUAGE_CODE


def offered() -> list[tuple[str, str]]:
    """The languages the pack speaks, each with its own name for itself."""
    spoken = load(settings.PACK).languages
    return [(code, name) for code, name in settings.LANGUAGES if code[:2] in spoken]


class Language:
    """Speaks the chosen language for the length of a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen(request)
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def switch(request: HttpRequest, code: str) -> HttpResponse:
    """Change the language and go back to where the reader was; never to another host."""
    if code not in dict(offered()):
        raise Http404
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(asked if safe else "/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    return response
