"""What a verified closing counts for (销案计数): counted once somebody else passed it, taken back when reopened."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from shouwang.domains.ledger.models import Delta
from shouwang.domains.ledger.totals import delta
from shouwang.policy import load

from .models import Case


class Closing(NamedTuple):
    """When a case was closed, by when it had to be, and in whose hands it was."""

    at: datetime
    due_at: datetime
    department: str


def closing_of(case: Case) -> Closing | None:
    """The closing that stands; None while the case is not closed."""
    if case.state != "closed" or case.closed_at is None:
        return None
    return Closing(case.closed_at, case.due_at, case.department)


def measures(closing: Closing) -> tuple[str, ...]:
    found = ["hazards.closed"]
    if closing.at <= closing.due_at:
        found.append("hazards.closed_in_time")
    if closing.department == load(settings.PACK).wiring.departments.grid:
        found.append("hazards.closed_in_grid")
    return tuple(found)


def counted(region: str, closing: Closing, sign: int, *, at: datetime) -> list[Delta]:
    month = month_of(closing.at)
    return [delta(region, measure, sign, at=at, period=month) for measure in measures(closing)]


def month_of(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m")
