"""A decision table in the words of its readers, and back into its codes: what an office edits (表格文字)."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shouwang.kernel.decision import Reason
from shouwang.policy.element_sheet import CLASS
from shouwang.policy.element_sheet import COLUMNS as ELEMENT_COLUMNS
from shouwang.policy.findings import Findings
from shouwang.policy.pack import Pack
from shouwang.policy.spreadsheet import ANSWER, ASKED, as_rows, columns
from shouwang.policy.tables import Edition, Input, Output
from shouwang.policy.text import Text

ID = Text(zh="编号", ko="번호", en="Row")
CLAUSE = Text(zh="条目", ko="조목", en="Clause")
NOTES = {
    "note.zh": Text(zh="说明(中文)", ko="설명(중문)", en="Words (zh)"),
    "note.ko": Text(zh="说明(朝文)", ko="설명(조선문)", en="Words (ko)"),
    "note.en": Text(zh="说明(英文)", ko="설명(영문)", en="Words (en)"),
}
ELEMENTS = {
    "id": ID,
    "class": Text(zh="类别", ko="류별", en="Class"),
    "section": Text(zh="标准条号", ko="표준 조항", en="Section"),
    "zh": Text(zh="要素(中文)", ko="요소(중문)", en="Element (zh)"),
    "ko": Text(zh="要素(朝文)", ko="요소(조선문)", en="Element (ko)"),
    "en": Text(zh="要素(英文)", ko="요소(영문)", en="Element (en)"),
}
ANSWERED = Text(zh="结果：{0}", ko="결과: {0}", en="Answer: {0}")
YES = {"yes": Text(zh="是", ko="예", en="yes"), "no": Text(zh="否", ko="아니", en="no")}
NOT = Text(zh="非({0})", ko="제외({0})", en="not({0})")
_NEGATED = re.compile(r"^(?:非|제외|not)\s*[(（](.*)[)）]$", re.IGNORECASE)
KEPT = ("provenance", "source", "mark")
Grid = Sequence[Sequence[str]]


class Words(NamedTuple):
    """What the codes of one column are called; read back in any language, or as the code itself."""

    shown: Mapping[str, Text]

    def said(self, code: str, language: str) -> str:
        return self.shown[code].in_(language) if code in self.shown else code

    def code(self, typed: str) -> str:
        plain = typed.strip()
        return next(
            (code for code, text in self.shown.items() if plain in (text.zh, text.ko, text.en)), plain
        )


def grid_of(pack: Pack, edition: Edition, language: str) -> list[list[str]]:
    """The heading and the rows of a table in a language."""
    heads, words = _heads(edition, language), _words(pack, edition)
    names = _shown(edition)
    rows = [[_worded(name, row[name], words, language) for name in names] for row in as_rows(edition)]
    return [heads, *rows]


def cell_words(pack: Pack, edition: Edition, column: str, text: str, language: str) -> str:
    """One cell or answer of a column in words."""
    words = _words(pack, edition)
    name = ASKED + column if ASKED + column in words else ANSWER + column
    return _worded(name, text, words, language)


def element_grid(language: str) -> list[list[str]]:
    return [[ELEMENTS[name].in_(language) for name in ELEMENT_COLUMNS]]


def coded(pack: Pack, standing: Edition, grid: Grid, *, source: str, findings: Findings) -> str:
    """The sheet in codes, as `read_edition` takes it; a row that says anything new rests on `source`."""
    names = _names_of(grid, _named(standing), findings)
    if not names:
        return ""
    words = _words(pack, standing)
    shipped = {row["id"]: row for row in as_rows(standing)}
    rows = []
    for given in grid[1:]:
        cells = {name: text.strip() for name, text in zip(names, given, strict=False) if name}
        if any(cells.values()):
            row = {name: _coded(name, text, words) for name, text in cells.items()}
            rows.append(_with_origin(row, shipped.get(row.get("id", "")), source))
    return _csv(columns(standing), rows)


def coded_elements(pack: Pack, grid: Grid, *, findings: Findings) -> str:
    """A list of elements in codes; one without a number of its own gets that of its line."""
    names = _names_of(grid, {text: name for name, text in ELEMENTS.items()}, findings)
    if not names:
        return ""
    classes = Words({code: pack.wordings[code] for code in CLASS.allowed if code in pack.wordings})
    rows = []
    for number, given in enumerate(grid[1:], start=1):
        row = {name: text.strip() for name, text in zip(names, given, strict=False) if name}
        if any(row.values()):
            rows.append({**row, "id": row.get("id") or f"e{number}", "class": classes.code(row.get("class", ""))})
    return _csv(ELEMENT_COLUMNS, rows)


def _shown(edition: Edition) -> list[str]:
    return [name for name in columns(edition) if name not in KEPT]


def _named(edition: Edition) -> dict[Text, str]:
    """What each column of a sheet is called."""
    asked = {one.label: ASKED + one.name for one in edition.inputs}
    answers = {_answer_label(one): ANSWER + one.name for one in edition.outputs}
    return {ID: "id", **asked, **answers, CLAUSE: "clause", **{text: name for name, text in NOTES.items()}}


def _answer_label(one: Output) -> Text:
    return Text(
        zh=ANSWERED.zh.format(one.label.zh), ko=ANSWERED.ko.format(one.label.ko),
        en=ANSWERED.en.format(one.label.en),
    )  # fmt: skip


def _heads(edition: Edition, language: str) -> list[str]:
    labels = {name: text.in_(language) for text, name in _named(edition).items()}
    return [labels[name] for name in _shown(edition)]


def _words(pack: Pack, edition: Edition) -> dict[str, Words]:
    found: dict[str, Words] = {}
    for one in edition.inputs:
        found[ASKED + one.name] = Words(YES if one.type == "bool" else _labels(pack, one))
    for answer in edition.outputs:
        found[ANSWER + answer.name] = Words({**_labels(pack, answer), **YES})
    return found


def _labels(pack: Pack, column: Input | Output) -> dict[str, Text]:
    """The labels of a column's values: those of the pack's list that holds them all, else the pack's wordings."""
    lists: Iterable[Mapping[str, Text]] = (
        pack.grades, pack.levels, _texts(pack.sites), _texts(pack.kinds), _texts(pack.departments),
    )  # fmt: skip
    known = [code for code in column.allowed if code not in YES]
    for labels in (*lists, pack.wordings):
        if known and all(code in labels for code in known):
            return {code: labels[code] for code in known}
    return {code: pack.wordings[code] for code in known if code in pack.wordings}


