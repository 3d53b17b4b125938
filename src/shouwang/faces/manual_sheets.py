"""Pages of the manual as PDF, made once for each state of a page: whoever asks again gets the same file."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import counties
from shouwang.faces.manuals import opened
from shouwang.faces.pdf.manual import Printed, sheets
from shouwang.flows.sight import pack, pack_of
from shouwang.kernel.codes import is_region
from shouwang.policy import Pack
from shouwang.policy.manual_pages import pages_of


def county_asked(request: HttpRequest) -> str:
    """Whose values a stranger asks for, where that county is on record; '' for the shipped ones."""
    asked = request.GET.get("county", "")
    return asked if is_region(asked) and asked in counties() else ""


def pack_asked(request: HttpRequest) -> Pack:
    county = county_asked(request)
    return pack_of(county, now=timezone.now()) if county else pack()


def sheet(request: HttpRequest, name: str) -> HttpResponse:
    """One page; public, as the plan is."""
    known = pack_asked(request)
    opened(known, name, on=timezone.localdate())
    return _pdf(_made(request, known, (name,), county_asked(request)), f"manual-{name}.pdf")


def booklet(request: HttpRequest, county: str) -> HttpResponse:
    """All pages, with the values of a county."""
    known = pack_of(county, now=timezone.now())
    return _pdf(_made(request, known, tuple(pages_of(known)), county), "manual.pdf")


def _made(request: HttpRequest, known: Pack, names: tuple[str, ...], county: str) -> bytes:
    on, tongues = timezone.localdate(), _tongues()[_tongue(request)]
    root, version = request.build_absolute_uri("/").rstrip("/"), f"{known.name} {known.version}"
    printed = tuple(
        Printed(
            page=opened(known, name, on=on),
            address=f"{root}{reverse('public:manual', args=[name])}?county={county}",
            version=version,
            on=on,
        )
        for name in names
    )
    title = printed[0].page.label.in_(tongues[0]) if len(printed) == 1 else _("Manual")
    return _drawn(printed, tongues, title)


@lru_cache(maxsize=64)
def _drawn(printed: tuple[Printed, ...], tongues: tuple[str, ...], title: str) -> bytes:
    return sheets(printed, tongues=tongues, title=title)


def _tongue(request: HttpRequest) -> str:
    asked = request.GET.get("lang", "")
    reading = (get_language() or "").partition("-")[0]
    known = _tongues()
    return asked if asked in known else reading if reading in known else "zh"


def _tongues() -> dict[str, tuple[str, ...]]:
    """Each language of the pack by itself, and Chinese with the one named next."""
    languages = pack().languages
    both = {f"zh-{languages[1]}": languages[:2]} if languages[1:] else {}
    return {**{one: (one,) for one in languages}, **both}


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
