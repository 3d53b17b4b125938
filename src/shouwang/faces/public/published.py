"""公示: hazards made public after two people agreed, patrols of places in numbers, what the lot drew; and as CSV."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from shouwang.domains.areas.queries import counties_of, names, prefectures
from shouwang.domains.hazards.exposures import public_in
from shouwang.domains.hazards.reviews import drawn_since
from shouwang.domains.patrols.queries import places_seen
from shouwang.faces.cells import harmless
from shouwang.faces.templatetags.words import kind_label, site_label
from shouwang.kernel.codes import township_of
from shouwang.policy import load

FRESH, MOST, DAYS = 60, 200, 90


def exposed(request: HttpRequest) -> HttpResponse:
    """What the county told everybody; what was put right since says so."""
    return render(request, "public/exposed.html", {"rows": exposed_rows()})


def inspections(request: HttpRequest) -> HttpResponse:
    """Patrols of places by township and kind, and what the lot drew of the closings, of the last ninety days."""
    return render(request, "public/inspections.html", {"found": _found(), "days": DAYS})


def exposed_data(request: HttpRequest) -> HttpResponse:
    with translation.override(settings.LANGUAGE_CODE):
        rows = [
            (one["county"], one["township"], one["kind"], one["words"], one["since"].isoformat(), one["fixed"] or "")
            for one in exposed_rows()
        ]
    return _file("exposed.csv", ("area", "name", "kind", "words", "published", "fixed"), rows)


def inspections_data(request: HttpRequest) -> HttpResponse:
    with translation.override(settings.LANGUAGE_CODE):
        rows = [(one["area"], one["name"], site_label(one["site"]), one["n"], one["bad"]) for one in _found()["places"]]
    return _file("inspections.csv", ("area", "name", "kind", "patrols", "hazards"), rows)


def _found() -> dict[str, Any]:
    known: dict[str, Any] = cache.get_or_set(
        f"published:inspections:{translation.get_language()}", lambda: _inspections(timezone.now()), FRESH
    )
    return known


def exposed_rows() -> Sequence[dict[str, Any]]:
    """Nothing but the words that were approved, the kind, and the township; in the reader's language."""
    name = f"published:exposed:{translation.get_language()}"
    known: Sequence[dict[str, Any]] = cache.get_or_set(name, _exposed, FRESH)
    return known


def _exposed() -> Sequence[dict[str, Any]]:
    shown = public_in(all_counties(), limit=MOST)
    called = names({township_of(one.region) for one in shown})
    return [
        {
            "words": one.words, "kind": kind_label(one.case.kind), "township": called.get(township_of(one.region), ""),
            "county": one.county, "since": timezone.localdate(one.decided_at),
            "fixed": timezone.localdate(one.case.closed_at) if one.case.state == "closed" else None,
        }
        for one in shown
    ]  # fmt: skip


def _inspections(now: datetime) -> dict[str, Any]:
    counties, since = all_counties(), now - timedelta(days=DAYS)
    # What is somebody's home is nobody else's business.
    homes = [name for name, one in load(settings.PACK).sites.items() if one.home]
    seen = places_seen(counties, since, homes=homes)
    draws: dict[tuple[str, Any], dict[str, Any]] = {}
    for one, outcome in drawn_since(counties, timezone.localdate(since)):
        told = {"day": one.day, "area": one.county, "root": bytes(one.root).hex(), "percent": one.percent}
        day = draws.setdefault((one.county, one.day), {**told, "n": 0, "review_pass": 0, "review_fail": 0})
        day["n"] += 1
        if outcome in day:
            day[outcome] += 1
    called = names({*(township for township, _site in seen), *(area for area, _day in draws)})
    places = [
        {"area": township, "name": called.get(township, township), "site": site, "n": n, "bad": bad}
        for (township, site), (n, bad) in seen.items()
    ]
    return {"places": places, "draws": [{**one, "name": called.get(one["area"], "")} for one in draws.values()]}


def _file(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    writer = csv.writer(response)
    writer.writerow(head)
    writer.writerows([[harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    return response


def all_counties() -> list[str]:
    return [code for top in prefectures() for code in counties_of(top)]