def _texts(things: Mapping[str, object]) -> dict[str, Text]:
    return {code: getattr(thing, "label") for code, thing in things.items()}  # noqa: B009


def _worded(name: str, text: str, words: Mapping[str, Words], language: str) -> str:
    known = words.get(name)
    if known is None or not known.shown or text in ("", "-"):
        return text
    inner, negated = _inner(text)
    said = " | ".join(known.said(part.strip(), language) for part in inner.split("|"))
    return NOT.in_(language).format(said) if negated else said


def _coded(name: str, text: str, words: Mapping[str, Words]) -> str:
    known = words.get(name)
    if known is None or not known.shown or text in ("", "-"):
        return text
    inner, negated = _inner(text)
    said = " | ".join(known.code(part) for part in re.split(r"[|｜]", inner))
    return f"not({said})" if negated else said


def _inner(text: str) -> tuple[str, bool]:
    found = _NEGATED.match(text.strip())
    return (found.group(1), True) if found else (text, False)


def _names_of(grid: Grid, named: Mapping[Text, str], findings: Findings) -> list[str]:
    """Which column each heading is, in whichever language it stands; empty when one is missing."""
    known = {said: name for text, name in named.items() for said in (text.zh, text.ko, text.en)}
    names = [known.get(head.strip(), "") for head in grid[0]] if grid else []
    for text, name in named.items():
        if name not in names:
            findings.error(
                "sheet", f"column '{text.en}' is missing", Reason("sheet_column_missing", {"column": text.zh})
            )
    return [] if findings.refused else names


def _with_origin(row: dict[str, str], shipped: Mapping[str, str] | None, source: str) -> dict[str, str]:
    if shipped is not None and all(shipped[name] == text for name, text in row.items()):
        return {**row, **{name: shipped[name] for name in KEPT}}
    return {**row, "provenance": "local", "source": source, "mark": ""}


def _csv(names: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=names, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
