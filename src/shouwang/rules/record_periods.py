"""Which period a record is for (所属周期): the one it says, in any way of writing it, else that of its day."""

import re
from datetime import date, timedelta

from shouwang.kernel.decision import Reason
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Calendar
from shouwang.policy.vocabulary import Every
from shouwang.rules.field_reading import is_blank
from shouwang.rules.forgiving import narrow, plain
from shouwang.rules.periods import before, named, period_of, periods
from shouwang.rules.reading_days import day as day_read
from shouwang.rules.seen import Period

_NUMBERS = {"一": "1", "二": "2", "三": "3", "四": "4", "上": "1", "下": "2", "상": "1", "하": "2"}
_WAYS = (
    (re.compile(r"(\d{4})[年년-]?(?:第|제)?([一二三四1-4])(?:季度|分期|분기)"), r"\1-Q\2"),
    (re.compile(r"(\d{4})-?[qQ]([1-4])"), r"\1-Q\2"),
    (re.compile(r"(\d{4})[年년-]?([上下상하])半?(?:年|반년)"), r"\1-H\2"),
    (re.compile(r"(\d{4})-?[hH]([12])"), r"\1-H\2"),
    (re.compile(r"(\d{4})[年년/.](\d{1,2})[月월]?"), r"\1-\2"),
    (re.compile(r"(\d{4})[年년]"), r"\1"),
)
RECENT = {"month": 13, "quarter": 6, "half": 4, "year": 3}
SEASON = re.compile(r"season\.([a-z0-9_]+)\.starts")


# How long before its period a plan may stand: the budget of a year, the work of a season.
AHEAD = timedelta(days=92)


def read_period(
    pack: Pack, every: Every, raw: object, *, day: date | None, today: date, early: bool = False
) -> str | Reason:
    """The period's name; '' while nothing says which, since the day has a fault of its own."""
    if is_blank(raw):
        return _of_day(pack, every, day) if day else ""
    found = named(pack, _written(raw, every))
    if found is None or every_of(found) != every:
        return Reason("not_period", {"typed": plain(raw).strip()[:20], "every": every})
    last = today + AHEAD if early else today
    return Reason("period_to_come") if found.start > last else found.name


def is_period(pack: Pack, every: Every, name: str) -> bool:
    """Whether a name is that of a period of this length: the month of a record, not the quarter of its duty."""
    found = named(pack, name)
    return found is not None and every_of(found) == every


def every_of(period: Period) -> str:
    """How long a period is, by its name."""
    part = period.name.partition("-")[2]
    if not part:
        return "year"
    if part[0] in "QH":
        return {"Q": "quarter", "H": "half"}[part[0]]
    return "season" if part[0].islower() else "day" if "-" in part else "month"


def seasons_of(pack: Pack) -> tuple[str, ...]:
    """The seasons a pack knows, by the parameters that give their days."""
    return tuple(found[1] for name in pack.parameters if (found := SEASON.fullmatch(name)))


def _of_day(pack: Pack, every: Every, day: date) -> str | Reason:
    found = period_of(pack, Calendar(every=every, seasons=seasons_of(pack) if every == "season" else ()), day)
    return found.name if found else Reason("no_period", {"every": every})


def _written(raw: object, every: Every) -> str:
    """The name of the period somebody means."""
    text = narrow(raw)
    if every == "day":
        found_day = day_read(raw)
        return found_day.isoformat() if found_day else text
    for way, form in _WAYS:
        if found := way.fullmatch(text):
            parts = [_NUMBERS.get(part, part) for part in found.groups()]
            text = form.replace(r"\1", parts[0]).replace(r"\2", parts[1] if len(parts) > 1 else "")
            break
    year, _, part = text.partition("-")
    return f"{year}-{part.zfill(2)}" if part.isdigit() else text


def recent(pack: Pack, every: Every, today: date) -> list[str]:
    """The periods a record may well be for, the present one first; of days there are too many to choose from."""
    if every == "season":
        trigger = Calendar(every=every, seasons=seasons_of(pack))
        begun = periods(pack, trigger, first=today.replace(year=today.year - 1, day=1), last=today)
        return [one.name for one in sorted(begun, key=lambda one: one.start, reverse=True)]
    found: list[str] = []
    trigger = Calendar(every=every)
    period = period_of(pack, trigger, today) if every in RECENT else None
    while period is not None and len(found) < RECENT[every]:
        found.append(period.name)
        period = before(trigger, period)
    return found
