"""Who asks: the session's cookie or the caller's bearer token becomes `request.actor`, in one statement."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from shouwang.domains.people.profiles import profile
from shouwang.domains.people.queries import signed_in
from shouwang.domains.people.sessions import COOKIE as COOKIE
from shouwang.domains.people.sessions import touch

BEARER = "Bearer "
UNASKED = ("/static/", "/favicon.ico", "/healthz", "/metrics")


class SignedIn:
    """Sets `request.actor`; `request.session_held` is also there while the session owes a step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        request.session_held = None  # type: ignore[attr-defined]
        token = token_of(request)
        if token and not request.path_info.startswith(UNASKED):
            self._recognise(request, token)
        return self.get_response(request)

    def _recognise(self, request: HttpRequest, token: str) -> None:
        now = timezone.now()
        found = signed_in(token, now=now, day=timezone.localdate(now), idle=profile().idle)
        if found is None:
            return
        touch(found.actor.county, found.session, seen_at=found.seen_at, now=now)
        request.session_held = found  # type: ignore[attr-defined]
        if not found.owes:
            request.actor = found.actor  # type: ignore[attr-defined]


def token_of(request: HttpRequest) -> str:
    header: str = request.META.get("HTTP_AUTHORIZATION", "")
    if header.startswith(BEARER):
        return header[len(BEARER) :].strip()
    return request.COOKIES.get(COOKIE, "")


def remember(response: HttpResponse, token: str) -> None:
    """Hand the token to the browser, out of reach of scripts and of other sites."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(profile().session_lasts.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")
