"""Who holds which post of a body, since when, and who stands in now (在岗人员)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from shouwang.domains.areas.scopes import under
from shouwang.kernel.codes import county_of

from .models import Post
from .queries import held_on


@dataclass(frozen=True, kw_only=True)
class InPost:
    """A post held on a day. `deputy` is who stands in on that day, and until when."""

    id: UUID
    person: UUID
    name: str
    kind: str
    department: str
    region: str
    since: date
    until: date | None
    deputy: str = ""
    deputy_until: date | None = None


def in_post(regions: Collection[str], *, on: date) -> dict[str, list[InPost]]:
    """{body: those who hold its posts}, longest in post first, in one statement."""
    counties = {county_of(region) for region in regions}
    rows = Post.objects.filter(held_on(on), county__in=counties, region__in=set(regions))
    rows = rows.select_related("person").order_by("region", "since", "id")
    stand_ins = {row.deputy_of: row for row in rows if row.deputy_of is not None}
    found: dict[str, list[InPost]] = {region: [] for region in regions}
    for row in rows:
        if row.deputy_of is None:
            found[row.region].append(_holder(row, stand_ins.get(row.id)))
    return found


def _holder(row: Post, stand_in: Post | None) -> InPost:
    held = InPost(
        id=row.id,
        person=row.person_id,
        name=row.person.name,
        kind=row.kind,
        department=row.department,
        region=row.region,
        since=row.since,
        until=row.until,
    )
    if stand_in is None:
        return held
    return replace(held, deputy=stand_in.person.name, deputy_until=stand_in.until)


def in_post_under(areas: Collection[str], *, on: date, limit: int) -> list[InPost]:
    """Everybody who holds a post in some areas, by body, for a table to take away."""
    rows = (
        Post.objects.filter(under(areas), held_on(on))
        .select_related("person")
        .order_by("region", "since", "id")
    )
    found = list(rows[:limit])
    stand_ins = {row.deputy_of: row for row in found if row.deputy_of is not None}
    return [_holder(row, stand_ins.get(row.id)) for row in found if row.deputy_of is None]
