"""Verdicts that could not be given, by duty, time and reasons: what adopted values may change."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Count

from .models import Standing


class Group(NamedTuple):
    """Verdicts of one duty in one county that are undetermined for the same reasons."""

    county: str
    duty: str
    period: str
    reasons: list[dict[str, Any]]
    n: int


def undetermined(counties: Sequence[str]) -> list[Group]:
    """Every undetermined verdict of these counties, grouped; one statement."""
    rows = Standing.objects.filter(county__in=counties, verdict="undetermined").order_by()
    grouped = rows.values_list("county", "duty", "period", "reasons").annotate(n=Count("id"))
    return [Group(*row) for row in grouped.order_by("county", "duty", "period")]
