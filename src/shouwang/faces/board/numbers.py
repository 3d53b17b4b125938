"""The numbers of the areas below one: closed in time, open and overdue by grade; all exact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from shouwang.domains.duties.queries import ALL, ALWAYS, Tally, tallies
from shouwang.domains.hazards.queries import Open, open_by_grade
from shouwang.kernel.lineage import NONE, Lineage
from shouwang.policy import load

GRADES = ("major", "general", "minor")


def closed_loop() -> str:
    """The duty whose share stands for an area: that hazards are closed in time."""
    return load(settings.PACK).wiring.duties.loop


@dataclass(frozen=True, kw_only=True)
class Line:
    """One area's numbers: `tally` of closed cases, `duties` of all duties, `by_grade` those open and overdue."""

    area: str
    name: str
    tally: Tally = Tally()
    duties: Tally = Tally()
    by_grade: Mapping[str, Open] = field(default_factory=dict)

    @property
    def open(self) -> int:
        return sum(one.n for one in self.by_grade.values())

    @property
    def overdue(self) -> int:
        return sum(one.late for one in self.by_grade.values())

    @property
    def grades(self) -> list[tuple[str, int, int]]:
        known = [(grade, self.by_grade.get(grade, Open())) for grade in GRADES]
        return [(grade, one.n, one.late) for grade, one in known]


def lines(
    units: Sequence[tuple[str, str]],
    counties: Sequence[str],
    *,
    month: str,
    now: datetime,
    lineage: Lineage = NONE,
) -> list[Line]:
    """Numbers of `units` (code, name) with all that went into them, in three statements."""
    if not units:
        return []
    length = len(units[0][0])
    share = tallies(counties, duty=closed_loop(), month=month, length=length, lineage=lineage)
    duties = tallies(counties, duty=ALL, month=(month, ALWAYS), length=length, lineage=lineage)
    pending = open_by_grade(counties, length=length, now=now, lineage=lineage)
    return [
        Line(
            area=code,
            name=name,
            tally=share.get(code, Tally()),
            duties=duties.get(code, Tally()),
            by_grade={grade: pending[code, grade] for grade in GRADES if (code, grade) in pending},
        )
        for code, name in units
    ]


def added(of: Sequence[Line], area: str, name: str) -> Line:
    """The whole of several areas: numbers are additive, so it is their sum."""
    return Line(
        area=area,
        name=name,
        tally=sum((line.tally for line in of), Tally()),
        duties=sum((line.duties for line in of), Tally()),
        by_grade={grade: sum((line.by_grade.get(grade, Open()) for line in of), Open()) for grade in GRADES},
    )
