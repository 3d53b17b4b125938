"""The yearly notice on days off and make-up workdays (放假安排), read row by row: each fault names its row and why."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from shouwang.kernel.festivals import known_through, statutory
from shouwang.kernel.workdays import Year

KINDS = {
    "rest": "rest",
    "休": "rest",
    "放假": "rest",
    "work": "work",
    "班": "work",
    "上班": "work",
    "调休上班": "work",
}
SATURDAY = 5
# The thirteen days of rest are those of the rules in force since this year (国务院令第795号).
THIRTEEN_SINCE = 2025


class Fault(NamedTuple):
    """Why a row cannot be taken; row 0 is the notice as a whole."""

    row: int
    code: str
    day: str = ""


class Given(NamedTuple):
    """A row that could be read."""

    row: int
    day: date
    kind: str


class Notice(NamedTuple):
    """What a file says of one year, and everything that is wrong with it."""

    year: int
    days: Year
    faults: tuple[Fault, ...]


def read_notice(text: str, *, year: int) -> Notice:
    """Read `day,kind` lines about one year; kind is rest or work, also written 休 or 班."""
    faults: list[Fault] = []
    given = list(_rows(text, faults))
    seen: dict[date, str] = {}
    for one in given:
        if (code := _wrong(one, year, seen)) is not None:
            faults.append(Fault(one.row, code, one.day.isoformat()))
        seen.setdefault(one.day, one.kind)
    faults += _whole(year, seen)
    days = {kind: frozenset(day for day, told in seen.items() if told == kind) for kind in ("rest", "work")}
    return Notice(year, Year(rest=days["rest"], work=days["work"]), tuple(sorted(faults)))


def _rows(text: str, faults: list[Fault]) -> Iterator[Given]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if not {"day", "kind"} <= set(reader.fieldnames or ()):
        faults.append(Fault(1, "no_columns"))
        return
    for number, row in enumerate(reader, start=2):
        written, kind = _cell(row, "day"), _cell(row, "kind")
        if not written and not kind:
            continue
        day = _day(written)
        if day is None:
            faults.append(Fault(number, "not_a_day", written[:20]))
        elif kind.lower() not in KINDS:
            faults.append(Fault(number, "kind_unknown", kind[:20]))
        else:
            yield Given(number, day, KINDS[kind.lower()])


def _cell(row: Mapping[str, str | None], name: str) -> str:
    return (row.get(name) or "").strip()


def _day(text: str) -> date | None:
    """2027-02-06, and as a spreadsheet may have made of it: 2027/2/6."""
    parts = text.replace("/", "-").split("-")
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        return None


def _wrong(one: Given, year: int, seen: Mapping[date, str]) -> str | None:
    if one.day.year != year:
        return "wrong_year"
    if one.day in seen:
        return "twice" if seen[one.day] == one.kind else "both_kinds"
    if one.kind == "work" and one.day in due_off(year):
        return "works_on_holiday"
    if one.kind == "work" and one.day.weekday() < SATURDAY:
        return "no_weekend"
    return None


def _whole(year: int, seen: Mapping[date, str]) -> Iterator[Fault]:
    """Half a notice would pass for official and move deadlines without anybody knowing."""
    missing = [day for day in due_off(year) if day.weekday() < SATURDAY and day not in seen]
    yield from (Fault(0, "holiday_missing", day.isoformat()) for day in sorted(missing))
    if year > known_through():
        yield Fault(0, "beyond_table", str(known_through()))


def due_off(year: int) -> frozenset[date]:
    """The days that cannot lack in a notice of that year."""
    if year >= THIRTEEN_SINCE:
        return statutory(year)
    return frozenset({date(year, 1, 1), date(year, 5, 1), date(year, 10, 1)})
