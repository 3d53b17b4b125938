"""Which devices a person sees (设备可见范围): those within the areas whose records they see."""

from shouwang.domains.devices.scopes import Sight
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import Level, county_of, covered, covers, level_of

from .sight import RECORDS, areas_for, spelt_out


def device_sight(actor: Actor, area: str = "") -> Sight:
    """Devices in sight, or those of one area among them; an area out of reach holds none."""
    areas = tuple(spelt_out(areas_for(actor, RECORDS)))
    if not area:
        return Sight(areas)
    if covered(areas, area):
        return Sight(tuple(spelt_out([area])))
    return Sight(tuple(one for one in areas if covers(area, one)))


def counties_of_unknown(actor: Actor) -> list[str]:
    """Where addresses nobody knows are kept, for who sees that county or those offices whole."""
    areas = spelt_out(areas_for(actor, RECORDS))
    return sorted({county_of(one) for one in areas if level_of(one) in (Level.COUNTY, Level.PREFECTURE)})
