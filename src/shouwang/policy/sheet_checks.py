"""Checks a sheet edited outside as if it already stood in its table (表格检查)."""

from dataclasses import replace

from shouwang.kernel.decision import Reason
from shouwang.policy.findings import Findings
from shouwang.policy.pack import Pack
from shouwang.policy.source_checks import check_line
from shouwang.policy.spreadsheet import from_csv
from shouwang.policy.table_checks import check_table
from shouwang.policy.tables import Edition, Table


def check_sheet(table: Table, edition: Edition, text: str, findings: Findings, *, pack: Pack) -> None:
    found = replace(edition, lines=from_csv(edition, text, findings))
    check_edition(table, found, findings, pack=pack)


def check_edition(table: Table, edition: Edition, findings: Findings, *, pack: Pack) -> None:
    """Whether an edition's rows name their sources, have words and tell every case apart."""
    if not edition.lines:
        findings.error("sheet", "has no rows", Reason("sheet_empty"))
        return
    for line in edition.lines:
        check_line(f"sheet row {line.id}", line, cited=pack.cited, findings=findings)
        for tag in line.note.blanks(pack.languages):
            lacking = Reason("sheet_words_missing", {"line": line.id})
            findings.error(f"sheet row {line.id}", f"the note has no words in '{tag}'", lacking)
    check_table(replace(table, editions=(edition,)), findings)
