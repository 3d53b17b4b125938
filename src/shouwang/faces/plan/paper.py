"""The plan on paper and as a table (打印、Excel): the same lines as on the page."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from shouwang.domains.areas.history import path_on
from shouwang.domains.duties.plans import versions
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.queries import names
from shouwang.faces.doors import signed_in
from shouwang.faces.plan.pages import state_words
from shouwang.faces.plan.sheet import Line, Part, parts
from shouwang.faces.templatetags.words import clause_label
from shouwang.flows.see_plans import may_see_plan

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (6, 42, 12, 16, 12, 12, 12, 12, 22, 16, 30)


def _day_of(plan: Any) -> date:
    """The day whose names stand on it: of its approval, or today while it is a draft."""
    return timezone.localdate(plan.approved_at or timezone.now())


@signed_in
def printed(request: HttpRequest, actor: Actor, region: str, year: int) -> HttpResponse:
    """A4, ready for the printer."""
    plan = _plan(request, actor, region, year)
    context = {
        "now": timezone.now(),
        "plan": plan,
        "path": path_on(region, _day_of(plan)),
        "parts": parts(plan),
        "state": state_words(plan),
        "approver": names({plan.approved_by}).get(plan.approved_by, ""),
    }
    return render(request, "plan/print.html", context)


@signed_in
def workbook(request: HttpRequest, actor: Actor, region: str, year: int) -> HttpResponse:
    """The same as a table for Excel; text stays text, whatever it begins with."""
    plan = _plan(request, actor, region, year)
    response = HttpResponse(written(plan, path_on(region, _day_of(plan)), parts(plan)), content_type=EXCEL)
    name = f"plan-{region}-{year}-v{plan.version}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def written(plan: Any, path: str, found: Sequence[Part]) -> bytes:
    buffer = io.BytesIO()
    with Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(str(plan.year))
        bold, wrapped = (
            book.add_format({"bold": True, "text_wrap": True}),
            book.add_format({"text_wrap": True}),
        )
        title = _("Yearly plan %(year)s, version %(version)s (%(state)s)")
        told = {"year": plan.year, "version": plan.version, "state": state_words(plan)}
        sheet.write_string(0, 0, f"{path} {title % told}", book.add_format({"bold": True, "font_size": 14}))
        for column, (heading, width) in enumerate(zip(headings(), WIDTHS, strict=True)):
            sheet.write_string(1, column, heading, bold)
            sheet.set_column(column, column, width)
        lines = [line for part in found for line in part.lines]
        for number, line in enumerate(lines, start=1):
            sheet.write_number(number + 1, 0, number)
            for column, text in enumerate(_cells(line), start=1):
                sheet.write_string(number + 1, column, text, wrapped)
        sheet.freeze_panes(2, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
    return buffer.getvalue()


def headings() -> list[str]:
    return [
        _("No."), _("Item"), _("Clause"), _("Period"), _("From"), _("Until"), _("Planned day"), _("Person"),
        _("What proves it"), _("Progress"), _("Note"),
    ]  # fmt: skip


def _cells(line: Line) -> list[str]:
    note = "; ".join(part for part in (line.note, *line.unsure) if part)
    clause = clause_label(line.row) if line.row else ""
    return [
        line.label, clause, line.period, line.first, line.last, line.day, line.person, line.proof, line.done, note,
    ]  # fmt: skip


def _plan(request: HttpRequest, actor: Actor, region: str, year: int) -> Any:
    every = versions(region, year) if may_see_plan(actor, region) else []
    asked = request.GET.get("version", "")
    found = next((one for one in every if str(one.version) == asked), every[0] if every else None)
    if found is None:
        raise Http404
    return found
