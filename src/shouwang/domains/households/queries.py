"""Homes and people at risk as lists, always within a reach; the register that duties read names homes alone."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from shouwang.domains.areas.by_mark import Key, Page, page
from shouwang.domains.areas.pieces import seen

from .models import Home, Resident
from .scopes import Sight


def in_sight(sight: Sight) -> QuerySet[Home]:
    return Home.objects.filter(seen(sight.pieces())).order_by("region", "mark")


def homes(sight: Sight, *, limit: int, after: Key | None = None) -> Page[Home]:
    return page(in_sight(sight), limit=limit, after=after)


def one(sight: Sight, home_id: UUID) -> Home | None:
    """A home in sight, else None: what may not be seen does not exist."""
    return in_sight(sight).filter(id=home_id).first()


def counted_by_region(counties: Collection[str]) -> list[tuple[str, str, int]]:
    """(region, kind, how many) of the homes of some counties, for the house itself."""
    rows = Home.objects.filter(county__in=sorted(counties)).values_list("region", "kind")
    return list(rows.annotate(n=Count("id")).order_by("region", "kind"))


def kinds_of(counties: Collection[str], homes: Collection[UUID]) -> list[tuple[UUID, str, str]]:
    """(home, region, kind) of some homes, for the house itself."""
    # One array: an id bound by itself costs more than its row, and a statement binds 65 535 at most.
    rows = Home.objects.filter(county__in=sorted(counties)).extra(where=["id = ANY(%s)"], params=[list(homes)])
    return list(rows.order_by("id").values_list("id", "region", "kind")) if homes else []


def by_mark(region: str, mark: str) -> Home | None:
    return Home.objects.filter(county=region[:6], region=region, mark=mark).first()


def marked(sight: Sight, marks: Collection[str]) -> list[Home]:
    """Homes in sight by their door marks, whichever grid they stand in."""
    return list(in_sight(sight).filter(mark__in=list(marks))) if marks else []


def marks_of(county: str, homes: Collection[UUID]) -> Mapping[UUID, str]:
    """{home: its door mark}, for whoever was shown the homes."""
    return dict(Home.objects.filter(county=county, id__in=homes).values_list("id", "mark")) if homes else {}


def people_of(home: Home) -> list[Resident]:
    return list(Resident.objects.filter(county=home.county, home=home).order_by("id"))


def person(sight: Sight, resident_id: UUID) -> Resident | None:
    """A person at risk whose home is in sight."""
    found = Resident.objects.filter(id=resident_id, home__isnull=False).select_related("home").first()
    return found if found and found.home and one(sight, found.home.id) else None


def stands(county: str, resident_id: UUID) -> bool:
    """Whether a person is on the register, not a tombstone."""
    return Resident.objects.filter(county=county, id=resident_id, home__isnull=False).exists()


def groups_of(homes: Collection[Home]) -> Mapping[UUID, Sequence[str]]:
    """{home: its kinds of risk, those of its people among them}, in one statement."""
    found: dict[UUID, list[str]] = {home.id: list(home.groups) for home in homes}
    counties = sorted({home.county for home in homes})
    rows = Resident.objects.filter(county__in=counties, home__in=list(found))
    for home, group in rows.values_list("home", "group") if found else ():
        if group not in found[home]:
            found[home].append(group)
    return found


def at_risk(county: str) -> list[tuple[UUID, str, Sequence[str]]]:
    """(home, region, kinds of risk) of every home of a county, for the house itself."""
    rows = list(Home.objects.filter(county=county).only("id", "county", "region", "groups").order_by("id"))
    groups = groups_of(rows)
    return [(home.id, home.region, groups[home.id]) for home in rows]


def to_forget(county: str, *, on: date, limit: int) -> list[Resident]:
    """Those whose day of deletion has come."""
    return list(Resident.objects.filter(county=county, keep_until__lte=on).order_by("keep_until", "id")[:limit])


def home_of(county: str, home_id: UUID) -> Home | None:
    """A home by its id, for a story that was let in by another door than the register's own."""
    return Home.objects.filter(county=county, id=home_id).first()
