"""宣传单: a lesson as a page to print and hang up, for anybody."""

from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shouwang.faces.lessons import lesson_opened
from shouwang.faces.manual_sheets import pack_asked
from shouwang.faces.pdf.leaflet import leaflet
from shouwang.policy.lesson_shapes import Lesson
from shouwang.policy.vocabulary import Tongue


def sheet(request: HttpRequest, name: str) -> HttpResponse:
    """In the languages of the place, at most the first two, so that it stays one page."""
    pack = pack_asked(request)
    lesson = lesson_opened(pack, name)
    address = request.build_absolute_uri(reverse("public:lesson", args=[name]))
    response = HttpResponse(_made(lesson, pack.languages[:2], address), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@lru_cache(maxsize=64)
def _made(lesson: Lesson, tongues: tuple[Tongue, ...], address: str) -> bytes:
    picture = finders.find(f"lessons/{lesson.picture}.png")
    if not isinstance(picture, str):
        raise Http404
    return leaflet(lesson, tongues=tongues, picture=Path(picture), address=address)
