"""Changes of areas (行政区划变更): merge, split, rename and re-rank, as a form or a yearly table states them."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from shouwang.kernel.codes import Level, is_region, level_of, parent_of

from .area_kinds import AreaKind, kind_of, kind_said
from .areas import NAME_LIMIT, SOURCE_LIMIT, Refusal, decoded

ACTS: Mapping[str, str] = {
    "merge": "merge", "合并": "merge", "撤并": "merge", "并入": "merge",
    "split": "split", "拆分": "split", "析置": "split",
    "rename": "rename", "更名": "rename", "改名": "rename",
    "rerank": "rerank", "改制": "rerank", "升格": "rerank", "乡改镇": "rerank", "镇改街道": "rerank",
    "县改市": "rerank",
}  # fmt: skip
ABOVE = "above"
COLUMNS = ("act", "code", "into", "parts", "successor", "zh", "ko", "kind", "since", "document")
_HEADINGS = {
    "变更": "act", "代码": "code", "并入": "into", "新代码": "into", "拆出": "parts", "承接": "successor",
    "名称": "zh", "新名称": "zh", "朝鲜文名": "ko", "类型": "kind", "生效日期": "since", "文号": "document",
}  # fmt: skip
_BETWEEN = re.compile(r"[\s,;，；、]+")
_PARTS = re.compile(r"[;；\n]+")


@dataclass(frozen=True, kw_only=True)
class NewUnit:
    """A unit that comes into being: `kind` None is read from its name and code."""

    code: str
    zh: str
    ko: str = ""
    kind: AreaKind | None = None

    def kind_under(self, parent: AreaKind | None) -> AreaKind | None:
        return self.kind or kind_of(self.code, self.zh, parent)


@dataclass(frozen=True, kw_only=True)
class AreaChange:
    """One act on the tree. `into`: the heir of a merger, or the new code; `unit`: new name and kind where given."""

    line: int
    act: str
    codes: tuple[str, ...]
    since: date
    document: str
    into: str = ""
    parts: tuple[NewUnit, ...] = ()
    successor: str = ""
    zh: str = ""
    ko: str = ""
    kind: AreaKind | None = None

    @property
    def named(self) -> set[str]:
        """Every code it speaks of, and the units above those."""
        codes = {*self.codes, self.into, *(part.code for part in self.parts)} - {"", ABOVE}
        return codes | {above for code in codes if (above := parent_of(code))}


@dataclass(frozen=True, kw_only=True)
class Changes:
    """A whole table: the acts it states, in order, why the others cannot be read, and every row as it was given."""

    acts: tuple[AreaChange, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    given: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


def read_changes(content: str | bytes) -> Changes:
    """Read a CSV table with English or Chinese headings; a bad row harms no other."""
    text = decoded(content) if isinstance(content, bytes) else content
    if text is None or "\0" in text:
        return Changes(refusals=(Refusal(line=0, field="", reason="not_a_table"),))
    try:
        return _rows(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    except csv.Error:
        return Changes(refusals=(Refusal(line=0, field="", reason="not_a_table"),))


def _rows(rows: Iterator[list[str]]) -> Changes:
    heading = [_HEADINGS.get(name.strip(), name.strip()) for name in next(rows, [])]
    needed = ("act", "code", "since", "document")
    if lacking := [name for name in needed if name not in heading]:
        return Changes(refusals=tuple(Refusal(line=1, field=name, reason="no_column") for name in lacking))
    given = {
        number: dict(zip(heading, (cell.strip() for cell in cells), strict=False))
        for number, cells in enumerate(rows, start=2)
        if any(cell.strip() for cell in cells)
    }
    read = [read_change(cells, line=number) for number, cells in given.items()]
    return Changes(
        acts=tuple(act for act, _ in read if act is not None),
        refusals=tuple(refusal for _, refusals in read for refusal in refusals),
        given=given,
    )


def read_change(cells: Mapping[str, str], *, line: int) -> tuple[AreaChange | None, list[Refusal]]:
    """One act from the cells of a row or the fields of a form."""
    row = _Row(line, cells)
    act, since, kind = row.act(), row.day(), row.kind()
    codes, parts = row.codes(), row.parts()
    into, successor = row.code("into"), row.successor()
    document = row.text("document", SOURCE_LIMIT, needed=True)
    zh, ko = row.text("zh", NAME_LIMIT), row.text("ko", NAME_LIMIT)
    if row.refusals or since is None:
        return None, row.refusals
    change = AreaChange(
        line=line, act=act, codes=codes, since=since, document=document, into=into, parts=parts,
        successor=successor, zh=zh, ko=ko, kind=kind,
    )  # fmt: skip
    return change, []


class _Row:
    """One row under reading: turns cells into values and notes each cell that does not hold."""

    def __init__(self, line: int, cells: Mapping[str, str]) -> None:
        self.line, self.cells, self.refusals = line, cells, list[Refusal]()

    def refuse(self, name: str, reason: str, **params: str) -> None:
        self.refusals.append(Refusal(line=self.line, field=name, reason=reason, params=params))

    def text(self, name: str, limit: int, needed: bool = False) -> str:
        value = self.cells.get(name, "").strip()
        if needed and not value:
            self.refuse(name, "missing")
        if len(value) > limit:
            self.refuse(name, "too_long", limit=str(limit))
        return value

    def act(self) -> str:
        said = self.text("act", 20, needed=True)
        if said and said not in ACTS:
            self.refuse("act", "act_unknown", value=said)
        return ACTS.get(said, "")

    def day(self) -> date | None:
        said = self.text("since", 10, needed=True)
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            self.refuse("since", "not_a_day", value=said)
            return None

    def kind(self) -> AreaKind | None:
        said = self.cells.get("kind", "").strip()
        kind = kind_said(said) if said else None
        if said and kind is None:
            self.refuse("kind", "kind_unknown", value=said)
        return kind

    def codes(self) -> tuple[str, ...]:
        said = [one for one in _BETWEEN.split(self.text("code", 400, needed=True)) if one]
        return tuple(dict.fromkeys(one for one in said if self._is_code("code", one)))

    def code(self, name: str) -> str:
        said = self.cells.get(name, "").strip()
        return said if said and self._is_code(name, said) else ""

    def successor(self) -> str:
        said = self.cells.get("successor", "").strip()
        return ABOVE if said in (ABOVE, "上级") else self.code("successor")

    def parts(self) -> tuple[NewUnit, ...]:
        found = []
        for one in _PARTS.split(self.cells.get("parts", "")):
            code, _, names = one.strip().partition(" ")
            zh, _, ko = names.strip().partition("/")
            if code and self._is_code("parts", code):
                found.append(NewUnit(code=code, zh=zh.strip()[:NAME_LIMIT], ko=ko.strip()[:NAME_LIMIT]))
        return tuple(found)

    def _is_code(self, name: str, value: str) -> bool:
        fits = is_region(value) and level_of(value) is not Level.PROVINCE
        if not fits:
            self.refuse(name, "not_a_code", value=value)
        return fits
