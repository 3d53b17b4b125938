"""How complete bodies are in what they must always have: counts from totals, and the gaps behind each count (缺口)."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from shouwang.domains.areas.scopes import under
from shouwang.domains.ledger.totals import counts_of_all_time
from shouwang.kernel.lineage import NONE, Lineage

from .models import Standing
from .queries import measure

# What a verdict means for somebody who asks whether the thing is there.
STATES: Mapping[str, tuple[str, ...]] = {
    "complete": ("met", "waived"),
    "late": ("met_late",),
    "missing": ("overdue",),
    "running": ("due",),
    "undetermined": ("undetermined",),
}
OF_VERDICT = {verdict: state for state, verdicts in STATES.items() for verdict in verdicts}
# The gravest first: what a body with several standings of one duty is said to be.
GRAVEST = ("missing", "undetermined", "running", "late", "complete")
GAPS = ("missing", "undetermined", "running")


class Count(NamedTuple):
    """Of those who must have something, how many do: `late` are there too, but came after their day."""

    complete: int = 0
    late: int = 0
    missing: int = 0
    running: int = 0
    undetermined: int = 0

    @property
    def owed(self) -> int:
        return sum(self)

    @property
    def there(self) -> int:
        return self.complete + self.late

    def plus(self, other: "Count") -> "Count":
        return Count(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


class Stood(NamedTuple):
    """Where a body stands with one thing it should have; why, in kept reasons."""

    id: UUID
    region: str
    duty: str
    state: str
    reasons: list[dict[str, object]]


def completeness(
    counties: Sequence[str], duties: Collection[str], *, length: int, lineage: Lineage = NONE
) -> dict[tuple[str, str], Count]:
    """{(area, duty): Count} by areas of `length` digits: exact, folded and pending, in one statement."""
    names = {
        measure(duty, verdict): (duty, state) for duty in duties for verdict, state in OF_VERDICT.items()
    }
    sums: dict[tuple[str, str], dict[str, int]] = {}
    for (area, name), n in counts_of_all_time(counties, names, length=length, lineage=lineage).items():
        duty, state = names[name]
        found = sums.setdefault((area, duty), {})
        found[state] = found.get(state, 0) + n
    return {key: Count(**states) for key, states in sums.items()}


def stood(
    counties: Collection[str], *, duties: Collection[str], regions: Collection[str]
) -> dict[str, list[Stood]]:
    """{body: where it stands, the gravest standing of each duty}, in one statement."""
    rows = Standing.objects.filter(
        county__in=counties, duty__in=duties, region__in=regions, verdict__in=OF_VERDICT.keys()
    )
    found: dict[tuple[str, str], Stood] = {}
    for row in map(_stood, rows.order_by("region", "clause", "id")):
        known = found.get((row.region, row.duty))
        if known is None or GRAVEST.index(row.state) < GRAVEST.index(known.state):
            found[row.region, row.duty] = row
    bodies: dict[str, list[Stood]] = {}
    for row in found.values():
        bodies.setdefault(row.region, []).append(row)
    return bodies


def behind(
    areas: Sequence[str],
    *,
    duties: Collection[str],
    states: Collection[str],
    counties: Sequence[str],
    limit: int,
    after: tuple[str, UUID] | None = None,
) -> list[Stood]:
    """The bodies behind a number, in the order of their codes; `after` is the key of the last one seen."""
    verdicts = [verdict for state in states for verdict in STATES[state]]
    rows = Standing.objects.filter(under(areas), county__in=counties, duty__in=duties, verdict__in=verdicts)
    if after is not None:
        rows = rows.filter(Q(region__gt=after[0]) | Q(region=after[0], id__gt=after[1]))
    return [_stood(row) for row in rows.order_by("region", "id")[:limit]]


def _stood(row: Standing) -> Stood:
    return Stood(row.id, row.region, row.duty, OF_VERDICT[row.verdict], row.reasons)
