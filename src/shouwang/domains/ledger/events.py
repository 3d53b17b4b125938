"""What the ledger keeps of an event: the evidence row that duties read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from shouwang.kernel.codes import county_of

from .minting import mint, salt
from .models import Evidence


def evidence(
    kind: str,
    *,
    subject: UUID,
    region: str,
    room: str,
    at: datetime,
    occurred_at: datetime | None = None,
    recorded_at: datetime | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Evidence:
    """Evidence of `kind` about `subject`; `facts` carry no free text and no personal data."""
    return Evidence.fresh(
        id=mint(at),
        county=county_of(region),
        region=region,
        salt=salt(),
        kind=kind,
        subject=subject,
        occurred_at=occurred_at or at,
        recorded_at=recorded_at or at,
        room=room,
        facts=dict(facts or {}),
    )
