"""Pages of the manual as PDF, made once for each state of a page: whoever asks again gets the same file."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang.faces.manuals import opened
from shouwang.faces.pdf.manual import Printed, sheets
from shouwang.flows.sight import pack
from shouwang.policy import Pack
from shouwang.policy.manual_pages import pages_of

TONGUES = {"zh": ("zh",), "ko": ("ko",), "en": ("en",), "zh-ko": ("zh", "ko")}


def sheet(request: HttpRequest, name: str) -> HttpResponse:
    """One page; public, as the plan is."""
    opened(name, on=timezone.localdate())
    return _pdf(_made(pack(), (name,), _tongue(request), _root(request)), f"manual-{name}.pdf")


def booklet(request: HttpRequest) -> HttpResponse:
    """All pages."""
    known = pack()
    return _pdf(_made(known, tuple(pages_of(known)), _tongue(request), _root(request)), "manual.pdf")


def _made(known: Pack, names: tuple[str, ...], tongue: str, root: str) -> bytes:
    on = timezone.localdate()
    version = f"{known.name} {known.version}"
    printed = tuple(
        Printed(
            page=opened(name, on=on),
            address=f"{root}{reverse('public:manual', args=[name])}",
            version=version,
            on=on,
        )
        for name in names
    )
    title = printed[0].page.label.in_(TONGUES[tongue][0]) if len(printed) == 1 else _("Manual")
    return _drawn(printed, TONGUES[tongue], title)


@lru_cache(maxsize=64)
def _drawn(printed: tuple[Printed, ...], tongues: tuple[str, ...], title: str) -> bytes:
    return sheets(printed, tongues=tongues, title=title)


def _tongue(request: HttpRequest) -> str:
    asked = request.GET.get("lang", "")
    reading = (get_language() or "").partition("-")[0]
    return asked if asked in TONGUES else reading if reading in TONGUES else "zh"


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
