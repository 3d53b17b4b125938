"""Places as lists, always within a reach, the place behind an owner's code, and what was done there."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from shouwang.domains.areas.pieces import seen
from shouwang.domains.areas.queries import counties
from shouwang.kernel.codes import is_region

from .codes import LONGEST, mark_of
from .models import Round, Site, Taught
from .scopes import Sight

Key = tuple[str, str]
FEW = 12


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of places by area and mark; `after` is the key of its last row, None on the last page."""

    rows: list[Site]
    after: Key | None


def in_sight(sight: Sight) -> QuerySet[Site]:
    return Site.objects.filter(seen(sight.pieces())).order_by("region", "mark")


def sites(sight: Sight, *, limit: int, after: Key | None = None) -> Page:
    rows = in_sight(sight)
    if after is not None:
        rows = rows.filter(RawSQL("(region, mark) > (%s, %s)", after, output_field=BooleanField()))
    found = list(rows[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return Page(rows=found[:limit], after=(last.region, last.mark) if last else None)


def key_of(text: str) -> Key | None:
    """Where a page goes on, as its address says it; what cannot be read is the first page."""
    region, _sep, mark = text.partition("~")
    return (region, mark) if is_region(region) and mark and "\x00" not in mark else None


def one(sight: Sight, site_id: UUID) -> Site | None:
    """A place in sight, else None: what may not be seen does not exist."""
    return in_sight(sight).filter(id=site_id).first()


def behind(code: str) -> Site | None:
    """The place of an owner's code that still holds."""
    if not 4 < len(code) <= LONGEST:
        return None
    known = [county for county in counties() if county.endswith(code[:4])]
    return Site.objects.filter(county__in=known, door=mark_of(code)).first()


def listed(county: str) -> list[tuple[UUID, str, str]]:
    """(place, region, kind) of every place of a county, for the house itself."""
    return list(Site.objects.filter(county=county).values_list("id", "region", "kind").order_by("id"))


def rounds_of(site: Site, *, limit: int = FEW) -> list[Round]:
    return list(Round.objects.filter(county=site.county, site=site).order_by("-at", "-id")[:limit])


def taught_in(site: Site, *, limit: int = FEW) -> list[Taught]:
    return list(Taught.objects.filter(county=site.county, site=site).order_by("-on", "-id")[:limit])
