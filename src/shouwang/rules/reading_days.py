"""Days as people write them (日期读取): 2026-11-05, 2026/11/5, 2026年11月5日, a spreadsheet's number."""

import re
from datetime import date, timedelta

from shouwang.rules.forgiving import narrow

_WRITTEN = re.compile(
    r"(\d{4})[-/.年년](\d{1,2})[-/.月월](\d{1,2})[日일号]?\.?(?:T?\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?",
    re.ASCII,
)
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_COUNTED = re.compile(r"\d{5}", re.ASCII)
# Spreadsheets count days from here: 46331 is 2026-11-05.
_DAY_ZERO = date(1899, 12, 30)


def day(raw: object) -> date | None:
    """The day, or None when no calendar has it."""
    text = narrow(raw)
    found = _WRITTEN.fullmatch(text) or _RUN_TOGETHER.fullmatch(text)
    if found is None:
        return _DAY_ZERO + timedelta(days=int(text)) if _COUNTED.fullmatch(text) else None
    year, month, number = map(int, found.groups())
    try:
        return date(year, month, number)
    except ValueError:
        return None
