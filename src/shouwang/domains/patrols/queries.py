"""Visits as lists, always within a reach, and what is known of a home from its visits."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max

from shouwang.domains.areas.pieces import seen

from .models import Finding, SelfCheck, Visit
from .scopes import Sight

FEW, MANY = 8, 500


def one(sight: Sight, visit_id: UUID) -> Visit | None:
    return Visit.objects.filter(seen(sight.pieces()), id=visit_id).first()


def last_visits(counties: Collection[str], homes: Collection[UUID]) -> Mapping[UUID, datetime]:
    """{home: when it was last visited}, in one statement."""
    if not homes:
        return {}
    rows = Visit.objects.filter(county__in=sorted(counties), home__in=list(homes)).values_list("home").order_by("home")
    return {home: at for home, at in rows.annotate(Max("found_at")) if home is not None}


def places_seen(
    counties: Collection[str], since: datetime, *, homes: Collection[str]
) -> Mapping[tuple[str, str], tuple[int, int]]:
    """{(township, kind of place): (patrols, hazards they found)} since a moment; `homes` are kinds left out."""
    rows = Visit.objects.filter(county__in=sorted(counties), home=None, found_at__gte=since).exclude(site__in=homes)
    counted = rows.values_list("township", "site").annotate(Count("id", distinct=True), Count("finding", distinct=True))
    return {(township, site): (n, bad) for township, site, n, bad in counted.order_by("township", "site")}


def taught_since(county: str, homes: Collection[UUID], since: datetime) -> set[UUID]:
    """The homes somebody explained something to since a moment."""
    rows = Visit.objects.filter(county=county, home__in=list(homes), taught=True, found_at__gte=since)
    return {home for home in rows.values_list("home", flat=True).distinct().order_by("home") if home is not None}


def visits_of(county: str, home: UUID, *, limit: int = FEW) -> list[Visit]:
    """The newest visits of a home that the caller may see."""
    return list(Visit.objects.filter(county=county, home=home).order_by("-found_at", "-id")[:limit])


def of_same_homes(person: UUID, townships: Collection[str], *, since: datetime) -> list[Visit]:
    """All recent visits of the homes a person went to lately, home by home, in one statement."""
    recent = Visit.objects.filter(
        county__in=sorted({town[:6] for town in townships}), township__in=list(townships), recorded_at__gte=since
    )
    mine = recent.filter(person=person, home__isnull=False).values("home")
    return list(recent.filter(home__in=mine).order_by("home", "found_at", "id"))


def findings_of(visit: Visit) -> Mapping[str, UUID]:
    """{point: the case it became}."""
    rows = Finding.objects.filter(county=visit.county, visit=visit)
    return dict(rows.values_list("point", "case").order_by("point"))


def selfchecks_of(county: str, home: UUID, *, limit: int = FEW) -> Sequence[SelfCheck]:
    return list(SelfCheck.objects.filter(county=county, home=home).order_by("-at", "-id")[:limit])


def cases_of_site(county: str, site: UUID) -> list[UUID]:
    """The cases that patrols of a place became."""
    rows = Finding.objects.filter(county=county, visit__county=county, visit__at_site=site)
    return list(rows.values_list("case", flat=True).order_by("-id")[:MANY])


def cases_of_home(county: str, home: UUID) -> list[UUID]:
    """The cases that visits to a home became, for the page behind its own door."""
    rows = Finding.objects.filter(county=county, visit__county=county, visit__home=home)
    return list(rows.values_list("case", flat=True).order_by("-id")[:FEW])
