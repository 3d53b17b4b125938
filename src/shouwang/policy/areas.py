"""Table of areas (辖区表), read row by row: a bad row harms no other."""

import csv
import dataclasses
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from shouwang.kernel.codes import Level, is_region, level_of, parent_of
from shouwang.kernel.geo import Datum, Point, convert, datum_named

from .area_kinds import KINDS_AT, AreaKind, kind_of, kind_said
from .shipped import PACKS, USUAL

NAME_LIMIT = 60
SOURCE_LIMIT = 60
YEARS = range(1949, 2100)
LONGITUDES = (73.0, 136.0)
LATITUDES = (3.0, 54.0)


_HEADINGS = {
    "代码": "code", "统计代码": "code", "类型": "kind", "名称": "zh", "中文名": "zh", "朝鲜文名": "ko",
    "经度": "lon", "纬度": "lat", "坐标系": "datum",
    "年份": "year", "民政代码": "civil_code", "民政年份": "civil_year",
    "启用日期": "since", "撤销日期": "until", "并入": "merged_into", "来源": "source",
}  # fmt: skip
COLUMNS = (
    "code", "kind", "zh", "ko", "lon", "lat", "year", "civil_code", "civil_year",
    "since", "until", "merged_into", "source", "ko_source", "point_source",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class AreaFact:
    """One unit as a table states it; what the table leaves blank is None or ''."""

    line: int
    code: str
    kind: AreaKind
    zh: str
    ko: str = ""
    lon: float | None = None
    lat: float | None = None
    year: int
    civil_code: str = ""
    civil_year: int | None = None
    since: date | None = None
    until: date | None = None
    merged_into: str = ""
    source: str = ""
    ko_source: str = ""
    point_source: str = ""

    @property
    def level(self) -> Level:
        return level_of(self.code)

    @property
    def parent(self) -> str:
        return parent_of(self.code) or ""


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why one cell keeps its row out: the reason is a word, said in the reader's language elsewhere."""

    line: int
    field: str
    reason: str
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A whole table: the rows that hold, why the others do not, and every row as it was given."""

    facts: tuple[AreaFact, ...]
    refusals: tuple[Refusal, ...]
    given: Mapping[int, Mapping[str, str]]


@lru_cache(maxsize=4)
def table(pack: str = USUAL) -> Reading:
    """The pack's own areas."""
    return read((PACKS / pack / "areas.csv").read_text(encoding="utf-8"))


def decoded(content: bytes) -> str | None:
    """The text of a file saved by an office program, in UTF-8 or GB 18030; None when it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def read(content: str | bytes) -> Reading:
    """Read a CSV table with English or Chinese headings; columns nobody knows are left alone."""
    text = decoded(content) if isinstance(content, bytes) else content
    if text is None or "\0" in text:
        return _refused([Refusal(line=0, field="", reason="not_a_table")])
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        return _judged(rows, at=lambda: rows.line_num)
    except csv.Error:
        return _refused([Refusal(line=rows.line_num, field="", reason="not_a_table")])


def _refused(refusals: list[Refusal]) -> Reading:
    return Reading(facts=(), refusals=tuple(refusals), given={})


def _judged(rows: Iterator[list[str]], at: Callable[[], int]) -> Reading:
    heading = [_HEADINGS.get(name.strip(), name.strip()) for name in next(rows, [])]
    if lacking := [name for name in ("code", "zh", "year") if name not in heading]:
        return _refused([Refusal(line=1, field=name, reason="no_column") for name in lacking])
    if doubled := sorted({name for name in heading if name and heading.count(name) > 1}):
        return _refused([Refusal(line=1, field=name, reason="column_twice") for name in doubled])
    given: dict[int, dict[str, str]] = {}
    refusals: list[Refusal] = []
    for cells in rows:
        if any(cell.strip() for cell in cells):
            given[at()] = dict(zip(heading, (cell.strip() for cell in cells), strict=False))
            if len(cells) > len(heading):
                refusals.append(Refusal(line=at(), field="", reason="too_many_cells"))
    return _row_by_row(given, refusals)


def _row_by_row(given: dict[int, dict[str, str]], refusals: list[Refusal]) -> Reading:
    stated = {row.get("code", ""): row for row in reversed(given.values())}
    first: dict[str, int] = {}
    facts: list[AreaFact] = []
    for line, row in given.items():
        cells = _Row(line, row, refusals)
        fact = cells.fact(stated.get(row.get("code", "")[:-3], {}))
        earlier = first.setdefault(row.get("code", ""), line)
        if earlier != line and is_region(row.get("code", "")):
            cells.refuse("code", "repeated", line=str(earlier))
        facts += [fact] if fact else []
    bad = {refusal.line for refusal in refusals}
    kept = tuple(fact for fact in facts if fact.line not in bad)
    return Reading(facts=kept, refusals=tuple(refusals), given=given)


class _Row:
    """One row under reading: turns cells into values and notes each cell that does not hold."""

    def __init__(self, line: int, cells: Mapping[str, str], refusals: list[Refusal]) -> None:
        self.line, self.cells, self.refusals = line, cells, refusals

    def refuse(self, name: str, reason: str, **params: str) -> None:
        self.refusals.append(Refusal(line=self.line, field=name, reason=reason, params=params))

    def fact(self, parent: Mapping[str, str]) -> AreaFact | None:
        code, zh = self.code(), self.text("zh", NAME_LIMIT, needed=True)
        lon, lat = self.point()
        kind = self.kind(code, zh, parent) if code and zh else None
        year, dates = self.year("year", needed=True), self.dates(code)
        sources = {n: self.text(n, SOURCE_LIMIT) for n in ("source", "ko_source", "point_source")}
        ko, civil_code = self.text("ko", NAME_LIMIT), self.text("civil_code", 12)
        civil_year = self.year("civil_year")
        if not (code and kind and year):
            return None
        since, until, into = dates
        return AreaFact(
            line=self.line, code=code, kind=kind, zh=zh, ko=ko, lon=lon, lat=lat, year=year,
            civil_code=civil_code, civil_year=civil_year, since=since, until=until,
            merged_into=into, **sources,
        )  # fmt: skip

    def text(self, name: str, limit: int, needed: bool = False) -> str:
        value = self.cells.get(name, "")
        if needed and not value:
            self.refuse(name, "missing")
        if len(value) > limit:
            self.refuse(name, "too_long", limit=str(limit))
        return value

    def code(self) -> str:
        value = self.text("code", 15, needed=True)
        if value and (not is_region(value) or level_of(value) is Level.PROVINCE):
            self.refuse("code", "not_a_code", value=value)
            return ""
        return value

    def kind(self, code: str, zh: str, parent: Mapping[str, str]) -> AreaKind | None:
        said = self.cells.get("kind", "")
        kind = kind_said(said) if said else kind_of(code, zh, _parent_kind(parent))
        if kind is None:
            self.refuse("kind", "kind_unknown" if said else "kind_unclear", value=said or zh)
        elif kind not in KINDS_AT[level_of(code)]:
            self.refuse("kind", "kind_not_here", value=said, code=code)
        return kind

    def point(self) -> tuple[float | None, float | None]:
        lon, lat = self.number("lon", LONGITUDES), self.number("lat", LATITUDES)
        if bool(self.cells.get("lon")) != bool(self.cells.get("lat")):
            self.refuse("lat" if self.cells.get("lon") else "lon", "half_a_point")
        said = self.cells.get("datum", "")
        datum = datum_named(said) if said else Datum.WGS84
        if datum is None:
            self.refuse("datum", "datum_unknown", value=said)
        if datum is None or lon is None or lat is None:
            return None, None
        # Places are kept on WGS-84; six decimals are a tenth of a metre.
        kept = convert(Point(lon, lat), source=datum, target=Datum.WGS84)
        return round(kept.lon, 6), round(kept.lat, 6)

    def number(self, name: str, within: tuple[float, float]) -> float | None:
        if not (value := self.cells.get(name, "")):
            return None
        if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value, re.ASCII):
            self.refuse(name, "not_a_number", value=value)
        elif not within[0] <= float(value) <= within[1]:
            self.refuse(name, "out_of_range", value=value, low=f"{within[0]:g}", high=f"{within[1]:g}")
        else:
            return float(value)
        return None

    def year(self, name: str, needed: bool = False) -> int | None:
        value = self.text(name, 4, needed=needed)
        if value and not (re.fullmatch("[0-9]{4}", value, re.ASCII) and int(value) in YEARS):
            self.refuse(name, "not_a_year", value=value)
            return None
        return int(value) if value else None

    def day(self, name: str) -> date | None:
        value = self.cells.get(name, "")
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.refuse(name, "not_a_day", value=value)
            return None

    def dates(self, code: str) -> tuple[date | None, date | None, str]:
        since, until, into = self.day("since"), self.day("until"), self.cells.get("merged_into", "")
        if since and until and until <= since:
            self.refuse("until", "ends_before_start")
        if into and not is_region(into):
            self.refuse("merged_into", "not_a_code", value=into)
        elif into and into == code:
            self.refuse("merged_into", "into_itself")
        elif into and not self.cells.get("until"):
            self.refuse("until", "merge_needs_day")
        return since, until, into


def by_code(facts: Iterable[AreaFact]) -> dict[str, AreaFact]:
    return {fact.code: fact for fact in facts}


def _parent_kind(row: Mapping[str, str]) -> AreaKind | None:
    code, zh, said = row.get("code", ""), row.get("zh", ""), row.get("kind", "")
    if said or not is_region(code):
        return kind_said(said)
    return kind_of(code, zh, None)
