"""Open cases whose deadline a notice of days off may move, and those it moved (时限调整)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from shouwang.domains.areas.pieces import seen

from .models import OPEN, Case, Muster, Transition
from .muster_rows import AWAITED
from .queries import Sight

ACT, MOVED, STARTED = "redate", "due_moved", "due_by"


def open_due_since(county: str, since: datetime) -> list[Case]:
    """Open cases due from a moment on, held for this transaction: whoever acts on one of them waits."""
    rows = Case.objects.filter(OPEN, county=county, due_at__gte=since)
    return list(rows.select_for_update().order_by("due_at", "id"))


def calls_due_since(county: str, since: datetime) -> list[Muster]:
    """Calls nobody has come to yet, due from a moment on, each with its case; held for this transaction."""
    rows = Muster.objects.filter(county=county, state__in=AWAITED, due_at__gte=since).select_related("case")
    return list(rows.select_for_update(of=("self",)).order_by("due_at", "id"))


def clocks_started(county: str, cases: Collection[UUID]) -> dict[UUID, datetime]:
    """Since when the clock of each case runs: the newest step that set it, by its own reason."""
    said = [{"code": STARTED}]
    steps = Transition.objects.filter(county=county, case_id__in=cases, reasons__contains=said)
    return dict(steps.order_by("at", "id").values_list("case_id", "at"))


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
