"""Where bodies stand: counts from totals, and the standings behind every count."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, F, Q

from shouwang.domains.ledger.totals import counts
from shouwang.kernel.lineage import NONE, Lineage

from .models import Standing

# Stands for every duty where their verdicts are counted together.
ALL = "all"
# What is owed always is counted in no month.
ALWAYS = ""
# The place in a list of what has no deadline: after everything that has one.
UNDATED = datetime.min.replace(tzinfo=UTC)
VERDICTS = (
    "due", "met", "met_late", "overdue", "waived", "superseded", "not_owed", "not_counted", "undetermined",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many subjects of a duty stand where, in one area and month of deadline."""

    met: int = 0
    met_late: int = 0
    overdue: int = 0
    due: int = 0
    waived: int = 0
    superseded: int = 0
    not_owed: int = 0
    not_counted: int = 0
    undetermined: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(**{name: getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__})

    @property
    def owed(self) -> int:
        """What had to be met by now, or was met before its time; waived ones owe nothing."""
        return self.met + self.met_late + self.overdue

    @property
    def share(self) -> float | None:
        """Met in time as a share of what was owed; None when nothing was."""
        return self.met / self.owed if self.owed else None


def tallies(
    counties: Sequence[str], *, duty: str, month: str | Sequence[str], length: int, lineage: Lineage = NONE
) -> dict[str, Tally]:
    """{area: Tally} of one duty, by areas of `length` digits: exact, folded and pending together."""
    measures = [measure(duty, verdict) for verdict in VERDICTS]
    found = counts(counties, measures, length=length, period=month, lineage=lineage)
    areas: dict[str, dict[str, int]] = {}
    for (area, name), n in found.items():
        areas.setdefault(area, {})[name.rsplit(".", 1)[1]] = n
    return {area: Tally(**numbers) for area, numbers in areas.items()}


def tallies_of(townships: Collection[str], *, month: str) -> dict[str, Tally]:
    """{duty: Tally} of all a township, those read with it and those below owe in a month or always."""
    rows = Standing.objects.filter(township__in=townships, month__in=[month, ALWAYS]).order_by()
    duties: dict[str, dict[str, int]] = {}
    for duty, verdict, n in rows.values_list("duty", "verdict").annotate(n=Count("id")):
        duties.setdefault(duty, {})[verdict] = n
    return {duty: Tally(**numbers) for duty, numbers in duties.items()}


def measure(duty: str, verdict: str) -> str:
    return f"duties.{duty}.{verdict}"


def measures_of(duty: str, verdict: str) -> tuple[str, str]:
    """What a verdict is counted in: its own duty, and all duties together."""
    return measure(duty, verdict), measure(ALL, verdict)


def standings(
    townships: Collection[str],
    *,
    duty: str,
    month: str,
    limit: int = 50,
    after: tuple[datetime, UUID] | None = None,
) -> list[Standing]:
    """Standings behind the number of a township and of those read with it, the latest deadline first."""
    rows = Standing.objects.filter(township__in=townships, duty=duty, month__in=[month, ALWAYS])
    if after is not None and after[0] == UNDATED:
        rows = rows.filter(due_at=None, id__lt=after[1])
    elif after is not None:
        rows = rows.filter(Q(due_at__lt=after[0]) | Q(due_at=after[0], id__lt=after[1]) | Q(due_at=None))
    return list(rows.order_by(F("due_at").desc(nulls_last=True), "-id")[:limit])


def standings_about(county: str, subject: UUID) -> list[Standing]:
    return list(Standing.objects.filter(county=county, subject=subject).order_by("clause", "duty"))


class Again(NamedTuple):
    """A standing whose moment has come to be judged again."""

    id: UUID
    duty: str
    region: str
    subject: UUID
    period: str


def due_again(county: str, *, now: datetime, limit: int) -> list[Again]:
    rows = Standing.objects.filter(county=county, again_at__lt=now).order_by("again_at")
    return [Again(*row) for row in rows.values_list("id", "duty", "region", "subject", "period")[:limit]]


class Key(NamedTuple):
    """What a standing is about, and how it is counted."""

    id: UUID
    duty: str
    region: str
    subject: UUID
    verdict: str
    month: str


def standing_keys(
    county: str, *, duties: Collection[str], subjects: Collection[str] | None = None
) -> list[Key]:
    rows = Standing.objects.filter(county=county, duty__in=duties)
    if subjects is not None:
        rows = rows.filter(subject__in=subjects)
    return [Key(*row) for row in rows.values_list("id", "duty", "region", "subject", "verdict", "month")]


def not_met(county: str, *, duty: str, regions: Collection[str]) -> list[UUID]:
    """Subjects of a duty that some bodies have not met in time."""
    rows = Standing.objects.filter(county=county, duty=duty, region__in=regions).exclude(verdict="met")
    return list(rows.values_list("subject", flat=True))
