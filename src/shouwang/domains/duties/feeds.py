"""Calendar addresses (日历订阅): secret, one person's, revocable; of the secret only a hash is kept."""

import os
from base64 import urlsafe_b64encode
from hashlib import sha256
from uuid import UUID

from shouwang.domains.ledger.acts import before, keep
from shouwang.domains.ledger.minting import mint, salt

from .acting import By, clause_of
from .models import Feed


def make_feed(person: UUID, county: str, *, by: By) -> str:
    """A new address, 'county.secret'; the secret is never shown again."""
    secret = urlsafe_b64encode(os.urandom(24)).rstrip(b"=").decode()
    feed = Feed(
        id=mint(by.at),
        county=county,
        region=county,
        salt=salt(),
        person=person,
        token=_hash(secret),
        made_at=by.at,
    )
    keep(by.act("open_calendar", region=county, clause=clause_of("duties.see")), subject=feed)
    return f"{county}.{secret}"


def end_feed(feed: Feed, *, by: By) -> None:
    """From now on the address opens nothing. Raises Stale."""
    earlier = before(feed, "ended_at")
    feed.ended_at = by.at
    act = by.act("close_calendar", region=feed.region, clause=clause_of("duties.see"))
    keep(act, subject=feed, changed=(earlier, ("ended_at",)))


def feed_of(token: str) -> Feed | None:
    """Whose address it is; None for one that never was or is no more."""
    county, _, secret = token.partition(".")
    return Feed.objects.filter(county=county, token=_hash(secret), ended_at=None).first()


def feeds_of(person: UUID, county: str) -> list[Feed]:
    """The addresses of a person that still open, the newest first."""
    return list(Feed.objects.filter(county=county, person=person, ended_at=None).order_by("-made_at"))


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
