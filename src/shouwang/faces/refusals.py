"""Pages that say no, each with its reason: a rule and its clause, a forged form, a fault of ours."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from shouwang.kernel.decision import Decision


def refused(request: HttpRequest, decision: Decision[Any], *, status: int = 403) -> HttpResponse:
    """A page with every reason of a judgement and the clauses it rests on."""
    return _page(request, "errors/refused.html", status, **told(decision))


def told(decision: Decision[Any]) -> dict[str, Sequence[Any]]:
    """What a template needs to say a judgement: `parts/reasons.html`."""
    return {"reasons": decision.reasons, "clauses": tuple(dict.fromkeys(decision.clauses))}


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form did not come from a page of ours, or the page was left open too long."""
    return _page(request, "errors/forged.html", 403)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "errors/403.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What may not be seen does not exist: this page never tells the two apart."""
    return _page(request, "errors/404.html", 404)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "errors/400.html", 400)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours. Rendered without the request: whatever broke must not break this page too."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def _page(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    """A whole page, or a fragment of one where the page asked for a part only."""
    skeleton = "shell/fragment.html" if getattr(request, "htmx", False) else "shell/bare.html"
    return HttpResponse(render_to_string(template, {"skeleton": skeleton, **context}, request), status=status)
