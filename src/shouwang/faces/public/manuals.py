"""The operating manual for anybody: the code on a printed page leads here and says whether the print is still right."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.faces.manuals import lists, opened, told


def manuals(request: HttpRequest) -> HttpResponse:
    return render(request, "public/manuals.html", {"groups": lists(())})


def manual(request: HttpRequest, name: str) -> HttpResponse:
    """`print` is the digest that stands on somebody's paper."""
    on = timezone.localdate()
    found = opened(name, on=on)
    held = request.GET.get("print", "")
    return render(
        request, "public/manual.html", {**told(found, on=on), "held": held, "same": held == found.digest}
    )
