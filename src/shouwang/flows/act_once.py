"""一次为准: an act that a phone may hand in twice is done once, whatever kind of act it is and whoever does it."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from shouwang.domains.ledger.idempotency import done_before, key_row
from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.models import Key
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import county_of
from shouwang.kernel.digest import seal

from .refusal import Unfit, key_fault


class Again(Exception):
    """It is on record for this day already, and counts once a day."""


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


def key_of_day(what: str, about: str, day: date, *, region: str, now: datetime) -> Key:
    """Stands for the one time of a day that a thing counts; nobody can take it first."""
    key = salted_hmac(f"once a day.{what}", f"{about} {day}", algorithm="sha256").hexdigest()
    return key_row(key, region=region, actor=None, fingerprint=b"", object_id=mint(now), at=now)
