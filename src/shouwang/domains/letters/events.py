"""What the letters room announces as evidence, and the facts it carries; which act announces what, the pack says."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.models import Evidence

from .models import Cause, Letter

ABOUT_CASES, RECORD, HAZARD = "hazard.", "record.", "hazard"
DECIDED = {"listed": "hazard.listed", "not_listed": "hazard.not_listed"}


def announced(
    letter: Letter,
    kinds: Sequence[tuple[str, datetime]],
    causes: Sequence[Cause],
    *,
    at: datetime,
    more: Mapping[str, Any],
) -> Iterator[Evidence]:
    """Evidence of each (kind, when it happened): about every hazard of the letter, or about the letter itself."""
    facts = {
        "kind": letter.kind, "department": letter.to_department, "body": letter.to_body, "cause": letter.ground,
        **more,
    }  # fmt: skip
    for kind, occurred in kinds:
        if kind.startswith(ABOUT_CASES):
            for cause in causes:
                if cause.kind == HAZARD:
                    yield evidence(kind, subject=cause.subject, region=cause.area, room="letters", at=at)
            continue
        # A record of this type may also be entered by hand: the duty it proves does not ask which way it came.
        amends = {"amends": True} if kind.startswith(RECORD) and occurred < at else {}
        said = facts | amends
        yield evidence(
            kind, subject=letter.id, region=letter.region, room="letters", at=at, occurred_at=occurred, facts=said
        )


def taken_back(letter: Letter, kinds: Sequence[str], *, at: datetime) -> Iterator[Evidence]:
    """What was said of the letter holds no longer."""
    for kind in kinds:
        if not kind.startswith(ABOUT_CASES):
            facts = {"kind": letter.kind, "withdrawn": True}
            yield evidence(kind, subject=letter.id, region=letter.region, room="letters", at=at, facts=facts)
