"""The list as CSV by the API: codes and ISO times for other systems, only where the post allows taking data out."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase, StreamingHttpResponse
from dmr import Query, validate
from dmr.files import FileBody
from dmr.renderers import FileRenderer

from shouwang.domains.hazards.queries import ROW, Sight, newest
from shouwang.faces.cells import harmless
from shouwang.flows.refusal import Refused
from shouwang.flows.sight import areas_for, narrowed, pack, sight
from shouwang.kernel.decision import Decision, Reason

from .desk import PROBLEM, Desk, answers
from .hazards import known
from .shapes import Filters

ACTION, PAGE, CSV = "hazards.export", 500, "text/csv"


@dataclass(frozen=True)
class Nobody:
    """Party to nothing: being party to a case lets one read it, not carry it away."""

    id: UUID = UUID(int=0)
    posts: tuple[Any, ...] = ()


class Export(Desk):
    """The hazards as a table."""

    renderers = (FileRenderer(CSV), PROBLEM)

    @validate(*answers(FileBody, no=(403,), types=(CSV,)))
    def get(self, parsed_query: Query[Filters]) -> HttpResponseBase:
        """Everything that fits, newest first, as it streams."""
        if not areas_for(self.actor, ACTION):
            raise Refused(Decision(False, (Reason("not_held", {"action": ACTION}),), (pack().actions[ACTION],)))
        reachable = Sight(areas=sight(self.actor, ACTION).areas, viewer=Nobody())
        seen, where = narrowed(reachable, parsed_query.area, self.actor.lineage)
        rows = _rows(seen, {**where, **known(parsed_query)})
        response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="hazards.csv"'
        return response


def _rows(seen: Sight, where: dict[str, Any]) -> Iterator[str]:
    yield _written([ROW])
    after, more = None, True
    while more:
        page = newest(seen, limit=PAGE, after=after, where=where)
        yield _written([[_cell(row[name]) for name in ROW] for row in page.rows])
        after, more = page.after, page.after is not None


def _written(lines: Any) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue()


def _cell(value: Any) -> str:
    """ISO times, and nothing that runs."""
    return harmless("" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value))
