"""From the YAML form of a decision table to the table itself; every odd cell becomes a finding."""

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from msgspec import Struct, field

from shouwang.kernel.decision import Reason
from shouwang.policy.cells import BadCell, Cell, parse
from shouwang.policy.findings import Findings
from shouwang.policy.tables import Edition, Input, Line, Output, Table
from shouwang.policy.text import Text
from shouwang.policy.vocabulary import HitPolicy, InputType, Provenance, Scalar

Lists: TypeAlias = Mapping[str, tuple[str, ...]]
Columns: TypeAlias = tuple[tuple[Input, ...], tuple[Output, ...]]


class RawColumn(Struct, frozen=True, forbid_unknown_fields=True):
    """``of`` names a list of the pack (kinds, sites, departments …), so that the two cannot drift apart."""

    name: str
    label: Text
    type: InputType = "enum"
    values: tuple[str, ...] = ()
    of: str = ""
    min: int | None = None
    max: int | None = None


class RawLine(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    then: dict[str, Scalar]
    clause: str
    provenance: Provenance
    note: Text
    when: dict[str, Scalar | None] = field(default_factory=dict)
    source: str = ""
    mark: str = ""


class RawEdition(Struct, frozen=True, forbid_unknown_fields=True):
    since: date
    until: date | None = None
    unset: bool = False
    source: str = ""
    sheet: str = ""
    inputs: tuple[RawColumn, ...] = ()
    outputs: tuple[RawColumn, ...] = ()
    rows: tuple[RawLine, ...] = ()


class RawTable(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    hit: HitPolicy
    label: Text
    clause: str
    keeper: str
    versions: tuple[RawEdition, ...]


def table(where: str, raw: RawTable, lists: Lists, findings: Findings) -> Table:
    editions = tuple(_edition(f"{where} since {one.since}", one, lists, findings) for one in raw.versions)
    return Table(raw.id, raw.hit, raw.label, raw.clause, raw.keeper, editions)


def _edition(where: str, raw: RawEdition, lists: Lists, findings: Findings) -> Edition:
    inputs = tuple(
        Input(one.name, one.type, one.label, _allowed(where, one, lists, findings), one.min, one.max)
        for one in raw.inputs
    )
    outputs = tuple(Output(one.name, one.label, _allowed(where, one, lists, findings)) for one in raw.outputs)
    lines = read_lines(where, raw.rows, (inputs, outputs), findings)
    return Edition(raw.since, raw.until, inputs, outputs, lines, raw.unset, raw.source, raw.sheet)


def read_lines(
    where: str, raws: tuple[RawLine, ...], columns: Columns, findings: Findings
) -> tuple[Line, ...]:
    return tuple(_line(f"{where} row {one.id}", one, columns, findings) for one in raws)


def _allowed(where: str, column: RawColumn, lists: Lists, findings: Findings) -> tuple[str, ...]:
    if not column.of:
        return column.values
    if column.of not in lists:
        findings.error(where, f"column '{column.name}' takes its values from an unknown list '{column.of}'")
    return lists.get(column.of, ()) + column.values


def _line(where: str, raw: RawLine, columns: Columns, findings: Findings) -> Line:
    inputs, outputs = columns
    cells = {one.name: _cell(where, one, raw.when.get(one.name), findings) for one in inputs}
    for name in raw.when.keys() - cells.keys():
        findings.error(where, f"'{name}' is not a column of the table")
    for name in raw.then.keys() - {one.name for one in outputs}:
        findings.error(where, f"'{name}' is not an answer of the table")
    for one in outputs:
        _answer(where, one, raw.then.get(one.name), findings)
    return Line(raw.id, cells, raw.then, raw.clause, raw.provenance, raw.source, raw.mark, raw.note)


def _cell(where: str, column: Input, raw: Scalar | None, findings: Findings) -> Cell:
    try:
        cell = parse(raw, column.type)
    except BadCell as error:
        code = "sheet_value_odd" if column.type == "enum" else "sheet_cell_odd"
        odd = Reason(code, {"column": column.name, "typed": str(raw)})
        findings.error(where, f"column '{column.name}': {error}", odd)
        return Cell("-")
    if column.type == "enum":
        for part in cell.parts:
            value = getattr(part, "value", None)
            if value not in column.allowed:
                odd = Reason("sheet_value_odd", {"column": column.name, "typed": str(value)})
                findings.error(where, f"column '{column.name}': '{value}' is not one of its values", odd)
    return cell


def _answer(where: str, column: Output, value: Scalar | None, findings: Findings) -> None:
    if value is None:
        lacking = Reason("sheet_answer_missing", {"column": column.name})
        findings.error(where, f"gives no answer for '{column.name}'", lacking)
    elif column.allowed and value not in column.allowed:
        text = f"answer '{value}' is not one of {', '.join(column.allowed)} for '{column.name}'"
        findings.error(where, text, Reason("sheet_value_odd", {"column": column.name, "typed": str(value)}))
