"""Where bodies stand: counts from totals, and the standings behind every count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from shouwang.domains.ledger.totals import counts

from .models import Standing

VERDICTS = ("due", "met", "met_late", "overdue", "waived", "undetermined")


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many subjects of a duty stand where, in one area and month of deadline."""

    met: int = 0
    met_late: int = 0
    overdue: int = 0
    due: int = 0
    waived: int = 0
    undetermined: int = 0

    @property
    def owed(self) -> int:
        """What had to be met by now, or was met before its time; waived ones owe nothing."""
        return self.met + self.met_late + self.overdue

    @property
    def share(self) -> float | None:
        """Met in time as a share of what was owed; None when nothing was."""
        return self.met / self.owed if self.owed else None


def tallies(counties: Sequence[str], *, duty: str, month: str, length: int) -> dict[str, Tally]:
    """{area: Tally} of one duty, by areas of `length` digits: exact, folded and pending together."""
    measures = [measure(duty, verdict) for verdict in VERDICTS]
    found = counts(counties, measures, length=length, period=month)
    areas: dict[str, dict[str, int]] = {}
    for (area, name), n in found.items():
        areas.setdefault(area, {})[name.rsplit(".", 1)[1]] = n
    return {area: Tally(**numbers) for area, numbers in areas.items()}


def measure(duty: str, verdict: str) -> str:
    return f"duties.{duty}.{verdict}"


def standings(
    township: str, *, duty: str, month: str, limit: int = 50, after: tuple[datetime, UUID] | None = None
) -> list[Standing]:
    """Standings of a township behind its number, the latest deadline first; `after` is the key of the last row."""
    rows = Standing.objects.filter(township=township, duty=duty, period=month)
    if after is not None:
        rows = rows.filter(Q(due_at__lt=after[0]) | Q(due_at=after[0], id__lt=after[1]))
    return list(rows.order_by("-due_at", "-id")[:limit])


def standings_about(county: str, subject: UUID) -> list[Standing]:
    return list(Standing.objects.filter(county=county, subject=subject).order_by("clause", "duty"))


def falling_due(county: str, *, now: datetime, limit: int = 1000) -> list[UUID]:
    """Subjects whose deadline has passed since they were last judged."""
    rows = Standing.objects.filter(county=county, verdict="due", due_at__lt=now)
    return list(rows.order_by("due_at").values_list("subject", flat=True)[:limit])
