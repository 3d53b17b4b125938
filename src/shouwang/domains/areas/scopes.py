"""Who may see and touch which areas: a territory is a set of areas, and an empty one covers nothing."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from shouwang.kernel.codes import Level, county_of, covered, level_of, prefix_of

NOTHING = Q(pk__in=[])


def under(areas: Iterable[str]) -> Q:
    """Rows whose region lies in any of `areas`, by county first."""
    found = NOTHING
    for area in areas:
        found |= _within(area)
    return found


def _within(area: str) -> Q:
    level = level_of(area)
    if level is Level.COUNTY:
        return Q(county=area)
    prefix = prefix_of(area)
    if level in {Level.PROVINCE, Level.PREFECTURE}:
        return Q(county__gte=prefix.ljust(6, "0"), county__lt=after(prefix).ljust(6, "0"))
    return Q(county=county_of(area), region__gte=area, region__lt=after(area))


def after(prefix: str) -> str:
    """The first code that no longer begins with `prefix`; codes have no leading zero, so it keeps its length."""
    return str(int(prefix) + 1)


def standing(on: date) -> Q:
    """Units that exist on a day."""
    return (Q(since=None) | Q(since__lte=on)) & (Q(until=None) | Q(until__gt=on))


def may_touch(areas: Iterable[str], code: str) -> bool:
    return covered(areas, code)
