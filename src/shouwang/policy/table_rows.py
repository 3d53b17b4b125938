"""One decision becomes a row of a table (判定表增行), and how one edition differs from another."""

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

from shouwang.kernel.decision import Reason
from shouwang.policy.findings import Findings
from shouwang.policy.spreadsheet import ANSWER, ASKED, as_rows, columns
from shouwang.policy.tables import Edition, Line
from shouwang.policy.text import Text


class Answer(NamedTuple):
    """For one value of one question, one answer: a kind of place and the department that supervises it."""

    question: str
    value: str
    answer: str
    given: str


class Difference(NamedTuple):
    """A row that comes, goes or says something else; `before` or `after` is None where it was not there."""

    before: Line | None
    after: Line | None


def with_answer(
    edition: Edition, told: Answer, *, note: Text, clause: str, source: str, findings: Findings
) -> str:
    """The table as a sheet in codes with a row of its own for `told.value`, taken out of the rows that named it."""
    asked = ASKED + told.question
    kept = []
    for row in as_rows(edition):
        parts = [part.strip() for part in row[asked].split("|")]
        if told.value not in parts:
            kept.append(row)
        elif rest := [part for part in parts if part != told.value]:
            kept.append({**row, asked: " | ".join(rest)})
    names = columns(edition)
    if sum(told.value in row[asked] for row in kept):
        findings.error("sheet", "a row excludes this value; change the table itself", Reason("sheet_row_complex"))
    added = {name: "-" if name.startswith(ASKED) else "" for name in names} | {
        "id": f"local_{told.value}",
        asked: told.value,
        ANSWER + told.answer: told.given,
        "clause": clause,
        "provenance": "local",
        "source": source,
        "note.zh": note.zh,
        "note.ko": note.ko,
        "note.en": note.en,
    }
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=names, lineterminator="\n")
    writer.writeheader()
    writer.writerows([*kept, added])
    return out.getvalue()


def differences(before: Edition, after: Edition) -> list[Difference]:
    """Row by row, by their numbers, in the order of the newer edition; rows that went come last."""
    old, new = _by_id(before.lines), _by_id(after.lines)
    found = [Difference(old.get(name), line) for name, line in new.items() if old.get(name) != line]
    return [*found, *(Difference(line, None) for name, line in old.items() if name not in new)]


def _by_id(lines: Sequence[Line]) -> dict[str, Line]:
    return {line.id: line for line in lines}
