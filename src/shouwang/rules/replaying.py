"""What a changed table would have said of cases that are past: grade and department, before and after (重放)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from shouwang.policy import Pack
from shouwang.rules.grading import grade
from shouwang.rules.routing import who_acts


class Past(NamedTuple):
    """A case as it was judged: its code, the day, and the facts stated of it."""

    code: str
    on: date
    facts: Mapping[str, object]


class Verdict(NamedTuple):
    grade: str
    department: str
    level: str
    supervisor: str


class Changed(NamedTuple):
    code: str
    on: date
    before: Verdict
    after: Verdict


@dataclass(frozen=True)
class Replayed:
    """How many cases were judged twice, which came out otherwise, and how many never said what the tables ask."""

    judged: int
    silent: int
    moves: Mapping[tuple[Verdict, Verdict], int]
    shown: tuple[Changed, ...] = field(default=())

    @property
    def changed(self) -> int:
        return sum(self.moves.values())


def judged(pack: Pack, past: Past) -> Verdict:
    found = grade(pack, past.facts, past.on).verdict
    who = who_acts(pack, {**past.facts, "grade": found}, past.on).verdict
    return Verdict(found, who.department, who.level, who.supervisor)


def replay(before: Pack, after: Pack, cases: Iterable[Past], *, show: int = 50) -> Replayed:
    """Judge each case by both packs. The changed table counts for every one of them, whatever its day."""
    moves: Counter[tuple[Verdict, Verdict]] = Counter()
    shown: list[Changed] = []
    n = silent = 0
    for past in cases:
        n += 1
        silent += not past.facts.get("site")
        old, new = judged(before, past), judged(after, past)
        if old != new:
            moves[old, new] += 1
            if len(shown) < show:
                shown.append(Changed(past.code, past.on, old, new))
    return Replayed(n, silent, dict(moves), tuple(shown))
