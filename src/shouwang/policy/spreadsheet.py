"""A decision table as a sheet, a column for each question, so that officials edit it in Excel (表格)."""

import csv
import io
from collections.abc import Mapping, Sequence

from shouwang.kernel.decision import Reason
from shouwang.policy.findings import Findings
from shouwang.policy.table_reading import RawLine, read_lines
from shouwang.policy.tables import Edition, Line
from shouwang.policy.text import Text
from shouwang.policy.vocabulary import Scalar

ASKED, ANSWER = "? ", "= "
FIXED = ("id", "clause", "provenance", "source", "mark", "note.zh", "note.ko", "note.en")


def as_rows(edition: Edition) -> list[dict[str, str]]:
    return [_row(edition, line) for line in edition.lines]


def to_csv(edition: Edition) -> str:
    """UTF-8 text whose first sign tells Excel so."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=columns(edition), lineterminator="\n")
    writer.writeheader()
    writer.writerows(as_rows(edition))
    return "\ufeff" + out.getvalue()


def decoded(content: bytes) -> str:
    """Excel on a Chinese machine saves a sheet in GB 18030 unless told otherwise."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def from_csv(edition: Edition, text: str, findings: Findings) -> tuple[Line, ...]:
    """The lines of a sheet under the columns of an edition; every odd cell becomes a finding."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    given, wanted = reader.fieldnames or (), columns(edition)
    for name in wanted:
        if name not in given:
            findings.error(
                "sheet", f"column '{name}' is missing", Reason("sheet_column_missing", {"column": name})
            )
    for name in given:
        if name not in wanted:
            findings.error(
                "sheet", f"column '{name}' is not one of the table's", Reason("sheet_column_odd", {"column": name})
            )
    if set(given) != set(wanted):
        return ()
    raws = tuple(_raw(edition, row, f"sheet line {reader.line_num}", findings) for row in reader)
    return read_lines("sheet", tuple(raw for raw in raws if raw), (edition.inputs, edition.outputs), findings)


def columns(edition: Edition) -> list[str]:
    asked = [ASKED + one.name for one in edition.inputs]
    return ["id", *asked, *(ANSWER + one.name for one in edition.outputs), *FIXED[1:]]


def _row(edition: Edition, line: Line) -> dict[str, str]:
    asked = {ASKED + name: cell.text for name, cell in line.cells.items()}
    answers = {ANSWER + one.name: _said(line.then.get(one.name, "")) for one in edition.outputs}
    note = {"note.zh": line.note.zh, "note.ko": line.note.ko, "note.en": line.note.en}
    origin = {"provenance": line.provenance, "source": line.source, "mark": line.mark}
    return {"id": line.id, **asked, **answers, "clause": line.clause, **origin, **note}


def _said(value: Scalar) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _raw(edition: Edition, row: Mapping[str, str], where: str, findings: Findings) -> RawLine | None:
    lacking = [name for name in ("id", "clause", "provenance") if not (row[name] or "").strip()]
    for name in lacking:
        findings.error(where, f"column '{name}' is empty", Reason("sheet_cell_empty", {"column": name}))
    if row["provenance"] not in ("plan", "standard", "local", "default"):
        findings.error(where, f"provenance '{row['provenance']}' is not plan, standard, local or default")
        return None
    if lacking:
        return None
    return RawLine(
        id=row["id"].strip(),
        when={one.name: row[ASKED + one.name] or "-" for one in edition.inputs},
        then=_answers(edition, row),
        clause=row["clause"].strip(),
        provenance=row["provenance"],  # type: ignore[arg-type]  # checked above
        source=row["source"],
        mark=row["mark"],
        note=Text(zh=row["note.zh"], ko=row["note.ko"], en=row["note.en"]),
    )


def _answers(edition: Edition, row: Mapping[str, str]) -> dict[str, Scalar]:
    names: Sequence[str] = [one.name for one in edition.outputs]
    return {name: row[ANSWER + name] for name in names if row[ANSWER + name]}
