"""What may be given to a parameter: read as people write it, within what its unit can mean (填写取值)."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, time

from shouwang.kernel.decision import Reason
from shouwang.kernel.lunar import read_moving
from shouwang.policy.layering import DECIDED
from shouwang.policy.pack import Pack
from shouwang.policy.values import Parameter
from shouwang.policy.vocabulary import Unit

# What a number of a unit can sensibly be; a clock of nothing ends at once.
BOUNDS: Mapping[Unit, tuple[int, int]] = {
    "seconds": (1, 86_400),
    "hours": (0, 8_760),
    "days": (0, 3_660),
    "workdays": (0, 250),
    "months": (0, 240),
    "count": (1, 10_000),
    "percent": (1, 100),
    "yuan": (1, 100_000_000),
    "km2": (1, 100_000),
    "persons": (1, 10_000_000),
}
YEARS = (2000, 2100)
# How people write the unit behind a number; another unit's word is a fault, never guessed away.
TAILS: Mapping[Unit, tuple[str, ...]] = {
    "seconds": ("秒", "秒钟", "초", "s", "second", "seconds"),
    "hours": ("小时", "个小时", "시간", "h", "hour", "hours"),
    "days": ("天", "日", "일", "day", "days"),
    "workdays": ("个工作日", "工作日", "사업일", "working day", "working days"),
    "months": ("个月", "月", "개월", "month", "months"),
    "count": ("次", "个", "项", "条", "份", "회", "번", "개", "건", "항", "times"),
    "percent": ("%", "프로", "percent"),
    "yuan": ("元", "원", "yuan"),
    "km2": ("平方公里", "km2", "km^2", "평방키로메터"),
    "persons": ("人", "名", "명", "persons", "people"),
}
_NUMBER = re.compile(r"([0-9][0-9,]*)\s*(.*)", re.DOTALL)
_TIME = re.compile(r"([0-9]{1,2})\s*[:.点时시]\s*([0-9]{1,2})\s*[分분]?")
_DAY = re.compile(r"([0-9]{4})\s*[-./年년]\s*([0-9]{1,2})\s*[-./月월]\s*([0-9]{1,2})\s*[日일]?")
_OF_YEAR = re.compile(r"([0-9]{1,2})\s*[-./月월]\s*([0-9]{1,2})\s*[日일]?")


class NotGiven(ValueError):
    """The text is no value of the parameter; `reason` says why, for people."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def read_value(parameter: Parameter, text: str) -> int | str:
    """The value as a pack keeps it: a number, 17:30, 2026-06-01 or 09-15. Raises NotGiven."""
    plain = unicodedata.normalize("NFKC", text).strip()
    reader = _READERS.get(parameter.unit)
    if reader is not None:
        return reader(plain)
    return _number(parameter.unit, plain)


def kept_value(parameter: Parameter, text: str) -> int | str:
    """A value as the pack has it, from the text it is kept as."""
    return int(text) if parameter.unit in BOUNDS else text


def may_give(pack: Pack, name: str, *, on: date) -> Reason | None:
    """Why an office cannot decide this parameter from a day on: the plan or a standard has; None if it can."""
    parameter = pack.parameters.get(name)
    if parameter is None:
        return Reason("value_unknown", {"given": name})
    decided = parameter.on(on)
    if decided.provenance not in DECIDED:
        return None
    return Reason(f"value_of_{decided.provenance}", {"source": decided.source})


def read_day(text: str) -> date | None:
    """A day as people write it: 2026-06-01, 2026年6月1日, 2026.6.1."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return _date(*map(int, found.groups())) if found else None


def _number(unit: Unit, text: str) -> int:
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise NotGiven(Reason("value_not_number", {"given": text, "unit": unit}))
    tail = found[2].strip().lower()
    if tail and tail not in TAILS[unit]:
        raise NotGiven(Reason("value_wrong_unit", {"given": text, "unit": unit}))
    number, (least, most) = int(found[1].replace(",", "")), BOUNDS[unit]
    if not least <= number <= most:
        raise NotGiven(Reason("value_out_of_bounds", {"given": number, "least": least, "most": most}))
    return number


def _time(text: str) -> str:
    found = _TIME.fullmatch(text)
    hour, minute = (int(found[1]), int(found[2])) if found else (24, 0)
    if hour > 23 or minute > 59:
        return _no("value_not_time", text)
    return time(hour, minute).isoformat("minutes")


def _day(text: str) -> str:
    day = read_day(text)
    if day is None or not YEARS[0] <= day.year <= YEARS[1]:
        return _no("value_not_day", text)
    return day.isoformat()


def _day_of_year(text: str) -> str:
    """09-15, or a day that moves: 农历8-15, 清明. Every year must have it, so the 29th of February is none."""
    if (moving := read_moving(text)) is not None:
        return moving
    found = _OF_YEAR.fullmatch(text)
    day = _date(2001, *map(int, found.groups())) if found else None
    return day.isoformat()[5:] if day else _no("value_not_day_of_year", text)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _no(code: str, text: str) -> str:
    raise NotGiven(Reason(code, {"given": text}))


_READERS: Mapping[Unit, Callable[[str], str]] = {"time": _time, "day": _day, "day_of_year": _day_of_year}
