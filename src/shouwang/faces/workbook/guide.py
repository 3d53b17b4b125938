"""The sheet that explains a table (填表说明): what each column means, its choices, why it is asked, the clause."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from shouwang.faces.templatetags.words import clause_label, say
from shouwang.faces.workbook.columns import Column
from shouwang.faces.workbook.limits import own_hint, sentence
from shouwang.faces.workbook.writing import Book
from shouwang.policy.record_shapes import Field, RecordType

WIDTHS = (26, 10, 44, 44, 44)


def explain(book: Book, kind: RecordType, columns: Sequence[Column]) -> None:
    sheet = book.sheet(_("How to fill in"))
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, say(kind.label), book.style(bold=True, font_size=14))
    row = 1
    for line in _opening(kind):
        sheet.write_string(row, 0, line, book.style())
        row += 1
    row += 1
    for place, words in enumerate(_headings()):
        sheet.write_string(row, place, words, book.heading(required=False))
    for below, column in enumerate(columns, start=row + 1):
        for place, words in enumerate(_told(column)):
            sheet.write_string(below, place, words, book.style(text_wrap=True))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _opening(kind: RecordType) -> Iterator[str]:
    clauses = ", ".join(dict.fromkeys(clause_label(row) for row in kind.rows_served))
    yield _("Rests on: %(clauses)s") % {"clauses": clauses}
    if kind.help is not None:
        yield say(kind.help)
    yield _("One row is one record. Columns with * must be filled in; the others may be blank or left out.")
    yield _("Headings may stand in any order and in any of the languages. Do not change the heading's words.")
    yield _("Rows that cannot be taken come back in a table of the same shape, each with the reason.")
    if any(paper.required for paper in kind.papers.values()):
        yield _("Papers cannot be sent in a table: attach them to each record after the import.")


def _headings() -> tuple[str, ...]:
    return _("Column"), _("Needed"), _("What to enter"), _("Choices"), _("Why it is asked")


def _told(column: Column) -> tuple[str, ...]:
    needed = _("yes") if column.required else ""
    if column.field is None:
        return column.label, needed, own_hint(column.name), "", ""
    field = column.field
    words = "\n".join(part for part in (sentence(field), say(field.help)) if part)
    choices = "\n".join(say(label) for label in field.choices.values())
    return column.label, needed, words, choices, _why(field)


def _why(field: Field) -> str:
    masked = _("Personal: masked on screens and in exports.") if field.personal else ""
    return "\n".join(part for part in (say(field.why), masked) if part)
