"""Grades a hazard as minor, general or major (隐患分级: 轻微、一般、重大)."""

from collections.abc import Mapping
from datetime import date

from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.rules.major import elements_in, is_major

TABLE = "hazard-grade"
# What nobody stated must not raise a grade; it can be stated later and the case graded again.
ASSUMED: Mapping[str, object] = {
    "site": "unknown",
    "fixed_on_spot": False,
    "determined_major": False,
    "people_affected": 0,
}


def grade(pack: Pack, facts: Mapping[str, object], on: date) -> Decision[str]:
    known = {**ASSUMED, **{name: value for name, value in facts.items() if value is not None}}
    match = pack.tables[TABLE].decide(known, on)
    if match.row is None:
        # Where no rule fits, a department must look at it: 02-06 is the plan's middle way.
        return Decision("general", (*match.reasons, Reason("graded_by_hand")), match.clauses)
    verdict, reasons, clauses = str(match.outputs["grade"]), match.reasons, match.clauses
    if verdict == "major" or not (match.outputs["determine"] == "yes" or elements_in(pack, known)):
        return Decision(verdict, reasons, clauses)
    major = is_major(pack, known, on)
    if major.verdict == "yes":
        return Decision("major", major.reasons, major.clauses)
    asked = tuple(dict.fromkeys((*clauses, *major.clauses)))
    return Decision(verdict, (*reasons, Reason("study_needed"), *major.reasons), asked)
