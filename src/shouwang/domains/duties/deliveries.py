"""What goes out to a channel and what became of it (送达回执): waiting, sent, or failed for a reason; nothing twice.

Whoever sends takes a delivery for a while first. One that was taken and not told of, because the process was killed,
may have arrived: an alarm is sent again under the same id, anything else is left as unsure.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F

from shouwang.domains.ledger.minting import mint

from .models import Delivery, Notice

TAKEN_FOR = timedelta(minutes=2)
FRESH = timedelta(days=1)


def to_send(
    county: str, people: Collection[UUID], *, sorts: Collection[str] | None, since: datetime
) -> list[tuple[UUID, UUID, str, str, datetime]]:
    """(event, recipient, sort, region, at) of notices not seen: for some people, and all of some sorts (None: any)."""
    rows = Notice.objects.filter(county=county, at__gt=since, seen_at=None)
    found = rows if sorts is None else rows.filter(recipient__in=people) | rows.filter(sort__in=sorts)
    return list(found.order_by("at", "id").values_list("event", "recipient", "sort", "region", "at"))


def plan(county: str, wanted: Sequence[tuple[UUID, UUID, str, str, datetime]], *, now: datetime) -> int:
    """(event, contact, sort, region, not before); one a contact and event, however often it is planned."""
    events = {event for event, *_rest in wanted}
    known = set(Delivery.objects.filter(county=county, event__in=events).values_list("event", "contact"))
    rows = [
        Delivery(
            id=mint(now), county=county, region=region, event=event, contact=contact, sort=sort, made_at=now, next_at=at
        )
        for event, contact, sort, region, at in wanted
        if (event, contact) not in known
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


TAKE = """
UPDATE duties_delivery d SET state = 'sending', tries = d.tries + 1, taken_at = %s
FROM (SELECT id FROM duties_delivery WHERE county = %s AND state = 'waiting' AND next_at <= %s AND (sort = ANY(%s)) = %s
      ORDER BY next_at, id LIMIT %s FOR UPDATE SKIP LOCKED) AS t
WHERE d.county = %s AND d.id = t.id RETURNING d.id
"""


def take(county: str, *, sorts: Collection[str], among: bool, now: datetime, limit: int) -> list[Delivery]:
    """Deliveries that are due, for whoever asks first: those of some sorts, or all but those."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [now, county, now, list(sorts), among, limit, county])
        ids = [row[0] for row in cursor.fetchall()]
    return list(Delivery.objects.filter(county=county, id__in=ids).order_by("next_at", "id"))


def sent(some: Sequence[Delivery], *, now: datetime) -> None:
    _mark(some, state="sent", sent_at=now, reason="")


def failed(some: Sequence[Delivery], reason: str, *, again: datetime | None) -> None:
    """`again` is when to try once more; None when it is given up."""
    if again is None:
        _mark(some, state="failed", reason=reason[:200])
    else:
        _mark(some, state="waiting", reason=reason[:200], next_at=again)


def put_back(some: Sequence[Delivery], *, at: datetime) -> None:
    """What was taken and then not tried."""
    _mark(some, state="waiting", next_at=at, tries=F("tries") - 1)


def left_over(county: str, *, alarms: Collection[str], now: datetime) -> int:
    """What was taken and never told of: alarms go again, the rest is unsure."""
    lost = Delivery.objects.filter(county=county, state="sending", taken_at__lt=now - TAKEN_FOR)
    again = lost.filter(sort__in=alarms).update(state="waiting", next_at=now, reason="unsure")
    return again + lost.exclude(sort__in=alarms).update(state="failed", reason="unsure")


def receipts(counties: Collection[str], contact: UUID, *, limit: int = 50) -> list[Delivery]:
    """What went to a channel; to one of a prefecture, from all its counties."""
    rows = Delivery.objects.filter(county__in=counties, contact=contact)
    return list(rows.order_by("-made_at", "-id")[:limit])


def last_receipts(counties: Collection[str], contacts: Collection[UUID]) -> dict[UUID, Delivery]:
    """{channel: what went there last}, of many in one statement."""
    rows = Delivery.objects.filter(county__in=counties, contact__in=contacts)
    return {one.contact: one for one in rows.order_by("contact", "-made_at", "-id").distinct("contact")}


def _mark(some: Sequence[Delivery], **values: Any) -> None:
    for county in {one.county for one in some}:
        ids = [one.id for one in some if one.county == county]
        Delivery.objects.filter(county=county, id__in=ids, state="sending").update(**values)
