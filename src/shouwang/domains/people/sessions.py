"""Sessions: begun with a token only the browser keeps, touched while used, ended for good."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from shouwang.domains.ledger.minting import mint

from .models import Person, Session

TOUCH_AFTER = timedelta(minutes=1)


def begin(person: Person, *, verified: bool, lasts: timedelta, now: datetime) -> str:
    """A new session; returns the token 'county.secret', of which only the hash is kept."""
    secret = secrets.token_urlsafe(32)
    Session.objects.create(
        id=mint(now),
        county=person.county,
        region=person.county,
        person=person.id,
        token=sha256(secret.encode()).hexdigest(),
        verified=verified,
        made_at=now,
        seen_at=now,
        expires_at=now + lasts,
    )
    return f"{person.county}.{secret}"


def touch(county: str, session: UUID, *, seen_at: datetime, now: datetime) -> None:
    """Remember that the session is in use, at most once a minute."""
    if now - seen_at >= TOUCH_AFTER:
        Session.objects.filter(county=county, id=session).update(seen_at=now)


def end(token: str, *, now: datetime) -> None:
    county, _, secret = token.partition(".")
    hashed = sha256(secret.encode()).hexdigest()
    Session.objects.filter(county=county, token=hashed, ended_at=None).update(ended_at=now)


def end_all(person: Person, *, now: datetime) -> int:
    """End every session of a person: after a new password, or when the account is closed."""
    return Session.objects.filter(county=person.county, person=person.id, ended_at=None).update(ended_at=now)
