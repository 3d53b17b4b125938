"""一次为准: an act that a phone may hand in twice is done once, whatever kind of act it is and whoever does it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from shouwang.domains.ledger.idempotency import done_before, key_row
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import county_of
from shouwang.kernel.digest import seal

from .refusal import Unfit, key_fault


def act_once(  # noqa: PLR0913
    actor: Actor, key: str, told: object, act: Callable[[], object], *, on: UUID, region: str, now: datetime
) -> bool:
    """Do `act` under `key`, in its own transaction; False when it was done before. `told` is what it was asked with.

    Raises KeyReused, and whatever `act` raises: then the key stands for nothing yet.
    """
    if fault := key_fault(key):
        raise Unfit({"key": fault})
    fingerprint = seal(b"act", {"on": str(on), "told": told})
    return done_once(actor.id, key, fingerprint, act, on=on, region=region, now=now)


def done_once(  # noqa: PLR0913
    who: UUID | None,
    key: str,
    fingerprint: bytes,
    act: Callable[[], object],
    *,
    on: UUID,
    region: str,
    now: datetime,
) -> bool:
    """The same for whoever has no account (`who` is None), known again by a fingerprint. Raises KeyReused."""
    row = key_row(key, region=region, actor=who, fingerprint=fingerprint, object_id=on, at=now)
    county = county_of(region)
    if done_before(key, county=county, actor=who, fingerprint=fingerprint):
        return False
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            act()
    except IntegrityError:
        if done_before(key, county=county, actor=who, fingerprint=fingerprint) is None:
            raise
        return False
    return True
