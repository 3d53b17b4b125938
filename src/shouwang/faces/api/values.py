"""Values in force by the API: every parameter of a place on a day, where it comes from, and who gives what lacks."""

from datetime import date
from typing import Annotated

import msgspec
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from dmr import Path, Query, validate

from shouwang.flows.see_values import InForce, see_values

from .desk import Desk, answers
from .places import AreaOf


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """`on` is the day looked at; today if left out."""

    on: date | None = None
    language: Annotated[str, msgspec.Meta(max_length=20)] = ""


class InForceShown(msgspec.Struct, frozen=True, kw_only=True):
    """A value: `provenance` is plan, standard, local, default or unset; `keeper` the post that gives it."""

    parameter: str
    label: str
    unit: str
    clause: str
    value: int | str | None
    provenance: str
    source: str
    since: date | None
    signer: str
    signed_on: date | None
    keeper: str
    undetermined: int


class ValuesShown(msgspec.Struct, frozen=True, kw_only=True):
    """`pack` is the version by which the place judges today."""

    area: str
    on: date
    pack: str
    values: list[InForceShown]


class Values(Desk):
    """The numbers a place is judged by."""

    @validate(*answers(ValuesShown, no=(404,)))
    def get(self, parsed_path: Path[AreaOf], parsed_query: Query[Asked]) -> HttpResponse:
        """The values of the county or prefecture the area lies in, for who works there; read only."""
        found = see_values(self.actor, parsed_path.code, on=parsed_query.on, now=timezone.now())
        shown = [_shown(one) for one in found.values]
        return self.answer(ValuesShown(area=found.region, on=found.on, pack=found.pack.version, values=shown))


def _shown(one: InForce) -> InForceShown:
    parameter, value = one.parameter, one.value
    return InForceShown(
        parameter=parameter.id,
        label=parameter.label.in_(get_language() or "zh-hans"),
        unit=parameter.unit,
        clause=parameter.row,
        value=value.value,
        provenance=value.provenance,
        source=value.source,
        since=value.since,
        signer=value.signer,
        signed_on=value.signed_on,
        keeper=parameter.keeper,
        undetermined=one.undetermined,
    )
