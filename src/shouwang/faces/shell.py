"""What every page of the house knows: who reads it, in which language, and where they may go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from shouwang.faces.menu import menu_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of every template. Nothing is asked of the database until a template shows it."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "language": get_language() or settings.LANGUAGE_CODE,
        "languages": settings.LANGUAGES,
        "menu": SimpleLazyObject(lambda: menu_of(actor, request.path)),
        "links": SimpleLazyObject(_links),
        "demo": settings.DEMO,
    }


def _links() -> dict[str, str]:
    """Addresses of other faces; one that is not installed is left out."""
    wanted = {"enter": "entry:sign_in", "leave": "entry:sign_out", "account": "entry:account"}
    return {name: found for name, view in wanted.items() if (found := address(view))}


def address(view: str, **values: Any) -> str:
    try:
        return reverse(view, kwargs=values or None)
    except NoReverseMatch:
        return ""
