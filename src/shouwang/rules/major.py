"""Whether a hazard is major by GB 35181, by the edition in force on the day (重大火灾隐患判定)."""

from collections.abc import Mapping
from datetime import date

from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.policy.tables import Match, Table

PREFIX = "major-elements-"
COUNT = "hazard.major.comprehensive.count"


def is_major(pack: Pack, facts: Mapping[str, object], on: date) -> Decision[str]:
    """``yes`` or ``undetermined``: while a standard is entered only in part, nobody can say no by it."""
    table = standard_of(pack, on)
    clause = pack.wiring.clauses.major
    if table is None:
        return Decision("undetermined", (Reason("standard_missing", {"day": on.isoformat()}),), (clause,))
    edition = table.edition(on)
    if edition is None or edition.unset:
        return Decision("undetermined", (Reason("standard_unset", {"keeper": table.keeper}),), (clause,))
    return _by_elements(pack, table.decide(facts, on), facts, on)


def standard_of(pack: Pack, on: date) -> Table | None:
    """The table of elements whose edition is in force on a day."""
    return next((one for one in _tables(pack) if one.edition(on)), None)


def elements_in(pack: Pack, facts: Mapping[str, object]) -> frozenset[str]:
    """The facts that only the major-hazard standard asks for."""
    named = {item.name for table in _tables(pack) for edition in table.editions for item in edition.inputs}
    return frozenset(named & facts.keys())


def _tables(pack: Pack) -> tuple[Table, ...]:
    return tuple(table for name, table in pack.tables.items() if name.startswith(PREFIX))


def _by_elements(pack: Pack, match: Match, facts: Mapping[str, object], on: date) -> Decision[str]:
    clause = pack.wiring.clauses.major
    classes = [str(one["class"]) for one in match.collected]
    if "direct" in classes:
        return Decision("yes", (Reason("major_direct"), *match.reasons), (clause,))
    least, found = pack.value(COUNT, on=on), classes.count("evacuation")
    site = pack.sites.get(str(facts.get("site")))
    if site and site.crowded and least.is_set and found >= int(least.value or 0):
        counted = Reason("major_comprehensive", {"count": found, "least": int(least.value or 0)})
        return Decision("yes", (counted, *match.reasons), (clause,))
    return Decision("undetermined", match.reasons, (clause,))
