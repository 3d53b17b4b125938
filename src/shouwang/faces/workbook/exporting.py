"""Export (导出): the list as it is filtered, as a table that says who took it out, when and by which filter."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import IO, Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from xlsxwriter.worksheet import Worksheet

from shouwang.domains.areas.queries import name_of, paths
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.records.filters import Filters, filters
from shouwang.faces.refusals import refused
from shouwang.faces.templatetags.words import pack, post_label, say
from shouwang.faces.workbook.columns import BODY, EXTERNAL, PERIOD, Column, columns_of
from shouwang.faces.workbook.handing_over import named_table
from shouwang.faces.workbook.template import headed, mark
from shouwang.faces.workbook.writing import Book, cell_of
from shouwang.flows.export_records import MOST, export_records
from shouwang.flows.refusal import NotSeen, Refused
from shouwang.policy.record_shapes import RecordType

KEPT = 8 * 1024 * 1024
OWN = "="


@require_GET
@signed_in
def export(request: HttpRequest, actor: Actor, type_id: str) -> HttpResponseBase:
    kind, now = pack().records.get(type_id), timezone.now()
    if kind is None:
        raise Http404
    asked = filters(request, pack(), kind, today=timezone.localdate(now))
    out = tempfile.SpooledTemporaryFile(max_size=KEPT)
    try:
        _write(out, actor, kind, asked, now=now)
    except Refused as refusal:
        return refused(request, refusal.decision)
    except NotSeen:
        raise Http404 from None
    out.seek(0)
    return named_table(FileResponse(out), name=f"{say(kind.label)} {timezone.localtime(now):%Y-%m-%d}")


def _write(out: IO[bytes], actor: Actor, kind: RecordType, asked: Filters, *, now: datetime) -> None:
    """The whole table; what was begun is thrown away when the ledger cannot keep that it left."""
    book = Book(out, streamed=True)
    sheet = book.sheet(say(kind.label))
    watermark = _watermark(actor, asked, now=now)
    sheet.write_string(0, 0, watermark, book.style(italic=True, font_color="#545C66"))
    sheet.set_footer(f"&L{watermark[:180].replace('&', '&&')}&R&P / &N")
    columns = [*columns_of(kind, None), *_added()]
    table = _Table(book, sheet, columns, kind, row=headed(book, sheet, columns, top=1))
    done = export_records(actor, asked.wanted, table.write, now=now)
    if done.more:
        words = _("Only the newest %(n)s are in this table: narrow the filters for the rest.") % {"n": MOST}
        sheet.write_string(table.row, 0, words, book.style(bold=True))
    mark(book, kind, kind.version)
    book.close()


class _Table:
    """Rows of the table, as pages of the list come in."""

    def __init__(
        self, book: Book, sheet: Worksheet, columns: Sequence[Column], kind: RecordType, *, row: int
    ) -> None:
        self.book, self.sheet, self.columns, self.kind, self.row = book, sheet, columns, kind, row

    def write(self, rows: Sequence[Mapping[str, Any]]) -> None:
        areas = [name for name, field in self.kind.fields.items() if field.type == "area"]
        named = paths(
            {row["region"] for row in rows}
            | {str(row["values"][name]) for row in rows for name in areas if row["values"].get(name)}
        )
        for row in rows:
            for place, column in enumerate(self.columns):
                cell, field = self._cell(row, column, named), column.field
                masked = field is not None and field.personal
                self.book.put(self.sheet, (self.row, place), cell, None if masked else field)
            self.row += 1

    def _cell(self, row: Mapping[str, Any], column: Column, named: Mapping[str, str]) -> Any:
        if column.field is not None:
            value = row["values"].get(column.name)
            return value if column.field.personal else cell_of(column.field, value, areas=named)
        own = {
            BODY: f"{row['region']} {named[row['region']]}",
            PERIOD: row["period"],
            EXTERNAL: "" if row["external_id"].startswith(OWN) else row["external_id"],
            "@state": say(pack().wordings[row["state"]]),
            "@entered": f"{timezone.localtime(row['entered_at']):%Y-%m-%d %H:%M}",
        }
        return own[column.name]


def _added() -> list[Column]:
    """What an export tells besides what an import takes."""
    told = {"@state": _("State"), "@entered": _("Entered")}
    return [Column(name=name, label=label, known_as=frozenset()) for name, label in told.items()]


def _watermark(actor: Actor, asked: Filters, *, now: datetime) -> str:
    told = [f"{ask.label}: {dict(ask.options).get(ask.value, ask.value)}" for ask in asked.asks if ask.value]
    if asked.area:
        told.insert(0, name_of(asked.area))
    words = {
        "who": actor.name,
        "post": post_label(actor.posts[0].kind) if actor.posts else "",
        "when": f"{timezone.localtime(now):%Y-%m-%d %H:%M}",
        "filter": "; ".join(told) or _("none"),
    }
    return _("Taken out by %(who)s (%(post)s) on %(when)s. Filter: %(filter)s. Personal details are masked.") % words
