"""Verdicts that could not be given, by duty, time and reasons: what adopted values may change."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, When

from .models import Standing


class Group(NamedTuple):
    """Verdicts of one duty in one county that are undetermined for the same reasons; `period` is the one they are
    for, else the month they are counted in."""

    county: str
    duty: str
    period: str
    reasons: list[dict[str, Any]]
    n: int


def undetermined(counties: Sequence[str]) -> list[Group]:
    """Every undetermined verdict of these counties, grouped; one statement."""
    rows = Standing.objects.filter(county__in=counties, verdict="undetermined").order_by()
    timed = rows.annotate(time=Case(When(period="", then=F("month")), default=F("period")))
    grouped = timed.values_list("county", "duty", "time", "reasons").annotate(n=Count("id"))
    return [Group(*row) for row in grouped.order_by("county", "duty", "time")]
