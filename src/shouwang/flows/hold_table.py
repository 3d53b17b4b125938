"""A table waits for the person who sent it (暂存表格): encrypted, and opened by a slip that is theirs alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.signing import BadSignature, Signer

from shouwang.domains.files.holding import LASTS, held, hold
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.crypto import Unreadable, decrypt, encrypt

SIGNER = Signer(salt="held table")


@dataclass(frozen=True, kw_only=True)
class Held:
    """The bytes, when they came, and what was noted on the slip."""

    data: bytes
    at: datetime
    told: Mapping[str, Any]


def hold_table(actor: Actor, data: bytes, *, now: datetime, **told: Any) -> str:
    """Keep a table for its sender; the slip returned opens it to this person for some days."""
    name = hold(encrypt(data, bound_to=_bound(actor)), county=actor.county)
    return SIGNER.sign_object({"name": name, "who": str(actor.id), "at": now.isoformat(), "told": told})


def held_table(actor: Actor, slip: str, *, now: datetime) -> Held | None:
    """What the slip opens; None when it is false, of somebody else, or too old."""
    try:
        noted = SIGNER.unsign_object(slip)
        at = datetime.fromisoformat(noted["at"])
        sealed = held(actor.county, noted["name"]) if noted["who"] == str(actor.id) else None
        if sealed is None or now - at > LASTS:
            return None
        return Held(data=decrypt(sealed, bound_to=_bound(actor)), at=at, told=noted["told"])
    except (BadSignature, Unreadable, ValueError, KeyError, TypeError):
        return None


def _bound(actor: Actor) -> bytes:
    return f"held table {actor.id}".encode()
