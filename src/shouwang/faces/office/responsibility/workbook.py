"""The page as a workbook (导出): the table, every body with every requirement, and who holds which post."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO
from uuid import UUID

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import paths
from shouwang.domains.duties.completeness import STATES, behind
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.in_post import in_post_under
from shouwang.faces.doors import signed_in
from shouwang.faces.office.responsibility.page import MANY, Wanted, look
from shouwang.faces.office.responsibility.remedies import remedies
from shouwang.faces.office.responsibility.standing import Stand, stand_of
from shouwang.faces.office.responsibility.table import Line
from shouwang.faces.templatetags.responsibility import state_word, whys
from shouwang.faces.templatetags.words import clause_label, department_label, level_label, post_label, say
from shouwang.flows.sight import pack_for
from shouwang.kernel.codes import level_of
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Duty
from shouwang.policy.responsibility import requirements

PAGE, MOST = 2_000, 40_000
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = Sequence[str | int]


@signed_in
def workbook(request: HttpRequest, actor: Actor) -> HttpResponse:
    now, stand = timezone.now(), stand_of(actor, request.GET.get("area", ""))
    on, pack = timezone.localdate(now), pack_for(stand.area, now=now)
    seen = look(stand, pack, Wanted(limit=MANY), remedies(actor, pack), on=on)
    sheets = {
        _("What each area has"): _matrix(seen["lines"], seen["duties"]),
        _("Each body"): _bodies(stand, pack),
        _("Posts held"): _posts(stand, on),
    }
    response = HttpResponse(_written(sheets), content_type=WORKBOOK)
    response.headers["Content-Disposition"] = f'attachment; filename="responsibility-{stand.area}-{on}.xlsx"'
    return response


def _matrix(lines: Sequence[Line], duties: Sequence[Duty]) -> Iterator[Row]:
    yield [_("Area"), _("There"), _("Must have"), *(say(duty.label) for duty in duties)]
    for line in lines:
        cells = (_cell(cell.count.there, cell.count.owed) for cell in line.cells)
        yield [line.place.name, line.whole.there, line.whole.owed, *cells]


def _cell(there: int, owed: int) -> str:
    return f"{there}/{owed}" if owed else ""


def _bodies(stand: Stand, pack: Pack) -> Iterator[Row]:
    yield [_("Area"), _("Area code"), _("Level"), _("What must be there"), _("Clause"), _("State"), _("Why")]
    known = {duty.id: duty for duty in requirements(pack)}
    after: tuple[str, UUID] | None = None
    for _page in range(0, MOST, PAGE):
        rows = behind(
            stand.known_areas,
            duties=list(known), states=list(STATES), counties=stand.counties, limit=PAGE, after=after,
        )  # fmt: skip
        places = paths({one.region for one in rows})
        for one in rows:
            duty, level = known[one.duty], level_label(level_of(one.region))
            yield [places[one.region], one.region, level, say(duty.label), clause_label(duty.row),
                   state_word(one.state), "; ".join(whys(one.reasons))]  # fmt: skip
        if len(rows) < PAGE:
            return
        after = (rows[-1].region, rows[-1].id)


def _posts(stand: Stand, on: date) -> Iterator[Row]:
    yield [
        _("Area"),
        _("Area code"),
        _("Post"),
        _("Department"),
        _("Name"),
        _("Since"),
        _("Until"),
        _("Deputy now"),
    ]
    found = in_post_under(stand.seen_areas, on=on, limit=MOST)
    places = paths({one.region for one in found})
    for one in found:
        department = department_label(one.department) if one.department else ""
        yield [places[one.region], one.region, post_label(one.kind), department, one.name,
               str(one.since), str(one.until or ""), one.deputy]  # fmt: skip


def _written(sheets: dict[str, Iterable[Row]]) -> bytes:
    """Every text goes in as text, so that none of it runs as a formula."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name[:31])
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, 0, 30)
            sheet.set_column(1, 60, 15)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    if isinstance(value, int):
                        sheet.write_number(number, place, value)
                    else:
                        sheet.write_string(number, place, value, heading if number == 0 else None)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
    return made.getvalue()
