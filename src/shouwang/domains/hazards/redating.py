"""Open cases whose deadline a notice of days off may move, and those it moved (时限调整)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from shouwang.domains.areas.pieces import seen

from .models import OPEN, Case, Transition
from .queries import Sight

ACT, MOVED = "redate", "due_moved"


def open_due_since(county: str, since: datetime) -> list[Case]:
    """Open cases due from a moment on, held for this transaction: whoever acts on one of them waits."""
    rows = Case.objects.filter(OPEN, county=county, due_at__gte=since)
    return list(rows.select_for_update().order_by("due_at", "id"))


def redated_by(
    sight: Sight, counties: Collection[str], notice: UUID, *, limit: int = 100
) -> list[tuple[Case, datetime]]:
    """Cases in sight whose deadline a notice moved, the most pressing first, each with its deadline before."""
    said = [{"code": MOVED, "params": {"notice": str(notice)}}]
    steps = Transition.objects.filter(county__in=counties, act=ACT, reasons__contains=said)
    cases = Case.objects.filter(seen(sight.pieces()), county__in=counties, id__in=steps.values("case_id"))
    found = list(cases.order_by("due_at", "id")[:limit])
    before = {
        step.case_id: datetime.fromisoformat(step.reasons[0]["params"]["was"])
        for step in steps.filter(case_id__in=[case.id for case in found]).order_by("at")
    }
    return [(case, before[case.id]) for case in found]
