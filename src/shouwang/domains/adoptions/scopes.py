"""Who may adopt and who may read: an office decides for its own area alone; who works in a county may read."""

from collections.abc import Sequence

from shouwang.kernel.codes import Level, county_of, level_of, parent_of

ADOPT = "parameters.adopt"
OFFICES = (Level.COUNTY, Level.PREFECTURE)


def may_adopt(areas: Sequence[str], region: str) -> bool:
    """An office above does not decide in the name of one below: the area itself must be held."""
    return region in areas and level_of(region) in OFFICES


def may_read(counties: Sequence[str], region: str) -> bool:
    """Values that hold where a person works: those of the county, and of the prefecture it lies in."""
    return region in counties or any(parent_of(county) == region for county in counties)


def offices_over(county: str) -> tuple[str, ...]:
    """Whose values stand in a county, the highest first; a prefecture's own offices answer to themselves."""
    above = parent_of(county_of(county))
    return (above, county) if above is not None and level_of(county) is Level.COUNTY else (county,)
