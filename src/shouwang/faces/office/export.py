"""The list as a table for Excel (导出), only from areas where the person's post allows taking data out."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import paths
from shouwang.domains.hazards.queries import Sight, newest
from shouwang.domains.people.actor import Actor
from shouwang.faces.cells import harmless
from shouwang.faces.doors import signed_in
from shouwang.faces.office.filters import filters
from shouwang.faces.office.place import standpoint
from shouwang.faces.refusals import refused
from shouwang.faces.templatetags.words import department_label, grade_label, kind_label, state_label
from shouwang.faces.workbook.handing_over import handed_over
from shouwang.faces.workbook.writing import written_grid
from shouwang.flows.sight import areas_for, pack
from shouwang.kernel.decision import Decision, Reason

ACTION, PAGE, MOST = "hazards.export", 500, 20_000


@dataclass(frozen=True)
class Nobody:
    """A viewer who is party to nothing: being party to a case lets one read it, not carry it away."""

    id: UUID = UUID(int=0)
    posts: tuple[Any, ...] = ()


@signed_in
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    rows = _rows(request, actor)
    if rows is None:
        return _not_held(request)
    table = io.StringIO()
    table.write("\ufeff")
    csv.writer(table).writerows(rows)
    response = HttpResponse(table.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="hazards.csv"'
    return response


@signed_in
def excel(request: HttpRequest, actor: Actor) -> HttpResponse:
    rows = _rows(request, actor)
    if rows is None:
        return _not_held(request)
    name = _("Hazards")
    return handed_over(written_grid(name, list(rows)), name=f"{name} {timezone.localdate()}")


def _rows(request: HttpRequest, actor: Actor) -> Iterator[list[str]] | None:
    """The rows of the list as filtered; None for whoever may take nothing out."""
    if not areas_for(actor, ACTION):
        return None
    asked = filters(request)
    stand = standpoint(actor, asked.area, now=timezone.now(), action=ACTION)
    sight = Sight(areas=stand.sight.areas, viewer=Nobody())
    return _table(sight, {**stand.where, **asked.where})


def _not_held(request: HttpRequest) -> HttpResponse:
    reason = Reason("not_held", {"action": ACTION})
    return refused(request, Decision(False, (reason,), (pack().actions[ACTION],)))


def _table(sight: Sight, where: dict[str, Any]) -> Iterator[list[str]]:
    yield [
        _("Code"), _("Kind of hazard"), _("Grade"), _("State"), _("Area"), _("House, shop or road"),
        _("In charge"), _("Reported"), _("Deadline"), _("Closed"),
    ]  # fmt: skip
    after, written = None, 0
    while written < MOST:
        page = newest(sight, limit=PAGE, after=after, where=where)
        places = paths({row["region"] for row in page.rows})
        yield from (_line(row, places) for row in page.rows)
        written, after = written + len(page.rows), page.after
        if after is None:
            return
    yield [_("Only the newest %(n)s are in this table: narrow the filters for the rest.") % {"n": MOST}]


def _line(row: dict[str, Any], places: dict[str, str]) -> list[str]:
    return [
        row["code"],
        kind_label(row["kind"]),
        grade_label(row["grade"]),
        state_label(row["state"]),
        places[row["region"]],
        harmless(row["place"]),
        department_label(row["department"]),
        *(_moment(row[name]) for name in ("reported_at", "due_at", "closed_at")),
    ]


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
