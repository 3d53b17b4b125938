"""Checks a sheet edited outside as if it already stood in its table (表格检查)."""

from collections.abc import Iterable
from dataclasses import replace

from shouwang.policy.findings import Findings
from shouwang.policy.source_checks import check_line
from shouwang.policy.spreadsheet import from_csv
from shouwang.policy.table_checks import check_table
from shouwang.policy.tables import Edition, Table


def check_sheet(
    table: Table, edition: Edition, text: str, findings: Findings, *, languages: Iterable[str]
) -> None:
    lines = from_csv(edition, text, findings)
    if not lines:
        findings.error("sheet", "has no rows")
        return
    for line in lines:
        check_line(f"sheet row {line.id}", line, findings=findings)
        for tag in line.note.blanks(languages):
            findings.error(f"sheet row {line.id}", f"the note has no words in '{tag}'")
    check_table(replace(table, editions=(replace(edition, lines=lines),)), findings)
