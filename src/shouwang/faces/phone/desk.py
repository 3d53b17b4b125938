"""What the phone asks beside pages: who is signed in, the worker that opens the form without a network."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from re import escape
from uuid import UUID

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

SCRIPTS = (
    "phone/digest.js",
    "phone/outbox.js",
    "phone/shrink.js",
    "phone/likely.js",
    "phone/strip.js",
    "phone/whose.js",
    "phone/send.js",
    "phone/entry.js",
    "phone/bare.js",
    "phone/report.js",
    "phone/stored.js",
    "phone/entered.js",
    "phone/leave.js",
    "phone/kept.js",
)
SHEETS = ("house.css", "phone/phone.css", "mark.svg", "lessons/lessons.css")
WORKER = "phone/worker.js"


def _found(name: str) -> str:
    found = finders.find(name)
    assert isinstance(found, str), name
    return found


def _text(name: str) -> str:
    return Path(_found(name)).read_text("utf-8")


@cache
def version() -> str:
    """Changes with any file the phone keeps."""
    return sha256("".join(map(_text, (*SCRIPTS, *SHEETS, WORKER))).encode()).hexdigest()[:12]


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The worker stands inside /phone/ because it may only serve what lies below its own address."""
    pictures = sorted(f"lessons/{one.name}" for one in Path(_found("lessons/lessons.css")).parent.glob("*.svg"))
    shell = [f"{static(name)}?v={version()}" for name in SCRIPTS] + [static(name) for name in (*SHEETS, *pictures)]
    told = {
        "version": version(),
        "form": reverse("phone:report"),
        "kept": reverse("phone:stored"),
        "away": reverse("phone:away"),
        "shell": shell,
        "any": str(UUID(int=0)),
        "package": reverse("phone:package"),
        "stencils": [(f"^{escape(reverse('phone:homes'))}([0-9a-f-]+)/visit/$", reverse("phone:any_visit"))],
    }
    script = f"const PHONE = {json.dumps(told)};\n{_text(WORKER)}"
    return HttpResponse(
        script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"}
    )


@require_GET
def desk(request: HttpRequest) -> JsonResponse:
    """Asked before the outbox sends: stored reports go out only under the person who made them."""
    actor = getattr(request, "actor", None)
    told = (
        {"who": str(actor.id), "now": timezone.now().isoformat(), "token": get_token(request)}
        if actor
        else {}
    )
    return JsonResponse(told, status=200 if actor else 401, headers={"Cache-Control": "no-store"})


@require_GET
def away(request: HttpRequest) -> HttpResponse:
    """Shown by the worker in place of a page that needs the network."""
    return render(request, "phone/away.html", {"tab": ""})
