"""How departments answered when they were called (报到情况): one row for each, every number with its condition."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, FloatField, Q, QuerySet
from django.db.models.functions import Extract

from .models import Muster
from .muster_rows import AWAITED, PENDING

ARRIVED, IN_TIME = Q(arrived_at__isnull=False), Q(arrived_at__lte=F("due_at"))


@dataclass(frozen=True, kw_only=True)
class Response:
    """One department: calls, those that had to be answered by now, in time, and the median hours to come."""

    department: str
    received: int
    owed: int
    in_time: int
    bounced: int
    upheld: int
    signed: int
    first_time: int
    median: float | None


class Median(Aggregate):
    """The middle value; nobody is made to look slow by one case that lay for a month."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def owed(now: datetime) -> Q:
    """Who had to be there by now; neither whom a ruling freed nor whose case ended in time."""
    freed = Q(state="released") | Q(state="lapsed", ended_at__lte=F("due_at"))
    return ARRIVED & Q(due_at__isnull=False) | Q(due_at__lt=now) & ~freed


def measures(now: datetime) -> Mapping[str, Q]:
    """What each number of the table counts: the same condition lists the cases behind it."""
    return {
        "received": Q(),
        "owed": owed(now),
        "in_time": IN_TIME,
        "late": owed(now) & ~IN_TIME,
        "waiting": Q(state__in=AWAITED),
        "pending": Q(state__in=PENDING),
        "bounced": Q(bounces__gt=0),
        "upheld": Q(ruling="upheld"),
        "signed": Q(state__in=("settled", "unsettled")),
        "first_time": Q(state="settled", returns=0),
    }


def responses(rows: QuerySet[Muster], *, now: datetime) -> list[Response]:
    """In one statement; who had no call has no row."""
    known = measures(now)
    counted = {name: Count("pk", filter=known[name]) for name in COUNTED}
    took = ExpressionWrapper(F("arrived_at") - F("at"), output_field=DurationField())
    found: Any = (
        rows.order_by()
        .values("department")
        .annotate(received=Count("pk"), median=Median(Extract(took, "epoch")), **counted)
    )
    return [Response(**row | {"median": _hours(row["median"])}) for row in found]


COUNTED = ("owed", "in_time", "bounced", "upheld", "signed", "first_time")


def _hours(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 3600, 1)
