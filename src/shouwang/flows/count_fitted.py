"""Homes and places that have a device, from the registers as they stand now (安装率)."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from shouwang.domains.devices.queries import Hung, hung_in
from shouwang.domains.households.queries import listed as homes_listed
from shouwang.domains.sites.queries import Standing, standing_in
from shouwang.kernel.lineage import Lineage
from shouwang.policy.indicator_shapes import Indicator
from shouwang.rules.fitted_shares import Share, Thing, share_fitted

Placed = tuple[str, Thing]


class Hanging:
    """The devices of some counties and what they hang in, read when an indicator asks for them, and once."""

    def __init__(self, counties: Sequence[str]) -> None:
        self.counties = counties

    @cached_property
    def devices(self) -> Sequence[Hung]:
        return hung_in(self.counties)

    @cached_property
    def homes(self) -> Sequence[Placed]:
        here: dict[object, set[str]] = {}
        for one in self.devices:
            here.setdefault(one.household, set()).add(one.kind)
        return [
            (region, Thing(kind, True, frozenset(here.get(id_, ()))))
            for id_, region, kind in homes_listed(self.counties)
        ]

    @cached_property
    def places(self) -> Sequence[Placed]:
        """A device tells the place it hangs in by its mark or by its name."""
        here: dict[tuple[str, str], set[str]] = {}
        for one in self.devices:
            if one.household is None:
                here.setdefault((one.region, one.place), set()).add(one.kind)
        return [(site.region, Thing(site.kind, False, _at(site, here))) for site in standing_in(self.counties)]

    @cached_property
    def anybody(self) -> Sequence[Placed]:
        """Whatever has a device, on a register or not."""
        here: dict[tuple[str, object], set[str]] = {}
        for one in self.devices:
            here.setdefault((one.region, one.household or one.place), set()).add(one.kind)
        return [(region, Thing("", False, frozenset(kinds))) for (region, _what), kinds in here.items()]


def shares_by_area(one: Indicator, hanging: Hanging, *, length: int, lineage: Lineage) -> Mapping[str, Share]:
    """{area of `length` digits: its share}, where the register or a device says anything."""
    assert one.fitted is not None
    named = one.fitted.homes or one.fitted.places
    things = [*hanging.homes, *hanging.places] if named else hanging.anybody
    found: dict[str, list[Thing]] = {}
    for region, thing in things:
        found.setdefault(lineage.counted_in(region, length), []).append(thing)
    shares = {area: share_fitted(one, told).verdict for area, told in found.items()}
    return {area: share for area, share in shares.items() if share.part or share.whole}


def _at(site: Standing, here: Mapping[tuple[str, str], Iterable[str]]) -> frozenset[str]:
    return frozenset(kind for name in (site.mark, site.name) for kind in here.get((site.region, name), ()))
