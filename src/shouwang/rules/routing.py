"""Who must act on a hazard: department, level and, for a general one, who supervises (派单)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shouwang.kernel.codes import Level, level_of, parent_of
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack

_LENGTH = {"county": 6, "township": 9, "village": 12, "grid": 15}


@dataclass(frozen=True, slots=True)
class Assignee:
    department: str
    level: str
    supervisor: str = ""


def who_acts(pack: Pack, facts: Mapping[str, object], on: date) -> Decision[Assignee]:
    """Facts: ``grade`` and ``site``."""
    known = {"site": "unknown", **{name: value for name, value in facts.items() if value is not None}}
    match = pack.tables["hazard-authority"].decide(known, on)
    parts = pack.wiring.departments
    if match.row is None:
        # A hazard without an owner is what the loop forbids, so the township's station keeps it.
        reasons = (*match.reasons, Reason("routed_by_hand"))
        return Decision(Assignee(parts.station, "township"), reasons, (pack.wiring.clauses.loop, *match.clauses))
    department, level = str(match.outputs["department"]), str(match.outputs["level"])
    if known["grade"] != "general":
        return Decision(Assignee(department, level), match.reasons, match.clauses)
    over = supervisor(pack, known, on)
    named = Assignee(department, level, over.verdict)
    clauses = tuple(dict.fromkeys((*match.clauses, *over.clauses)))
    return Decision(named, (*match.reasons, *over.reasons), clauses)


def supervisor(pack: Pack, facts: Mapping[str, object], on: date) -> Decision[str]:
    """The department that supervises a kind of place ; without one the county decides."""
    match = pack.tables["industry-regulator"].decide(facts, on)
    if match.row is None:
        return Decision(pack.wiring.departments.office, match.reasons, (pack.wiring.clauses.unowned,))
    return Decision(str(match.outputs["department"]), match.reasons, match.clauses)


def body_of(assignee: Assignee, region: str) -> str:
    """The area whose department is meant: the region of the case cut at the assignee's level."""
    if assignee.level == "prefecture":
        county = region[:6]
        return county if level_of(county) is Level.PREFECTURE else parent_of(county) or county
    return region[: _LENGTH[assignee.level]]
