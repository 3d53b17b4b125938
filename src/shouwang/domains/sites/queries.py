"""Places as lists, always within a reach, the place behind an owner's code, and what was done there."""

from uuid import UUID

from django.db.models import QuerySet

from shouwang.domains.areas.by_mark import Key, Page, page
from shouwang.domains.areas.county_codes import counties_named
from shouwang.domains.areas.pieces import seen

from .codes import mark_of
from .models import Round, Site, Taught
from .scopes import Sight

FEW = 12


def in_sight(sight: Sight) -> QuerySet[Site]:
    return Site.objects.filter(seen(sight.pieces())).order_by("region", "mark")


def sites(sight: Sight, *, limit: int, after: Key | None = None) -> Page[Site]:
    return page(in_sight(sight), limit=limit, after=after)


def one(sight: Sight, site_id: UUID) -> Site | None:
    """A place in sight, else None: what may not be seen does not exist."""
    return in_sight(sight).filter(id=site_id).first()


def behind(code: str) -> Site | None:
    """The place of an owner's code that still holds."""
    return Site.objects.filter(county__in=counties_named(code), door=mark_of(code)).first()


def listed(county: str) -> list[tuple[UUID, str, str]]:
    """(place, region, kind) of every place of a county, for the house itself."""
    return list(Site.objects.filter(county=county).values_list("id", "region", "kind").order_by("id"))


def rounds_of(site: Site, *, limit: int = FEW) -> list[Round]:
    return list(Round.objects.filter(county=site.county, site=site).order_by("-at", "-id")[:limit])


def taught_in(site: Site, *, limit: int = FEW) -> list[Taught]:
    return list(Taught.objects.filter(county=site.county, site=site).order_by("-on", "-id")[:limit])
