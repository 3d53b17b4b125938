"""Notices (通知): shown in the office and on the phone until they are seen, one digest a day."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from .models import Notice


def unseen(person: UUID, counties: Collection[str], *, limit: int = 200) -> list[Notice]:
    """What somebody has not seen yet, the newest first."""
    rows = Notice.objects.filter(county__in=counties, recipient=person, seen_at=None)
    return list(rows.order_by("-at", "-id")[:limit])


def mark_seen(person: UUID, counties: Collection[str], *, until: datetime, now: datetime) -> int:
    """Everything up to a moment: what came after the page was read stays."""
    rows = Notice.objects.filter(county__in=counties, recipient=person, seen_at=None, at__lte=until)
    return rows.update(seen_at=now)
