"""Who calls in a benchmark: people enrolled and appointed as an administrator would, each signed in."""

from datetime import datetime, timedelta

from bench.plain import Caller
from shouwang.domains.areas.models import Area
from shouwang.domains.people.services import By, appoint, enrol_person
from shouwang.domains.people.sessions import begin
from shouwang.kernel.codes import township_of

POSTS = {
    "grid_member": ("grid", 15),
    "station_staff": ("fire_station", 9),
    "county_office": ("committee_office", 6),
    "dept_officer": ("housing", 6),
}


def grids(*, a_village: int = 4) -> list[str]:
    """Grids under every village of the pack; people work there, so hazards lie there."""
    villages = Area.objects.filter(level="village").order_by("region").values_list("region", flat=True)
    return [f"{village}{number:03}" for village in villages for number in range(1, a_village + 1)]


def callers(kind: str, regions: list[str], *, now: datetime) -> list[Caller]:
    """One person of a kind of post for each region."""
    department, length = POSTS[kind]
    return [_signed_in(kind, department, region[:length], at=region, now=now) for region in regions]


def _signed_in(kind: str, department: str, area: str, *, at: str, now: datetime) -> Caller:
    by = By(actor=None, post="security_admin", pack="bench")
    person = enrol_person(
        login=f"{kind}-{at}", name="测", region=township_of(at) if len(area) > 6 else area, by=by, at=now
    )
    appoint(
        person, kind=kind, department=department, region=area, territory=[area],
        since=now.date() - timedelta(days=30), by=by, at=now,
    )  # fmt: skip
    return Caller(begin(person, lasts=timedelta(hours=12), now=now), at)


def spread(regions: list[str], count: int) -> list[str]:
    """`count` of the regions, evenly over the prefecture."""
    return regions[:: max(1, len(regions) // count)][:count]
