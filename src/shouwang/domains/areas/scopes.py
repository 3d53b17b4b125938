"""Who may see and touch which areas: a territory is a set of areas, and an empty one covers nothing."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from shouwang.kernel.codes import Level, county_of, covered, level_of, parent_of, prefix_of

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
    """The first code beyond those that begin with `prefix`."""
    return str(int(prefix) + 1)


def ancestors(code: str) -> tuple[str, ...]:
    """The units a unit lies in, nearest first, up to the province."""
    found: list[str] = []
    while parent := parent_of(code):
        found.append(code := parent)
    return tuple(found)


def common_root(areas: Iterable[str]) -> str | None:
    """The smallest unit that covers all of `areas`: where a person's page begins. None without one."""
    lines = [(area, *ancestors(area)) for area in areas]
    if not lines:
        return None
    return next((unit for unit in lines[0] if all(unit in line for line in lines)), None)


def standing(on: date) -> Q:
    """Units that exist on a day."""
    return (Q(since=None) | Q(since__lte=on)) & (Q(until=None) | Q(until__gt=on))


def may_touch(areas: Iterable[str], code: str) -> bool:
    return covered(areas, code)
