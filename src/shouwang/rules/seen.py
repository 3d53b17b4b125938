"""What a rule about duties gets to see: evidence, bodies with their facts, and what one of them owes (佐证)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from shouwang.policy.duty_shapes import Where
from shouwang.policy.vocabulary import Scalar

# What an act on a case undoes of what was announced before: a closing that did not hold, a merge taken back.
REOPENED = "hazard.reopened"
UNDOES = {REOPENED: ("hazard.rectified", "hazard.rechecked", "hazard.closed"), "hazard.unmerged": ("hazard.merged",)}
# What sets the deadline of a case: its report, written anew when it is graded again, and whatever moved it since.
DATING = ("hazard.reported", "hazard.redated", "hazard.unmerged", REOPENED, "hazard.answer_owed")
NOTHING: Mapping[str, Scalar] = {}
# Evidence of these kinds may be written anew for its subject: the fact `amends` says so, `withdrawn` takes it back.
CHANGING = ("record.", "people.", "letter.", "hazard.reported", "device.installed")
AMENDS, WITHDRAWN = "amends", "withdrawn"


class Seen(NamedTuple):
    """One piece of evidence: what happened to which subject, where, when, and when it was entered."""

    kind: str
    subject: str
    occurred_at: datetime
    recorded_at: datetime
    due_at: datetime | None = None
    region: str = ""
    facts: Mapping[str, Scalar] = NOTHING
    line: UUID | None = None


class Dated(NamedTuple):
    """A fact of a body as one record has it: since when, entered when."""

    since: datetime
    recorded_at: datetime
    value: Scalar


class Body(NamedTuple):
    """A body that owes duties (责任主体): its region, level, kind of area, and the history of its facts.

    It stood from `since` to the day before `until`; None where nobody says.
    """

    region: str
    level: str
    kind: str = ""
    facts: Mapping[str, Sequence[Dated]] = {}
    since: date | None = None
    until: date | None = None

    def history(self, name: str, now: datetime) -> list[Dated]:
        """The values of a fact known at `now`, oldest first."""
        known = [one for one in self.facts.get(name, ()) if one.recorded_at <= now]
        return sorted(known, key=lambda one: (one.since, one.recorded_at, str(one.value)))

    def fact(self, name: str, now: datetime) -> Scalar | None:
        """The newest value, or None; area facts are always known."""
        if name == "area.kind":
            return self.kind or None
        if name == "area.level":
            return self.level
        history = self.history(name, now)
        return history[-1].value if history else None


class Period(NamedTuple):
    """A stretch of days with a name (周期): 2026-11, 2026-Q4, 2026-H2, 2026-harvest, 2026. `end` is its last day."""

    name: str
    start: date
    end: date


class Owed(NamedTuple):
    """One thing a body owes: by its period, or by what opened it; `objects` are those it must reach one by one.

    `objects` is None while nobody keeps their register.
    """

    body: Body
    period: Period | None = None
    opening: Seen | None = None
    objects: frozenset[str] | None = None


def standing(evidence: Sequence[Seen]) -> Sequence[Seen]:
    """What still holds: a record or a post that was changed counts as it is now, one withdrawn no longer."""
    newest: dict[tuple[str, str], Seen] = {}
    kept = []
    for one in evidence:
        if not one.kind.startswith(CHANGING):
            kept.append(one)
        elif (known := newest.get((one.kind, one.subject))) is None or _written(one) > _written(known):
            newest[one.kind, one.subject] = one
    return [*kept, *(one for one in newest.values() if not one.facts.get(WITHDRAWN))] if newest else kept


def holding(evidence: Sequence[Seen]) -> Sequence[Seen]:
    """Without what a later act on the same case undid."""
    undone: dict[tuple[str, str], tuple[int, datetime, datetime]] = {}
    for one in evidence:
        for kind in UNDOES.get(one.kind, ()):
            key = one.subject, kind
            undone[key] = max(undone.get(key, _written(one)), _written(one))
    if not undone:
        return evidence
    return [one for one in evidence if (at := undone.get((one.subject, one.kind))) is None or _written(one) > at]


def is_change(one: Seen) -> bool:
    """Whether it changes or takes back what was said of its subject before."""
    return bool(one.facts.get(AMENDS) or one.facts.get(WITHDRAWN))


def newest_due(rows: Sequence[Seen]) -> Scalar | None:
    """The deadline of a case as it was set or moved last; None where none was."""
    moved = [one for one in rows if one.kind in DATING]
    return max(moved, key=_written).facts.get("due_at") if moved else None


def _written(one: Seen) -> tuple[int, datetime, datetime]:
    """Lines of the ledger are numbered by the moment they were written."""
    return one.line.int if one.line else 0, one.recorded_at, one.occurred_at


def fits(where: Where, facts: Mapping[str, object]) -> bool:
    """Whether facts are those asked for; a list asks for any of its values, and so may a fact be several."""
    for name, wanted in where.items():
        if not _is_one_of(facts.get(name), wanted):
            return False
    return True


def _is_one_of(told: object, wanted: Scalar | tuple[Scalar, ...]) -> bool:
    if not isinstance(told, list | tuple):
        return told in wanted if isinstance(wanted, tuple) else told == wanted
    any_of = wanted if isinstance(wanted, tuple) else (wanted,)
    return any(one in any_of for one in told)
