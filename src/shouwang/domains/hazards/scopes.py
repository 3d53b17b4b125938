"""Who may see and touch which case: territory of posts held now, or being a party to the case."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from shouwang.kernel.codes import Level, county_of, covers, level_of, prefix_of

from .models import Summons

SEE = "hazards.see"


class Post(Protocol):
    """As much of a held post as a scope needs."""

    department: str
    territory: tuple[str, ...]


class Viewer(Protocol):
    """As much of an actor as a scope needs."""

    id: UUID

    @property
    def posts(self) -> Sequence[Post]: ...


def within(areas: Sequence[str]) -> list[Q]:
    """One condition per area, each served by an index that starts with county or township."""
    return [_area(area) for area in areas]


def _area(area: str) -> Q:
    level = level_of(area)
    if level in (Level.PROVINCE, Level.PREFECTURE):
        return Q(county__startswith=prefix_of(area))
    if level is Level.COUNTY:
        return Q(county=area)
    if level is Level.TOWNSHIP:
        return Q(county=county_of(area), township=area)
    return Q(county=county_of(area), township=area[:9], region__startswith=area)


def party(viewer: Viewer) -> Q:
    """Cases a person reported, or that were given or whistled to a department the person serves in."""
    found = Q(county__in=_counties(viewer), reporter=viewer.id)
    for post in viewer.posts:
        if post.department:
            for area in post.territory:
                found |= _given_to(post.department, area)
    return found


def _given_to(department: str, area: str) -> Q:
    prefix = prefix_of(area)
    called = Summons.objects.filter(
        county=OuterRef("county"), case=OuterRef("pk"), department=department, body__startswith=prefix
    )
    ours = Q(department=department, body__startswith=prefix) | Q(Exists(called))
    return Q(county__startswith=prefix[:6]) & ours if len(prefix) < 6 else Q(county=prefix[:6]) & ours


def _counties(viewer: Viewer) -> list[str]:
    return sorted({county_of(area) for post in viewer.posts for area in post.territory})


def serves(viewer: Viewer, department: str, body: str) -> bool:
    """Whether a person holds a post in `department` whose territory covers its `body`."""
    return any(
        post.department == department and any(covers(area, body) for area in post.territory)
        for post in viewer.posts
    )
