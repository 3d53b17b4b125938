"""Places as lists, always within a reach, the place behind an owner's code, and what was done there."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from shouwang.domains.areas.by_mark import Key, Page, page
from shouwang.domains.areas.county_codes import counties_named
from shouwang.domains.areas.pieces import seen
from shouwang.domains.ledger.queries import lines_of

from .codes import mark_of
from .models import Printing, Round, Site, Taught
from .scopes import Sight

FEW, RENEWING = 12, "renew_code"


def in_sight(sight: Sight) -> QuerySet[Site]:
    return Site.objects.filter(seen(sight.pieces())).order_by("region", "mark")


def sites(sight: Sight, *, limit: int, after: Key | None = None) -> Page[Site]:
    """Places that are there; one that was closed is opened by its address alone."""
    return page(in_sight(sight).filter(closed_on=None), limit=limit, after=after)


def chosen(sight: Sight, ids: Collection[UUID]) -> list[Site]:
    """Those of some places that are in sight, closed ones too."""
    return list(in_sight(sight).filter(id__in=list(ids))) if ids else []


def one(sight: Sight, site_id: UUID) -> Site | None:
    """A place in sight, else None: what may not be seen does not exist."""
    return in_sight(sight).filter(id=site_id).first()


def behind(code: str) -> Site | None:
    """The place of an owner's code; of one that was closed, so that its page says so."""
    return Site.objects.filter(county__in=counties_named(code), door=mark_of(code)).first()


def listed(county: str) -> list[tuple[UUID, str, str, date | None]]:
    """(place, region, kind, day it was closed) of every place of a county, for the house itself."""
    return list(Site.objects.filter(county=county).values_list("id", "region", "kind", "closed_on").order_by("id"))


class Standing(NamedTuple):
    """A place that is there, as far as it is counted."""

    region: str
    mark: str
    name: str
    kind: str


def standing_in(counties: Collection[str]) -> list[Standing]:
    rows = Site.objects.filter(county__in=sorted(counties), closed_on=None).order_by("id")
    return [Standing(*row) for row in rows.values_list("region", "mark", "name", "kind")]


def stands_for(county: str, site_id: UUID) -> Site | None:
    """The place that a fix was handed in by, where it was one."""
    return Site.objects.filter(county=county, id=site_id).first()


def hands_of(site: Site, *, since: datetime) -> frozenset[UUID]:
    """Whoever had in hand a code that opened the place at some time since a moment: printed or renewed it.

    Printings were not always kept: where none is known of a code, whoever entered the place is taken to have it.
    """
    renewed = [(line.at, line.actor) for line in lines_of(site.county, site.id) if line.act == RENEWING]
    begun = [line for line in renewed if line[0] <= since]
    first = begun[-1][0] if begun else site.entered_at
    rows = Printing.objects.filter(county=site.county, site=site, at__gte=first)
    printers = set(rows.values_list("person", flat=True).order_by("person"))
    makers = {who for at, who in renewed if at >= first and who is not None}
    return frozenset(makers | (printers or {site.entered_by}))


def to_forget(county: str, *, before: date, limit: int) -> list[Taught]:
    """Trainings of a day before which nobody is named any more."""
    rows = Taught.objects.filter(county=county, forgotten_at=None, on__lt=before)
    return list(rows.order_by("on", "id")[:limit])


def rounds_of(site: Site, *, limit: int = FEW) -> list[Round]:
    return list(Round.objects.filter(county=site.county, site=site).order_by("-at", "-id")[:limit])


def taught_in(site: Site, *, limit: int = FEW) -> list[Taught]:
    return list(Taught.objects.filter(county=site.county, site=site).order_by("-on", "-id")[:limit])
