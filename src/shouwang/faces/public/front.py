"""首页: 119 first, then to report, look up, learn; and how the place stands, in numbers anybody may take along."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from shouwang.domains.areas.queries import names
from shouwang.domains.hazards.queries import OPEN_STATES, month_counts, state_counts
from shouwang.faces.board.month import month
from shouwang.faces.public.published import all_counties, exposed_rows
from shouwang.policy import load
from shouwang.rules.lessons import offered

# Strangers ask as often as they like; the database is asked once a minute.
FRESH, FEW = 60, 3
MEASURES = ("reported", "closed", "closed_in_time")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Cases of the whole prefecture: open now, and reported, closed, closed in time in a month."""

    open: int
    reported: int
    closed: int
    in_time: int


def front(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    pack, this = load(settings.PACK), month("", now=now)
    lessons = [lesson for lesson, _now in offered(pack, (), on=timezone.localdate())][:2]
    standing = cache.get_or_set(f"front:{this.name}", lambda: standing_of(this.name), FRESH)
    told = list(exposed_rows())[:FEW]
    context = {"standing": standing, "month": this, "lessons": lessons, "exposed": told}
    return render(request, "public/front.html", context)


def standing_of(name: str) -> Standing:
    counties = all_counties()
    states, months = state_counts(counties, length=6), month_counts(counties, length=6, month=name)
    added = {one: sum(n for (_area, what), n in months.items() if what == one) for one in MEASURES}
    return Standing(
        open=sum(n for (_area, state), n in states.items() if state in OPEN_STATES),
        reported=added["reported"],
        closed=added["closed"],
        in_time=added["closed_in_time"],
    )


def open_data(request: HttpRequest) -> HttpResponse:
    """The twelve months up to now by county, as CSV: counts of areas alone, so that nobody is to be found in them."""
    now = timezone.now()
    body = cache.get_or_set(f"open:{timezone.localtime(now):%Y-%m}", lambda: _table(now), FRESH)
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="hazards.csv"'
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    return response


def _table(now: datetime) -> str:
    sheet = _Lines()
    writer = csv.writer(sheet)
    writer.writerow(["area", "name", "month", *MEASURES])
    writer.writerows(_rows(now))
    return "\ufeff" + "".join(sheet)


class _Lines(list[str]):
    """As much of a file as a writer of CSV needs."""

    def write(self, line: str) -> None:
        self.append(line)


def _rows(now: datetime) -> Iterator[list[str | int]]:
    counties, one = all_counties(), month("", now=now)
    # A file for others to take along speaks the language of the place, whoever asked first.
    with translation.override(settings.LANGUAGE_CODE):
        called = names(counties)
    for _number in range(12):
        found = month_counts(counties, length=6, month=one.name)
        for code in counties:
            counted = [found.get((code, what), 0) for what in MEASURES]
            if any(counted):
                yield [code, called[code], one.name, *counted]
        one = month(one.before, now=now)
