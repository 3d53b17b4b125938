"""Acts and lists of hazards made public: two people for each, and only what still holds is shown to everybody."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from shouwang.domains.areas.pieces import seen
from shouwang.domains.ledger.acts import By, before, keep
from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.models import Evidence

from .exposure_rows import Exposure
from .models import OPEN_STATES, Case
from .queries import Sight

ROOM = "hazards"
PROPOSED, PUBLIC, REFUSED, WITHDRAWN = "proposed", "public", "refused", "withdrawn"
DECIDED = ("state", "decided_by", "decided_at", "checked", "reason")
# Of a row in the list of those who decide: waiting before public, the newest first.
Key = tuple[str, datetime, UUID]
SHOWN = (*OPEN_STATES, "closed")


def propose(case: Case, words: str, *, by: By) -> Exposure:
    """Raises IntegrityError where the case is proposed or public already."""
    assert by.actor is not None
    row = Exposure(
        id=mint(by.at), county=case.county, region=case.region, salt=salt(), case=case, words=words, state=PROPOSED,
        proposed_by=by.actor, proposed_at=by.at,
    )  # fmt: skip
    keep(by.act(ROOM, "propose_exposure", region=case.region), subject=row)
    return row


def decide(row: Exposure, state: str, *, checked: Sequence[str], reason: str, record: str, by: By) -> None:
    """It is public from now on, or was refused. Raises Stale."""
    proof = [_proof(row, record, by=by)] if state == PUBLIC else []
    _become(row, state, checked=checked, reason=reason, proof=proof, by=by)


def withdraw(row: Exposure, *, reason: str, mended: bool, record: str, by: By) -> None:
    """Nobody reads it any more: it was put right, or should not have stood there. Raises Stale."""
    facts = {"mended": 1, "amends": True} if mended else {"withdrawn": True}
    proof = [_proof(row, record, by=by, **facts)]
    _become(row, WITHDRAWN, checked=row.checked, reason=reason, proof=proof, by=by)


def public_in(counties: Collection[str], *, limit: int) -> list[Exposure]:
    """What everybody reads, the newest first; a case that was rejected or became part of another is told no longer."""
    rows = Exposure.objects.filter(county__in=counties, state=PUBLIC, case__state__in=SHOWN)
    return list(rows.select_related("case").order_by("-decided_at", "-id")[:limit])


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page; `after` is the key of its last row, None on the last page."""

    rows: list[Exposure]
    after: Key | None


def within(sight: Sight, counties: Collection[str], *, limit: int, after: Key | None = None) -> Page:
    """Proposed and public ones of some counties whose case is in sight, those that wait first."""
    rows = _in_sight(sight).filter(county__in=counties)
    if after is not None:
        state, at, id_ = after
        earlier = Q(proposed_at__lt=at) | Q(proposed_at=at, id__lt=id_)
        rows = rows.filter(Q(state__gt=state) | Q(earlier, state=state))
    found = list(rows.order_by("state", "-proposed_at", "-id")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return Page(rows=found[:limit], after=(last.state, last.proposed_at, last.id) if last else None)


def one(sight: Sight, exposure_id: UUID) -> Exposure | None:
    return _in_sight(sight).filter(id=exposure_id).first()


def _in_sight(sight: Sight) -> "QuerySet[Exposure]":
    cases = Case.objects.filter(seen(sight.pieces()))
    counties = {area[:6] for area in sight.areas}
    rows = Exposure.objects.filter(county__in=counties, state__in=(PROPOSED, PUBLIC), case__in=cases)
    return rows.select_related("case")


def exposed(case: Case) -> bool:
    return Exposure.objects.filter(county=case.county, case=case, state__in=(PROPOSED, PUBLIC)).exists()


def _become(
    row: Exposure, state: str, *, checked: Sequence[str], reason: str, proof: Sequence[Evidence], by: By
) -> None:
    stood = before(row, "state")
    row.state, row.checked, row.reason = state, list(checked), reason
    if state != WITHDRAWN:
        row.decided_by, row.decided_at = by.actor, by.at
    act = by.act(ROOM, f"{state}_exposure", region=row.region)
    keep(act, subject=row, changed=(stood, DECIDED), enclosed=proof)


def _proof(row: Exposure, record: str, *, by: By, **facts: object) -> Evidence:
    """Of the county, which owes it."""
    told: dict[str, object] = facts if "withdrawn" in facts else {"hazards": 1, "legal_check": True, **facts}
    when: datetime = by.at
    return evidence(f"record.{record}", subject=row.id, region=row.county, room=ROOM, at=when, facts=told)
