"""Sessions: begun with a token only the browser keeps, touched while used, ended for good."""

import os
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from shouwang.domains.ledger.minting import mint

from .models import Person, Session

COOKIE = "session"
TOUCH_AFTER = timedelta(minutes=1)


def token_parts(token: str) -> tuple[str, str]:
    """County and hash of a token 'county.secret'; of the secret nothing else is kept."""
    county, _, secret = token.partition(".")
    return county, sha256(secret.encode()).hexdigest()


def begin(person: Person, *, lasts: timedelta, now: datetime, owes: str = "") -> str:
    """A new session; returns its token. While it `owes` a step it opens nothing."""
    token = _token(person.county)
    Session.objects.create(
        id=mint(now),
        county=person.county,
        region=person.county,
        person=person.id,
        token=token_parts(token)[1],
        owes=owes,
        made_at=now,
        seen_at=now,
        expires_at=now + lasts,
    )
    return token


def service_token(person: Person, *, lasts: timedelta, now: datetime) -> str:
    """A token for another system's account: it counts as seen until it ends, so a quiet night does not end it."""
    token = _token(person.county)
    ends = now + lasts
    Session.objects.create(
        id=mint(now), county=person.county, region=person.county, person=person.id, token=token_parts(token)[1],
        made_at=now, seen_at=ends, expires_at=ends,
    )  # fmt: skip
    return token


def renew(county: str, session: UUID, *, owes: str, now: datetime) -> str:
    """The session goes on under a new token: whoever knew the old one is left outside (ASVS 5.0 V7.2.4)."""
    token = _token(county)
    held = Session.objects.filter(county=county, id=session, ended_at=None)
    held.update(token=token_parts(token)[1], owes=owes, seen_at=now)
    return token


def touch(county: str, session: UUID, *, seen_at: datetime, now: datetime) -> None:
    """Remember that the session is in use, at most once a minute."""
    if now - seen_at >= TOUCH_AFTER:
        Session.objects.filter(county=county, id=session).update(seen_at=now)


def end(token: str, *, now: datetime) -> None:
    county, hashed = token_parts(token)
    Session.objects.filter(county=county, token=hashed, ended_at=None).update(ended_at=now)


def end_all(person: Person, *, now: datetime, but: UUID | None = None) -> int:
    """End every session of a person, or all `but` one: after a new password, when an account is closed."""
    held = Session.objects.filter(county=person.county, person=person.id, ended_at=None)
    return held.exclude(id=but).update(ended_at=now)


def _token(county: str) -> str:
    return f"{county}.{urlsafe_b64encode(os.urandom(32)).rstrip(b'=').decode()}"
