"""The values of a place as people may look at them: on a day, with where each comes from and who gives what lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shouwang.domains.adoptions.models import Adoption
from shouwang.domains.adoptions.queries import given
from shouwang.domains.adoptions.queries import sheet as sheet_of
from shouwang.domains.adoptions.scopes import may_read, offices_over
from shouwang.domains.duties.undetermined import undetermined
from shouwang.domains.files.queries import attachment, content
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import county_of, is_region, parent_of
from shouwang.policy import Pack, Value
from shouwang.policy.duty_shapes import Duty
from shouwang.policy.values import Parameter
from shouwang.rules.leaning import Undetermined, lacking, leaning

from .local_values import pack_of
from .refusal import NotSeen
from .see_file import Seen
from .sight import counties_within
from .sight import pack as current_pack


@dataclass(frozen=True, kw_only=True)
class InForce:
    """A parameter and its value on a day; `sheet` is the one that gave it; `shipped` what the pack itself says."""

    parameter: Parameter
    value: Value
    shipped: Value
    duties: Sequence[Duty] = ()
    undetermined: int = 0
    sheet: UUID | None = None

    @property
    def is_decided(self) -> bool:
        """By the plan or a standard: no sheet changes it."""
        return self.shipped.provenance in ("plan", "standard")


@dataclass(frozen=True, kw_only=True)
class PlaceValues:
    """All values of a place on a day, and the pack they stand in."""

    region: str
    on: date
    pack: Pack
    values: Sequence[InForce]

    def of(self, *provenances: str) -> list[InForce]:
        return [one for one in self.values if one.value.provenance in provenances]


def counties_open_to(actor: Actor) -> list[str]:
    """Where a person works: the counties of all posts held now, and the offices above them; nowhere without one."""
    counties = counties_within(area for post in actor.posts for area in post.territory)
    above = {parent_of(county) for county in counties if not county.endswith("00")}
    return sorted({*counties, *(office for office in above if office)})


def see_values(actor: Actor, area: str, *, on: date | None = None, now: datetime) -> PlaceValues:
    """The values of the county or prefecture an area lies in, today or on a day. Raises NotSeen."""
    if not is_region(area) or not may_read(counties_open_to(actor), county_of(area)):
        raise NotSeen(area)
    return values_of_place(county_of(area), on=on, now=now)


def values_of_place(county: str, *, on: date | None = None, now: datetime) -> PlaceValues:
    pack = pack_of(county, now=now)
    today = now.astimezone(pack.zone).date()
    day, shipped = on or today, current_pack()
    wanting, duties = _wanting(pack, county, on=today), leaning(pack)
    sheets = {(row.parameter, row.number, row.signed_on): row.sheet for row in given(offices_over(county))}
    values = [
        InForce(
            parameter=parameter,
            value=(value := parameter.on(day)),
            shipped=shipped.value(name, on=day),
            duties=duties.get(name, ()),
            undetermined=wanting.get(name, 0),
            sheet=sheets.get((name, value.source, value.signed_on)),
        )
        for name, parameter in pack.parameters.items()
    ]
    return PlaceValues(region=county, on=day, pack=pack, values=values)


def see_sheet(actor: Actor, id: UUID) -> Adoption:  # noqa: A002
    """One sheet that holds where the person works. Raises NotSeen."""
    found = sheet_of(counties_open_to(actor), id)
    if found is None:
        raise NotSeen(str(id))
    return found


def _wanting(pack: Pack, county: str, *, on: date) -> Mapping[str, int]:
    groups = [Undetermined(*told) for _county, *told in undetermined(counties_within((county,)))]
    return lacking(pack, groups, on=on)


def see_paper(actor: Actor, id: UUID, file_id: UUID) -> Seen:  # noqa: A002
    """The signed file a sheet was adopted from. Raises NotSeen."""
    found = see_sheet(actor, id)
    kept = attachment(found.county, file_id)
    held = content(found.county, kept.sha256) if kept is not None and kept.subject == found.id else None
    if kept is None or held is None or not held[0].exists():
        raise NotSeen(str(file_id))
    return Seen(path=held[0], media_type=held[1], sha256=kept.sha256)
