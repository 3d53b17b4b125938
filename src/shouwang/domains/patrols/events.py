"""What the patrols room announces as evidence: that a home was visited, a place patrolled, a door looked behind."""

from collections.abc import Sequence

from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.models import Evidence

from .models import SelfCheck, Visit

ROOM = "patrols"


def announced(visit: Visit, groups: Sequence[str]) -> list[Evidence]:
    """A home that was visited was patrolled on the same walk: nothing is entered twice."""
    when = {"at": visit.recorded_at, "occurred_at": visit.found_at, "region": visit.region, "room": ROOM}
    told = {"post": visit.post, "publicity": visit.taught, "kind": visit.site}
    found = [evidence("patrol.done", subject=visit.id, facts=told, **when)]  # type: ignore[arg-type]
    if visit.home is not None:
        facts = {"group": list(groups), "taught": visit.taught}
        found.append(evidence("visit.done", subject=visit.home, facts=facts, **when))  # type: ignore[arg-type]
    return found


def looked(check: SelfCheck) -> Evidence:
    return evidence(
        "selfcheck.done", subject=check.id, region=check.region, room=ROOM, at=check.at,
        facts={"post": "", "households": 1},
    )  # fmt: skip
