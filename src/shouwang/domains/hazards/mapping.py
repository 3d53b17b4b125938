"""Open cases for a map (地图): how many by area, and where single ones lie; always within a sight."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Left

from shouwang.domains.areas.pieces import seen
from shouwang.kernel.lineage import NONE, Lineage

from .models import OPEN, Case
from .queries import ROW, Open, Sight


def open_by_area(
    sight: Sight, *, length: int, now: datetime, where: Mapping[str, Any], lineage: Lineage = NONE
) -> dict[str, Open]:
    """Open cases in sight by the area of `length` digits they count in, in one statement; 0: all under ''."""
    rows = Case.objects.filter(OPEN, seen(sight.pieces()), **where)
    late = Count("pk", filter=~Q(state="submitted") & Q(due_at__lt=now))
    depth = lineage.depth(length) if length else 1
    counted = rows.values_list(Left("region", depth)).annotate(n=Count("pk"), late=late).order_by()
    if not length:
        return {"": sum((Open(n, overdue) for _, n, overdue in counted), Open())}
    found = lineage.folded({(area, ""): Open(n, overdue) for area, n, overdue in counted}, length)
    return {area: n for (area, _), n in found.items()}


def open_single(sight: Sight, *, most: int, where: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The open cases in sight with their places, the most pressing first; nothing where they are more than `most`."""
    rows = Case.objects.filter(OPEN, seen(sight.pieces()), **where).order_by("due_at", "id")
    found = list(rows.values(*ROW, "lon", "lat")[: most + 1])
    return found if len(found) <= most else []
