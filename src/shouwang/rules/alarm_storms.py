"""Many alarms at once are one event (成片报警): by cause and township; a real fire never hides in it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shouwang.policy import Pack
from shouwang.rules.alarms import URGENT

COUNT, SECONDS = "alarm.storm.count", "alarm.storm.seconds"
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rang:
    """One piece of trouble: where, why, since when; the same source twice is one."""

    township: str
    cause: str
    source: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Storm:
    """A township where many said the same at once; `main_power` reads as a power cut."""

    township: str
    cause: str
    sources: int
    since: datetime
    until: datetime

    @property
    def key(self) -> Key:
        return (self.township, self.cause)


def storms(pack: Pack, rang: Iterable[Rang], on: date) -> Mapping[Key, Storm]:
    """Only trouble is grouped: what may be a fire stands by itself, however much rings around it."""
    least = int(pack.value(COUNT, on=on).value or 0)
    window = timedelta(seconds=int(pack.value(SECONDS, on=on).value or 0))
    grouped: dict[Key, list[Rang]] = {}
    for one in rang:
        if one.cause not in URGENT:
            grouped.setdefault((one.township, one.cause), []).append(one)
    found = {key: _storm(key, ones, least, window) for key, ones in grouped.items() if least}
    return {key: storm for key, storm in found.items() if storm is not None}


def _storm(key: Key, ones: Sequence[Rang], least: int, window: timedelta) -> Storm | None:
    """A storm where within some window enough sources spoke; all that share its cause are folded into it."""
    ordered = sorted(ones, key=lambda one: one.at)
    within: Counter[str] = Counter()
    start = 0
    for one in ordered:
        within[one.source] += 1
        while one.at - ordered[start].at > window:
            within[ordered[start].source] -= 1
            within += Counter()
            start += 1
        if len(within) >= least:
            sources = {each.source for each in ordered}
            return Storm(
                township=key[0], cause=key[1], sources=len(sources), since=ordered[0].at, until=ordered[-1].at
            )  # fmt: skip
    return None
