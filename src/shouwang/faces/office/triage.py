"""What presses today (今日事项): overdue, due today, waiting for a re-check, each the most pressing first."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.hazards.queries import WORKING_STATES, open_by_due, pressing
from shouwang.faces.office.place import Standpoint

SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Group:
    """One heading of the list: how many there are, and the first of them."""

    name: str
    label: str
    count: int
    rows: list[dict[str, Any]]

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True, kw_only=True)
class Triage:
    counts: dict[str, int]
    groups: list[Group]

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [row for group in self.groups for row in group.rows]


def end_of_day(now: datetime) -> datetime:
    local = timezone.localtime(now)
    return datetime.combine(local.date() + timedelta(days=1), time(), tzinfo=local.tzinfo)


def triage(stand: Standpoint, *, wanted: dict[str, Any], now: datetime) -> Triage:
    """The three groups within a standpoint and the filters `wanted`."""
    where, until = {**stand.where, **wanted}, end_of_day(now)
    counts = pressing(stand.sight, now=now, until=until, where=where)
    asked = {
        "overdue": (_("Overdue"), {"state__in": WORKING_STATES}, now),
        "today": (_("Due today"), {"state__in": WORKING_STATES, "due_at__gte": now}, until),
        "recheck": (_("Awaiting re-check"), {"state": "submitted"}, None),
    }
    groups = [
        Group(
            name=name,
            label=label,
            count=counts[name],
            rows=open_by_due(stand.sight, limit=SHOWN, where={**where, **only}, until=before).rows
            if counts[name]
            else [],
        )
        for name, (label, only, before) in asked.items()
    ]
    return Triage(counts=counts, groups=groups)
