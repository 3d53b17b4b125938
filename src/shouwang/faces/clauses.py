"""The sentence of the plan behind a chip (条款), as a page or as a fragment for the page one is on."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from shouwang.policy import load


def clause(request: HttpRequest, row: str) -> HttpResponse:
    """One row of the plan. The plan is public, so anybody may read it."""
    found = load(settings.PACK).rows.get(row)
    if found is None:
        raise Http404
    template = "clauses/told.html" if getattr(request, "htmx", False) else "clauses/clause.html"
    response = render(request, template, {"row": found})
    response.headers["Vary"] = "HX-Request, Cookie"
    return response
