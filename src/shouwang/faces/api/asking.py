"""Who asks the API: a caller with a bearer token, or a page with the session's cookie and its CSRF token."""

from typing import Any, Self

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from dmr import Controller
from dmr.endpoint import Endpoint
from dmr.metadata import EndpointMetadata
from dmr.openapi.objects import Reference, SecurityRequirement, SecurityScheme
from dmr.security import SyncAuth
from dmr.security.csrf import CSRFAuthMixin

from shouwang.domains.people.actor import Actor
from shouwang.faces.language import offered
from shouwang.faces.sign_in import BEARER, COOKIE

SAFE = ("GET", "HEAD", "OPTIONS")


def by_token(request: HttpRequest) -> bool:
    """No other site can make a browser send this header, so such a request needs no CSRF token."""
    return bool(request.META.get("HTTP_AUTHORIZATION", "").startswith(BEARER))


def language_of(request: HttpRequest, actor: Actor | None) -> str:
    """`?language=`, else Accept-Language, else the caller's own, else that of the installation."""
    known = dict(offered())
    asked = request.GET.get("language", "") if request.META.get("QUERY_STRING") else ""
    if asked in known:
        return asked
    for tag, _weight in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")):
        try:
            found = get_supported_language_variant(tag)
        except LookupError:
            continue
        if found in known:
            return found
    return actor.language if actor and actor.language in known else settings.LANGUAGE_CODE


class Token(SyncAuth):
    """`Authorization: Bearer <token>`."""

    __slots__ = ()

    def __call__(self, endpoint: Endpoint, controller: Controller[Any]) -> Self | None:
        request: Any = controller.request
        return self if request.actor is not None and by_token(request) else None

    @property
    def www_authenticate_challenge(self) -> str:
        return "Bearer"

    def security_schemes(
        self, metadata: EndpointMetadata, controller_cls: type[Controller[Any]]
    ) -> dict[str, SecurityScheme | Reference]:
        return {"token": SecurityScheme(type="http", scheme="bearer", description="A session's token")}

    def security_requirements(
        self, metadata: EndpointMetadata, controller_cls: type[Controller[Any]]
    ) -> list[SecurityRequirement]:
        return [{"token": []}]


class Cookie(CSRFAuthMixin, SyncAuth):
    """The cookie of a signed-in browser; unsafe methods bring the CSRF token of its pages too."""

    __slots__ = ()
    security_scheme_name = "session"
    csrf_scheme_name = "csrf"

    def __call__(self, endpoint: Endpoint, controller: Controller[Any]) -> Self | None:
        request: Any = controller.request
        if request.actor is None or by_token(request):
            return None
        if request.method not in SAFE:
            self._ensure_csrf(controller)
        return self

    def auth_security_scheme(self) -> SecurityScheme:
        return SecurityScheme(type="apiKey", name=COOKIE, security_scheme_in="cookie")
