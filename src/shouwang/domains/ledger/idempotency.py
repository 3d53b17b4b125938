"""The same request sent twice acts once, and a key reused for something else is refused."""

from datetime import datetime
from uuid import UUID

from shouwang.kernel.codes import county_of

from .minting import mint
from .models import Key


class KeyReused(Exception):
    """The key was used before, by somebody else or for another request."""


def key_row(
    key: str, *, region: str, actor: UUID | None, fingerprint: bytes, object_id: UUID, at: datetime
) -> Key:
    return Key.fresh(
        id=mint(at),
        county=county_of(region),
        region=region,
        key=key,
        actor=actor,
        fingerprint=fingerprint,
        object=object_id,
        at=at,
    )


def used_before(key: str, *, county: str) -> bool:
    """Whether something was sent under this key already, whatever it was."""
    return Key.objects.filter(county=county, key=key).exists()


def made_under(key: str, *, county: str) -> UUID | None:
    """What the first request under this key made, whoever sent it."""
    return Key.objects.filter(county=county, key=key).values_list("object", flat=True).first()


def done_before(key: str, *, county: str, actor: UUID | None, fingerprint: bytes) -> UUID | None:
    """The object the first request made, None if there was none. Raises KeyReused."""
    kept = Key.objects.filter(county=county, key=key).first()
    if kept is None:
        return None
    if kept.actor != actor or bytes(kept.fingerprint) != fingerprint:
        raise KeyReused(key)
    return kept.object
