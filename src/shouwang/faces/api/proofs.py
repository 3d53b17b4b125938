"""Proofs by the API: a line of the ledger with its path, as the ten-line checker reads it."""

from typing import Annotated
from uuid import UUID

import msgspec
from django.http import HttpResponse
from dmr import Path, validate

from shouwang.domains.ledger.proving import prove
from shouwang.domains.ledger.queries import line_by_id
from shouwang.flows.refusal import NotSeen
from shouwang.flows.sight import areas_for
from shouwang.kernel.codes import covered

from .desk import Desk, answers
from .shapes import Proved

PROVE = "ledger.prove"


class LineOf(msgspec.Struct, frozen=True):
    county: Annotated[str, msgspec.Meta(pattern=r"^\d{6}$")]
    line_id: UUID


class Proofs(Desk):
    """Lines of the ledger."""

    @validate(*answers(Proved, no=(404, 409)))
    def get(self, parsed_path: Path[LineOf]) -> HttpResponse:
        """An inclusion proof against the first published root that covers the line, else the present one."""
        county, line_id = parsed_path.county, parsed_path.line_id
        found = line_by_id(line_id)
        if found is None or found.county != county or not covered(areas_for(self.actor, PROVE), found.region):
            raise NotSeen(str(line_id))
        return self.answer(prove(county, line_id).as_json())
