"""Whom a whistle is for, by when they must come, and how a department is told (吹哨叫谁、几时报到)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from shouwang.kernel.decision import Decision, Reason
from shouwang.kernel.workdays import Calendar
from shouwang.policy import Pack
from shouwang.rules.clocks import Due, deadline
from shouwang.rules.routing import who_acts

SUMMONS = "summons"
HOURS, WORKDAYS, RULING = "whistle.arrival.hours", "whistle.arrival.workdays", "whistle.ruling.workdays"
LIMITS = {"bounces": "whistle.bounces.count", "returns": "whistle.returns.count"}
WHISTLED, REGULATOR = "whistle-departments", "industry-regulator"


@dataclass(frozen=True, slots=True)
class Suggested:
    """A department to call, and the rows of the tables that say so."""

    department: str
    reasons: tuple[Reason, ...]


def whom_to_call(pack: Pack, facts: Mapping[str, object], on: date) -> Decision[tuple[Suggested, ...]]:
    """Facts: ``kind``, ``site``, ``grade``. Those for the kind first, then who supervises the place and who acts."""
    found: dict[str, list[Reason]] = {}
    clauses: dict[str, None] = {pack.wiring.clauses.summons: None}
    table = pack.tables.get(WHISTLED)
    if table is not None:
        told = table.decide(facts, on)
        for row, outputs in zip(told.reasons, told.collected, strict=False):
            found.setdefault(str(outputs["department"]), []).append(row)
        clauses |= dict.fromkeys(told.clauses)
    # "The county decides" is no department that comes to the place, and the grid is there already.
    no_help = (pack.wiring.departments.office, pack.wiring.departments.grid)
    for reason, department, rests_on in _by_tables(pack, facts, on):
        if department not in no_help:
            clauses |= dict.fromkeys(rests_on)
            found.setdefault(department, []).append(reason)
    listed = tuple(Suggested(name, tuple(why)) for name, why in found.items())
    if not listed:
        return Decision((), (Reason("no_department_fits"),), (pack.wiring.clauses.unowned,))
    return Decision(listed, tuple(why for one in listed for why in one.reasons), tuple(clauses))


def _by_tables(pack: Pack, facts: Mapping[str, object], on: date) -> list[tuple[Reason, str, tuple[str, ...]]]:
    site = {"site": facts.get("site") or "unknown"}
    over = pack.tables[REGULATOR].decide(site, on)
    rows = [(over.reasons[0], str(over.outputs["department"]), over.clauses)] if over.row else []
    acting = who_acts(pack, {**site, "grade": facts.get("grade")}, on)
    return [*rows, (acting.reasons[0], acting.verdict.department, acting.clauses)]


def arrival_by(pack: Pack, calendar: Calendar, at: datetime) -> Decision[Due | None]:
    """The clock runs from the moment of sending: hours where the place has set them, working days otherwise."""
    hours = _clock(pack, calendar, HOURS, at)
    return hours if hours.verdict is not None else _clock(pack, calendar, WORKDAYS, at)


def ruling_by(pack: Pack, calendar: Calendar, at: datetime) -> Decision[Due | None]:
    return _clock(pack, calendar, RULING, at)


def _clock(pack: Pack, calendar: Calendar, name: str, at: datetime) -> Decision[Due | None]:
    """A pack need not know every clock: what it does not name has no end."""
    if name not in pack.parameters:
        return Decision(None, (Reason("clock_missing", {"parameter": name}),), (pack.wiring.clauses.summons,))
    return deadline(pack, calendar, name, at)


def limits(pack: Pack, on: date) -> dict[str, int]:
    """How often a call may be sent back, and a result; a number nobody gave allows none."""
    known = {what: name for what, name in LIMITS.items() if name in pack.parameters}
    return {what: int(pack.value(name, on=on).value or 0) for what, name in known.items()}


def body_called(pack: Pack, department: str, region: str) -> str:
    """Which body of a department is meant: that of the county; where its posts serve a town or a village, the place.

    A police station's territory does not follow the tree, so the place itself says whose it is.
    """
    levels = {post.level for post in pack.posts.values() if post.department == department and RECTIFY in post.actions}
    return region if levels and "county" not in levels and "prefecture" not in levels else region[:6]


RECTIFY = "hazards.rectify"
