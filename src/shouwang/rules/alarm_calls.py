"""Who is telephoned about an alarm, and in which order (核实电话顺序): who is there first, who can run there next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# The household itself, who promised to help, who stands in, those of the grid and the village, who sits at the desk.
ORDER = ("household", "helper", "stand_in", "grid", "village", "on_duty", "township")
# Which field of the sealed register is whose number.
NUMBERS = {"phone": "household", "helper_phone": "helper", "backup_phone": "stand_in"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One number to telephone; `name` only where a post is held, never of who lives there."""

    who: str
    number: str = ""
    name: str = ""


def numbers_told(people: Iterable[Mapping[str, str]]) -> list[Call]:
    """The numbers of a home, each once, in the order in which they are of use."""
    found = {
        (who, told[name]): Call(who=who, number=told[name])
        for told in people
        for name, who in NUMBERS.items()
        if told.get(name)
    }
    return in_order(found.values())


def in_order(calls: Iterable[Call]) -> list[Call]:
    return sorted(calls, key=lambda one: (ORDER.index(one.who), one.name, one.number))


def rank_of(level: str) -> str:
    """What a post of a level is to a home: its grid, its village, its township."""
    return level if level in ORDER else "township"


def missing(calls: Sequence[Call]) -> list[str]:
    """Whom of the home itself nobody can telephone: the desk must know what it lacks."""
    known = {one.who for one in calls}
    return [who for who in ORDER[:3] if who not in known]
