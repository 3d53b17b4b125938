"""Which bodies serve which areas (服务范围), from the posts held on a day; nobody is named."""

from collections.abc import Collection
from datetime import date

from shouwang.kernel.lineage import Lineage
from shouwang.rules.coverage import Serving

from .models import Post
from .queries import held_on


def serving(
    counties: Collection[str], *, on: date, lineage: Lineage, department: str = "", given: bool = False
) -> list[Serving]:
    """Each kind of post of each body with all its areas, in one statement; `given`: as appointed, not as it stands."""
    rows = Post.objects.filter(held_on(on), county__in=counties, deputy_of=None, person__active=True)
    if department:
        rows = rows.filter(department=department)
    found: dict[tuple[str, str, str], dict[str, None]] = {}
    for body, of, kind, territory in rows.order_by("region", "kind").values_list(
        "region", "department", "kind", "territory"
    ):
        areas = territory if given else lineage.followed(territory)
        found.setdefault((body, of, kind), {}).update(dict.fromkeys(areas))
    return [Serving(body, of, kind, tuple(areas)) for (body, of, kind), areas in found.items()]
