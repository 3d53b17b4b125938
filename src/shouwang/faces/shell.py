"""What every page of the house knows: who reads it, in which language, and where they may go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from shouwang.faces.language import offered
from shouwang.faces.menu import menu_of
from shouwang.policy import load

LINKS = {"enter": "entry:sign_in", "leave": "entry:sign_out", "account": "entry:account"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of every template. Nothing is asked of the database until a template shows it."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "language": get_language() or settings.LANGUAGE_CODE,
        "languages": offered(),
        "menu": SimpleLazyObject(lambda: menu_of(actor, request.path)),
        "links": {name: reverse(view) for name, view in LINKS.items()},
        "house": load(settings.PACK).name_shown,
        "demo": settings.DEMO,
        "live_url": settings.LIVE_URL or reverse("live"),
    }
