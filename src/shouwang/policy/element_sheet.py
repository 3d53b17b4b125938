"""The elements of a standard as a plain list (要素清单), for whoever holds its text: each is a question to tick."""

import csv
import io
import re
from collections.abc import Mapping
from datetime import date

from shouwang.kernel.decision import Reason
from shouwang.policy.cells import parse
from shouwang.policy.findings import Findings
from shouwang.policy.tables import Edition, Input, Line, Output, Table
from shouwang.policy.text import Text

COLUMNS = ("id", "class", "section", "zh", "ko", "en")
NEEDED = ("id", "class", "zh")
ID = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
MOST = 200
# How the standard sorts its elements; it decides how many of them make a hazard major.
CLASS = Output(
    "class",
    Text(zh="要素类别", ko="요소류별", en="Class"),
    ("direct", "comprehensive", "evacuation"),
)


def empty_sheet() -> str:
    """The headings of a list to fill in; UTF-8 text whose first sign tells Excel so."""
    return "\ufeff" + ",".join(COLUMNS) + "\n"


def is_element_sheet(text: str) -> bool:
    return text.removeprefix("\ufeff").partition("\n")[0].strip() == ",".join(COLUMNS)


def edition_of(table: Table, text: str, *, since: date, classes: Output, findings: Findings) -> Edition:
    """The edition a list makes: a yes-or-no question and a row for each element. Odd cells become findings."""
    unset = table.edition(since)
    source = unset.source if unset else ""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    rows = [row for row in reader if any((cell or "").strip() for cell in row.values() if isinstance(cell, str))]
    if not 0 < len(rows) <= MOST:
        text = f"has {len(rows)} elements; 1 to {MOST} can be read"
        findings.error("sheet", text, Reason("sheet_elements", {"n": len(rows), "most": MOST}))
        rows = []
    seen: set[str] = set()
    inputs, lines = [], []
    for number, row in enumerate(rows, start=2):
        where = f"sheet line {number}"
        if _is_sound(where, row, classes, seen, findings):
            inputs.append(Input(row["id"].strip(), "bool", _label(row)))
            lines.append(_line(table, row, source))
    return Edition(since, None, tuple(inputs), (classes,), tuple(lines), source=source)


def _is_sound(
    where: str, row: Mapping[str, str], classes: Output, seen: set[str], findings: Findings
) -> bool:
    told = {name: (row.get(name) or "").strip() for name in COLUMNS}
    faults = [
        (f"column '{name}' is empty", Reason("sheet_cell_empty", {"column": name}))
        for name in NEEDED
        if not told[name]
    ]
    if told["id"] and not ID.match(told["id"]):
        text = f"id '{told['id']}' must be small letters, digits and _, at most 40"
        faults.append((text, Reason("sheet_id_odd", {"typed": told["id"]})))
    if told["id"] in seen:
        faults.append((f"id '{told['id']}' stands twice", Reason("sheet_row_twice", {"line": told["id"]})))
    if told["class"] and told["class"] not in classes.allowed:
        text = f"class '{told['class']}' is not one of {', '.join(classes.allowed)}"
        faults.append((text, Reason("sheet_value_odd", {"column": "class", "typed": told["class"]})))
    seen.add(told["id"])
    for text, reason in faults:
        findings.error(where, text, reason)
    return not faults


def _label(row: Mapping[str, str]) -> Text:
    zh = row["zh"].strip()
    # Who enters a Chinese standard need not translate it: the Chinese words stand until somebody does.
    return Text(zh=zh, ko=(row.get("ko") or "").strip() or zh, en=(row.get("en") or "").strip() or zh)


def _line(table: Table, row: Mapping[str, str], source: str) -> Line:
    name, section = row["id"].strip(), (row.get("section") or "").strip()
    return Line(
        id=name,
        cells={name: parse(True, "bool")},
        then={"class": row["class"].strip()},
        clause=table.clause,
        provenance="standard",
        source=f"{source} {section}".strip(),
        mark="",
        note=_label(row),
    )
