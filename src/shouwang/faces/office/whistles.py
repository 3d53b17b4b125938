"""How departments answered when the grid whistled (报到情况): a fair table, ranked by nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.hazards.muster_counts import Response, responses
from shouwang.domains.hazards.muster_queries import in_sight
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.called import Asked, asked_of
from shouwang.faces.office.place import Standpoint, standpoint
from shouwang.faces.refusals import refused
from shouwang.faces.templatetags.words import department_label
from shouwang.faces.workbook.handing_over import handed_over
from shouwang.faces.workbook.opening import Cell
from shouwang.faces.workbook.writing import Book
from shouwang.flows.sight import areas_for, pack, pack_for
from shouwang.kernel.decision import Decision, Reason

LEAST, EXPORT = "whistle.table.cases", "hazards.export"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A department's numbers; below the least number of calls a share would say nothing, so none is shown."""

    told: Response
    label: str
    enough: bool
    href: str

    def share(self, part: int, whole: int) -> float | None:
        return part / whole if self.enough and whole else None

    @property
    def in_time(self) -> float | None:
        return self.share(self.told.in_time, self.told.owed)

    @property
    def first_time(self) -> float | None:
        return self.share(self.told.first_time, self.told.signed)

    @property
    def median(self) -> float | None:
        return self.told.median if self.enough else None


@signed_in
def whistles(request: HttpRequest, actor: Actor) -> HttpResponse:
    now = timezone.now()
    asked = asked_of(request, now=now)
    stand = standpoint(actor, asked.area, now=now)
    least = least_of(stand, now)
    exporting = f"{reverse('office:whistles_excel')}?{asked.query(view='')}" if areas_for(actor, EXPORT) else ""
    context = {
        "now": now,
        "stand": stand,
        "filters": asked,
        "lines": lines_of(stand, asked, least=least, now=now),
        "least": least,
        "export": exporting,
    }
    return render(request, "office/whistles.html", context)


@signed_in
def workbook(request: HttpRequest, actor: Actor) -> HttpResponse:
    if not areas_for(actor, EXPORT):
        no = Reason("not_held", {"action": EXPORT})
        return refused(request, Decision(False, (no,), (pack().wiring.clauses.summons,)))
    now = timezone.now()
    asked = asked_of(request, now=now)
    stand = standpoint(actor, asked.area, now=now, action=EXPORT)
    lines = lines_of(stand, asked, least=least_of(stand, now), now=now)
    made = BytesIO()
    book = Book(made)
    sheet = book.sheet(_("How departments answered"))
    for row, cells in enumerate(_cells(lines)):
        for column, cell in enumerate(cells):
            if row:
                book.put(sheet, (row, column), cell)
            else:
                sheet.write_string(row, column, str(cell), book.heading(required=False))
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 8, 14)
    book.close()
    name = f"{_('How departments answered')}-{stand.area}-{asked.since}-{asked.until}"
    return handed_over(made.getvalue(), name=name)


def least_of(stand: Standpoint, now: datetime) -> int:
    value = pack_for(stand.area, now=now).value(LEAST, on=timezone.localtime(now).date())
    return int(value.value or 0)


def lines_of(stand: Standpoint, asked: Asked, *, least: int, now: datetime) -> list[Line]:
    """One statement; departments in the order of the pack."""
    rows = in_sight(stand.sight).filter(asked.period, **stand.where)
    found = {one.department: one for one in responses(rows, now=now)}
    order = [code for code in pack().departments if code in found]
    return [_line(found[code], asked, least) for code in [*order, *(found.keys() - set(order))]]


def _line(told: Response, asked: Asked, least: int) -> Line:
    behind = {"view": "all", "department": told.department, "area": asked.area}
    behind |= {"since": asked.since.isoformat(), "until": asked.until.isoformat()}
    return Line(
        told=told,
        label=department_label(told.department),
        enough=told.received >= least,
        href=f"{reverse('office:called')}?{urlencode({k: v for k, v in behind.items() if v})}",
    )


def _cells(lines: Sequence[Line]) -> Iterator[list[Cell]]:
    yield [
        _("Department"), _("Called"), _("To be there by now"), _("There in time"), _("Share in time"),
        _("Median hours to come"), _("Sent back"), _("Rightly, by ruling"), _("Results signed"),
        _("Settled the first time"),
    ]  # fmt: skip
    for line in lines:
        told = line.told
        share = None if line.in_time is None else round(line.in_time, 3)
        yield [
            line.label, told.received, told.owed, told.in_time, share, line.median, told.bounced, told.upheld,
            told.signed, told.first_time,
        ]  # fmt: skip
