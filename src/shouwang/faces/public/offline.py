"""没有网络也能报: the worker that opens a form in a cellar, and the form it keeps: three questions on one page."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from shouwang.faces.public.form import OPENNESS, fresh, places
from shouwang.policy import load

SHELL = ("house.css", "phone/phone.css", "mark.svg", "phone/shrink.js", "public/kept.js", "public/later.js")
WORKER = "public/worker.js"
# Pages of people without an account; what a signed-in person opens fails as it fails.
PAGES = "^/(?:|report/.*|look/.*|d/.*|u/.*|learn/.*|suggest/|exposed/|inspections/)$"


@require_GET
def short(request: HttpRequest) -> HttpResponse:
    """The three questions on one page. Nobody's name is asked first: who reports in a cellar is anonymous."""
    given = fresh()
    context = {
        "given": given, "kinds": list(load(settings.PACK).kinds.values()), "places": places(), "openness": OPENNESS,
        "chosen": "anonymous", "now": timezone.now(),
    }  # fmt: skip
    response = render(request, "public/short.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """It stands at the root, because it may only serve what lies below its own address."""
    told = {
        "version": version(), "form": reverse("public:short"), "pages": PAGES,
        "shell": [static(name) for name in SHELL],
    }  # fmt: skip
    script = f"const PUBLIC = {json.dumps(told)};\n{_text(WORKER)}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@cache
def version() -> str:
    """Changes with any file the browser keeps."""
    return sha256("".join(map(_text, (*SHELL, WORKER))).encode()).hexdigest()[:12]


def _text(name: str) -> str:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found).read_text("utf-8")
