"""When a home is to be visited, and whether two visits contradict each other (走访)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack

SOON = timedelta(days=14)
A_DAY = timedelta(days=1)
MONTH = 30
OK, BAD, NOT_SEEN = "ok", "bad", "na"
ANSWERS = (OK, BAD, NOT_SEEN)


def visit_due(pack: Pack, groups: Sequence[str], last: date | None, *, on: date) -> Decision[int | None]:
    """How pressing a visit is, by days late times the weight of the risk; None where none is due within two weeks.

    A value nobody gave says nothing: the home then stands on no list because of it.
    """
    known = [pack.risk_groups[name] for name in groups if name in pack.risk_groups]
    told = [(months, one) for one in known if (months := pack.parameters[one.every].on(on).value) is not None]
    if not told:
        return Decision(None, (), ())
    months, group = min(((int(str(months)), one) for months, one in told), key=lambda pair: pair[0])
    weight, rows = max(one.weight for one in known), tuple(dict.fromkeys(one.row for one in known))
    if last is None:
        return Decision(1000 * weight, (Reason("never_visited", {"group": group.id}),), rows)
    late = (on - last).days - months * MONTH
    if late < -SOON.days:
        return Decision(None, (), rows)
    code = "visit_late" if late > 0 else "visit_soon"
    return Decision((late + SOON.days + 1) * weight, (Reason(code, {"days": abs(late), "months": months}),), rows)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one visit says: when it was seen, since when it is known here, and how it was."""

    seen: datetime
    known: datetime
    answers: Mapping[str, str]


def unsettled(facts: Sequence[str], visits: Sequence[Told]) -> tuple[str, ...]:
    """The facts of a home on which its visits stand against each other, and nobody has looked again since."""
    in_order = sorted(visits, key=lambda one: one.seen)
    return tuple(name for name in facts if _open(name, [one for one in in_order if one.answers.get(name) in (OK, BAD)]))


def _open(name: str, visits: Sequence[Told]) -> bool:
    since: datetime | None = None
    standing: list[Told] = []
    for one in visits:
        if since is not None and one.seen > since:
            since, standing = None, []  # whoever looks knowing of both settles it
        against = [
            other.known
            for other in standing
            if contradicts((name,), (one.seen, one.answers), (other.seen, other.answers))
        ]
        if against:
            since = max(one.known, *against, *([since] if since else ()))
        standing.append(one)
    return since is not None


def contradicts(
    facts: Sequence[str],
    one: tuple[datetime, Mapping[str, str]],
    other: tuple[datetime, Mapping[str, str]],
) -> tuple[str, ...]:
    """The points that are so or not whoever looks, told otherwise within a day."""
    if abs(one[0] - other[0]) > A_DAY:
        return ()
    both = ((name, one[1].get(name), other[1].get(name)) for name in facts)
    return tuple(name for name, mine, theirs in both if {mine, theirs} == {OK, BAD})
