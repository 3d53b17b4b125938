"""The columns of a record type's sheet (列): what stands over each, in any language, and which field it fills."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from shouwang.faces.templatetags.words import say
from shouwang.faces.workbook.opening import Cell
from shouwang.policy.record_shapes import Field, RecordType
from shouwang.policy.text import Text
from shouwang.rules.forgiving import alike, tidy

BODY, PERIOD, EXTERNAL, REASONS = "@body", "@period", "@external", "@reasons"
# A heading stands near the top, below a title or two at most.
SEARCHED = 20
STARRED = "*＊"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its machine name, its heading in the reader's language and every heading it is known by."""

    name: str
    label: str
    known_as: frozenset[str]
    field: Field | None = None
    required: bool = False

    @property
    def heading(self) -> str:
        return f"{self.label} *" if self.required else self.label


def _body() -> str:
    return gettext("Body (name or area code)")


def _period() -> str:
    return gettext("Period")


def _external() -> str:
    return gettext("Number in the other system")


def _reasons() -> str:
    return gettext("Why this row was not taken")


def columns_of(kind: RecordType, version: int | None) -> list[Column]:
    """Body, period if the type has one, the fields of a version (of all, for None), and the number elsewhere."""
    fields = kind.fields if version is None else kind.fields_of(version)
    columns = [_own(BODY, _body, required=True)]
    if kind.every is not None:
        columns.append(_own(PERIOD, _period))
    columns += [_filled(name, field) for name, field in fields.items()]
    return [*columns, _own(EXTERNAL, _external)]


def reasons_column() -> Column:
    return _own(REASONS, _reasons)


def _own(name: str, words: Callable[[], str], *, required: bool = False) -> Column:
    known = {alike(name), alike(words())}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            known.add(alike(words()))
    return Column(name=name, label=words(), known_as=frozenset(known), required=required)


def _filled(name: str, field: Field) -> Column:
    known = frozenset(map(alike, (name, *_in_all(field.label))))
    return Column(name=name, label=say(field.label), known_as=known, field=field, required=field.required)


def _in_all(text: Text) -> list[str]:
    return [words for words in (text.zh, text.ko, text.en) if words]


@dataclass(frozen=True, kw_only=True)
class Heading:
    """Where each column stands, the headings nobody knows, and the first row of data; places count from 0."""

    places: dict[str, int]
    others: dict[int, str]
    twice: tuple[str, ...]
    after: int


def heading_of(rows: Sequence[Sequence[Cell]], columns: Sequence[Column]) -> Heading | None:
    """The heading of a sheet: the row that knows most columns; the machine's own row wins over labels."""
    known = {word: column.name for column in reversed(columns) for word in column.known_as}
    known |= {alike(column.name): column.name for column in columns}
    told = [[known.get(_bare(cell), "") for cell in row] for row in rows[:SEARCHED]]
    best = max(range(len(told)), key=lambda number: sum(map(bool, told[number])), default=None)
    if best is None or not any(told[best]):
        return None
    last = best
    while last + 1 < len(told) and _is_heading(told[last + 1], rows[last + 1]):
        last += 1
    names = [name for name in told[best] if name]
    places: dict[str, int] = {}
    for place, name in enumerate(told[best]):
        if name:
            places.setdefault(name, place)
    others = {
        place: tidy(cell) for place, cell in enumerate(rows[last]) if tidy(cell) and not told[best][place]
    }
    twice = tuple(dict.fromkeys(name for name in names if names.count(name) > 1))
    return Heading(places=places, others=others, twice=twice, after=last + 1)


def _is_heading(told: Sequence[str], row: Sequence[Cell]) -> bool:
    """The labels below the machine's row; a row of data never knows most of its cells as headings."""
    filled = sum(1 for cell in row if tidy(cell))
    return filled > 0 and 2 * sum(map(bool, told)) > filled


def _bare(cell: Cell) -> str:
    return alike(tidy(cell).rstrip(STARRED))
