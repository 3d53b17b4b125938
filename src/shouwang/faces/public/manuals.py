"""The operating manual for anybody: the code on a printed page leads here and says whether the print is still right."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.faces.manual_sheets import county_asked, pack_asked
from shouwang.faces.manuals import lists, opened, told


def manuals(request: HttpRequest) -> HttpResponse:
    context = {"groups": lists(pack_asked(request), ()), "county": county_asked(request)}
    return render(request, "public/manuals.html", context)


def manual(request: HttpRequest, name: str) -> HttpResponse:
    """`print` is the digest that stands on somebody's paper, `county` whose values it was printed with."""
    known, on = pack_asked(request), timezone.localdate()
    found = opened(known, name, on=on)
    held = request.GET.get("print", "")
    context = {"held": held, "same": held == found.digest, "county": county_asked(request)}
    return render(request, "public/manual.html", {**told(known, found, on=on), **context})
