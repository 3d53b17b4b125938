"""Homes and places that have a device, from the registers as they stand now (安装率)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from shouwang.domains.devices.queries import Hung, hung_in
from shouwang.domains.households.queries import counted_by_region, kinds_of
from shouwang.domains.sites.queries import Standing, standing_in
from shouwang.kernel.codes import parent_of
from shouwang.kernel.lineage import Lineage
from shouwang.policy.indicator_shapes import Indicator
from shouwang.rules.fitted_shares import Share, Thing, share_fitted


class Placed(NamedTuple):
    """Things of one region that are alike."""

    region: str
    thing: Thing


Hangs = Mapping[tuple[str, str], set[str]]
NOTHING: frozenset[str] = frozenset()


class Hanging:
    """The devices of some counties and what they hang in, read when an indicator asks for them, and once."""

    def __init__(self, counties: Sequence[str]) -> None:
        self.counties = counties

    @cached_property
    def devices(self) -> Sequence[Hung]:
        return hung_in(self.counties)

    @cached_property
    def homes(self) -> Sequence[Placed]:
        """Read one by one where something hangs; the others are counted where they lie."""
        here: dict[UUID | None, set[str]] = {}
        for one in self.devices:
            here.setdefault(one.household, set()).add(one.kind)
        bare = Counter({(region, kind, NOTHING): n for region, kind, n in counted_by_region(self.counties)})
        named = kinds_of(self.counties, [one for one in here if one])
        fitted = Counter((region, kind, frozenset(here[id_])) for id_, region, kind in named)
        for (region, kind, _kinds), n in fitted.items():
            bare[region, kind, NOTHING] -= n
        both = (bare + fitted).items()
        return [Placed(region, Thing(kind, True, kinds, n)) for (region, kind, kinds), n in both]

    @cached_property
    def places(self) -> Sequence[Placed]:
        """A device tells the place it hangs in by its mark or by its name."""
        here: dict[tuple[str, str], set[str]] = {}
        for one in self.devices:
            if one.household is None:
                here.setdefault((one.region, one.place), set()).add(one.kind)
        sites = standing_in(self.counties)
        found = _found(sites, here)
        things = (Placed(site.region, Thing(site.kind, False, frozenset(found.get(site, ())))) for site in sites)
        return _alike(Counter(things))

    @cached_property
    def anybody(self) -> Sequence[Placed]:
        """Whatever has a device, on a register or not."""
        here: dict[tuple[str, object], set[str]] = {}
        for one in self.devices:
            here.setdefault((one.region, one.household or one.place), set()).add(one.kind)
        things = (Placed(region, Thing("", False, frozenset(kinds))) for (region, _what), kinds in here.items())
        return _alike(Counter(things))


def shares_by_area(one: Indicator, hanging: Hanging, *, length: int, lineage: Lineage) -> Mapping[str, Share]:
    """{area of `length` digits: its share}, where the register or a device says anything."""
    assert one.fitted is not None
    named = one.fitted.homes or one.fitted.places
    lying: dict[str, list[Thing]] = {}
    for region, thing in [*hanging.homes, *hanging.places] if named else hanging.anybody:
        lying.setdefault(region, []).append(thing)
    found: dict[str, list[Thing]] = {}
    for region, things in lying.items():
        found.setdefault(lineage.counted_in(region, length), []).extend(things)
    shares = {area: share_fitted(one, told).verdict for area, told in found.items()}
    return {area: share for area, share in shares.items() if share.part or share.whole}


def _alike(counted: Counter[Placed]) -> Sequence[Placed]:
    return [Placed(region, thing._replace(number=n)) for (region, thing), n in counted.items()]


def _found(sites: Iterable[Standing], here: Hangs) -> Mapping[Standing, set[str]]:
    """{place: the kinds that hang there}. A list may name no more than the village or the township: it means the one
    place there that is called so, and none where several are."""
    meant: dict[tuple[str, str], list[Standing]] = {}
    for site in sites:
        for key in {(area, name) for area in _around(site.region) for name in (site.mark, site.name)} & here.keys():
            meant.setdefault(key, []).append(site)
    found: dict[Standing, set[str]] = {}
    for key, fitting in meant.items():
        if len(fitting) == 1:
            found.setdefault(fitting[0], set()).update(here[key])
    return found


def _around(region: str) -> Iterator[str]:
    area: str | None = region
    while area:
        yield area
        area = parent_of(area)
