"""Who is signed in, who holds what, and names for lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection

from shouwang.kernel.codes import prefix_of

from .actor import Actor, HeldPost
from .models import Person

# Sign-in and scope in one statement: two ORM selects cost 42 % of an act (design §6).
SIGNED_IN = """
SELECT p.id, p.county, p.name, p.language, s.id, s.verified, s.seen_at,
  (SELECT json_agg(json_build_array(t.id, t.kind, t.department, t.region, t.territory) ORDER BY t.since, t.id)
   FROM people_post t
   WHERE t.county = p.county AND t.person_id = p.id AND t.since <= %s AND (t.until IS NULL OR t.until >= %s))
FROM people_session s JOIN people_person p ON p.county = s.county AND p.id = s.person
WHERE s.county = %s AND s.token = %s AND s.ended_at IS NULL AND s.expires_at > %s AND s.seen_at > %s AND p.active
"""


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A session in force: who, and whether the second factor was given."""

    actor: Actor
    session: UUID
    verified: bool
    seen_at: datetime


def signed_in(token: str, *, now: datetime, day: Any, idle: timedelta) -> SignedIn | None:
    """Who holds `token` ('county.secret'); None when it is unknown, ended, expired or idle too long."""
    county, _, secret = token.partition(".")
    hashed = sha256(secret.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(SIGNED_IN, [day, day, county, hashed, now, now - idle])
        row = cursor.fetchone()
    if row is None:
        return None
    held = tuple(_post(*post) for post in row[7] or ())
    actor = Actor(id=row[0], county=row[1], name=row[2], language=row[3], posts=held)
    return SignedIn(actor=actor, session=row[4], verified=row[5], seen_at=row[6])


def _post(id: str, kind: str, department: str, region: str, territory: list[str]) -> HeldPost:
    return HeldPost(id=UUID(id), kind=kind, department=department, region=region, territory=tuple(territory))


def names(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of people for a list, in one statement."""
    wanted = {one for one in ids if one is not None}
    return dict(Person.objects.filter(id__in=wanted).values_list("id", "name")) if wanted else {}


def people(areas: Sequence[str], *, after: tuple[str, UUID] | None = None, limit: int = 50) -> list[Person]:
    """People whose home lies in `areas`, by name; `after` is the key of the last one seen."""
    from django.db.models import Q

    within = Q(pk=None)
    for area in areas:
        within |= Q(region__startswith=prefix_of(area))
    rows = Person.objects.filter(within)
    if after is not None:
        rows = rows.filter(Q(name__gt=after[0]) | Q(name=after[0], id__gt=after[1]))
    return list(rows.order_by("name", "id")[:limit])


def demo_accounts() -> list[Person]:
    """Accounts the sign-in page of a demo offers."""
    return list(Person.objects.exclude(demo="").order_by("demo", "login")[:40])
