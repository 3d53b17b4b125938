"""The content security policy (内容安全策略): all a page needs comes from here; nothing runs inline."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "connect-src 'self'{live}",
        "font-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
# The camera and the place are for reporting a hazard; nothing else of the device is ever asked for.
FEATURES = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"


class ContentSecurityPolicy:
    """Puts the policy on every answer that has none of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY.format(live=_live()))
        response.headers.setdefault("Permissions-Policy", FEATURES)
        response.headers.setdefault("X-Frame-Options", "DENY")
        return response


def _live() -> str:
    """Where pages hear of news, when that is another port of this host."""
    found = urlsplit(settings.LIVE_URL)
    return f" {found.scheme}://{found.netloc}" if found.netloc else ""
