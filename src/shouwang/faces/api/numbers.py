"""Exact counts by the API: cases by state and area, all of the caller's reach."""

from typing import Annotated, Literal

import msgspec
from django.http import HttpResponse
from dmr import Query, validate

from shouwang.domains.hazards.queries import state_counts
from shouwang.flows.sight import areas_for, counties_within
from shouwang.kernel.codes import covered

from .desk import Desk, answers
from .shapes import Count, Counted, Region

LENGTHS = {"county": 6, "township": 9, "village": 12, "grid": 15}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """`by` is the level of the areas counted; `area` narrows to one."""

    by: Literal["county", "township", "village", "grid"] = "township"
    area: Region | Literal[""] = ""
    language: Annotated[str, msgspec.Meta(max_length=20)] = ""


class Counts(Desk):
    """How many cases stand where."""

    @validate(*answers(Counted))
    def get(self, parsed_query: Query[Asked]) -> HttpResponse:
        """Folded and pending in one snapshot; only areas that lie wholly within the caller's reach."""
        areas = areas_for(self.actor, "hazards.see")
        known, length = self.actor.lineage, LENGTHS[parsed_query.by]
        found = state_counts(counties_within(areas), length=length, lineage=known)
        inside = known.with_former([parsed_query.area]) if parsed_query.area else areas
        rows = [
            Count(area, state, n)
            for (area, state), n in sorted(found.items())
            if n and covered(areas, area) and covered(inside, area)
        ]
        return self.answer(Counted(rows))
