"""A photo is held for a person whose form has a fault, so that nobody walks back to take it again."""

from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer

from shouwang.domains.files.queries import content
from shouwang.domains.people.actor import Actor

from .photos import hand_in
from .see_file import Seen

HELD_FOR = timedelta(days=1)
SIGNER = Signer(salt="held photo")


def hold_photo(actor: Actor, data: bytes, *, now: datetime, documents: bool = False) -> str:
    """Keep the bytes; the slip returned opens them to this person for a day. Raises FileRefused."""
    checked = hand_in(actor, data, now=now, documents=documents)
    return SIGNER.sign_object({"sha256": checked.sha256, "who": str(actor.id), "at": now.isoformat()})


def held_photo(actor: Actor, slip: str, *, now: datetime) -> Seen | None:
    """What the slip opens; None when it is false, of somebody else, or too old."""
    try:
        told = SIGNER.unsign_object(slip)
    except (BadSignature, ValueError):
        return None
    if told["who"] != str(actor.id) or now - datetime.fromisoformat(told["at"]) > HELD_FOR:
        return None
    found = content(actor.county, told["sha256"])
    if found is None or not found[0].exists():
        return None
    return Seen(path=found[0], media_type=found[1], sha256=told["sha256"])
