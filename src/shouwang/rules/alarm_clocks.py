"""By when somebody must call back, have a result, or the level above is told (报警时限); never past the cap."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shouwang.policy import Pack

CALL_BACK, VERIFY, ANSWER, AGAIN = (f"alarm.{one}.seconds" for one in ("callback", "verify", "answer", "again"))
LEVELS = ("township", "county", "prefecture")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The times of a place on a day."""

    call_back: timedelta
    verify: timedelta
    answer: timedelta
    again: timedelta


def clocks_of(pack: Pack, on: date) -> Clocks:
    """A time nobody gave is none: help is called at once and the level above told at once."""
    call_back, verify, answer, again = (
        timedelta(seconds=int(pack.value(name, on=on).value or 0)) for name in (CALL_BACK, VERIFY, ANSWER, AGAIN)
    )
    return Clocks(call_back=call_back, verify=verify, answer=answer, again=again)


def level_to_tell(due_at: datetime, now: datetime, *, known_to: Collection[str], answer: timedelta) -> str:
    """The highest level to be told by now: the alarm itself calls the township, its cap the county, silence there
    the prefecture. A level that has acknowledged ends the climb."""
    if now < due_at:
        return "township"
    if now - due_at < answer or {"county", "prefecture"} & set(known_to):
        return "county"
    return "prefecture"


def levels_between(told: str, level: str) -> tuple[str, ...]:
    """Those still to be told up to a level, lowest first: after an outage none is left out."""
    begin = LEVELS.index(told) + 1 if told else 0
    return LEVELS[begin : LEVELS.index(level) + 1]
