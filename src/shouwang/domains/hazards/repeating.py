"""Places where hazards come back (反复发生地点), within a reach; the very words of the place tell it apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Q

from shouwang.domains.areas.pieces import seen

from .models import OPEN, Case
from .queries import Sight

# A case that was not taken up, or that went into another, is no hazard that came back.
NOT_COUNTED = ("rejected", "merged")
Key = tuple[int, str, str]


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """A place with how many hazards it had, how many are open, of which kinds, and the day of the newest."""

    region: str
    place: str
    n: int
    open: int
    kinds: tuple[str, ...]
    last: datetime

    @property
    def key(self) -> Key:
        return self.n, self.region, self.place


def repeats(
    sight: Sight,
    *,
    since: datetime,
    least: int,
    limit: int,
    after: Key | None = None,
    where: Mapping[str, Any] | None = None,
) -> list[Repeat]:
    """Places with at least `least` hazards since a moment, the most first, in one statement."""
    rows = Case.objects.filter(seen(sight.pieces()), reported_at__gte=since, **(where or {}))
    found = rows.exclude(place="").exclude(state__in=NOT_COUNTED).values("county", "region", "place")
    counted = found.annotate(
        n=Count("pk"), still=Count("pk", filter=OPEN), kinds=ArrayAgg("kind", distinct=True), last=Max("reported_at")
    ).filter(n__gte=least)
    if after is not None:
        n, region, place = after
        counted = counted.filter(
            Q(n__lt=n) | Q(n=n, region__gt=region) | Q(n=n, region=region, place__gt=place)
        )
    return [
        Repeat(
            region=row["region"], place=row["place"], n=row["n"], open=row["still"],
            kinds=tuple(sorted(row["kinds"])), last=row["last"],
        )
        for row in counted.order_by("-n", "region", "place")[:limit]
    ]  # fmt: skip
