"""Who is signed in, who holds what, and names for lists."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from shouwang.domains.areas.lineage import LINEAGE, read
from shouwang.domains.areas.scopes import under
from shouwang.kernel.lineage import Lineage

from .actor import Actor, HeldPost
from .models import Person, Post
from .sessions import token_parts

# Sign-in and scope in one statement: two ORM selects cost 42 % of an act (design §6).
# A deputy stands in only while the post stood in for is still held.
SIGNED_IN = f"""
SELECT p.id, p.county, p.name, p.language, s.id, s.owes, s.seen_at,
  (SELECT json_agg(json_build_array(t.id, t.kind, t.department, t.region, t.territory) ORDER BY t.since, t.id)
   FROM people_post t
   WHERE t.county = p.county AND t.person_id = p.id AND t.since <= %s AND (t.until IS NULL OR t.until >= %s)
     AND (t.deputy_of IS NULL OR EXISTS (
       SELECT 1 FROM people_post o WHERE o.county = t.county AND o.id = t.deputy_of
         AND o.since <= %s AND (o.until IS NULL OR o.until >= %s)))), ({LINEAGE})
FROM people_session s JOIN people_person p ON p.county = s.county AND p.id = s.person
WHERE s.county = %s AND s.token = %s AND s.ended_at IS NULL AND s.expires_at > %s AND s.seen_at > %s AND p.active
"""


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A session in force: whose it is, and the steps it still owes."""

    actor: Actor
    session: UUID
    owes: str
    seen_at: datetime


@dataclass(frozen=True, kw_only=True)
class DemoAccount:
    """An account the sign-in page of a demo offers."""

    login: str
    name: str
    county: str
    kind: str
    region: str


def signed_in(token: str, *, now: datetime, day: date, idle: timedelta) -> SignedIn | None:
    """Who holds `token` ('county.secret'); None when it is unknown, ended, expired or idle too long."""
    county, hashed = token_parts(token)
    with connection.cursor() as cursor:
        cursor.execute(SIGNED_IN, [day, day, day, day, day, day, county, hashed, now, now - idle])
        row = cursor.fetchone()
    if row is None:
        return None
    known = read(row[8])
    held = tuple(_post(known, post) for post in row[7] or ())
    actor = Actor(id=row[0], county=row[1], name=row[2], language=row[3], posts=held, lineage=known)
    return SignedIn(actor=actor, session=row[4], owes=row[5], seen_at=row[6])


def _post(known: Lineage, told: list[Any]) -> HeldPost:
    id, kind, department, region, territory = told  # noqa: A001
    whole = known.followed(territory)
    return HeldPost(id=UUID(id), kind=kind, department=department, region=region, territory=whole)


def held_on(day: date) -> Q:
    """Posts held on a day; whether a deputy's principal still holds the post is asked apart."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))


def account(login: str) -> Person | None:
    """The account that `login` or `login@county` names; None when there is none, or not just one."""
    name, _, county = login.strip().lower().partition("@")
    found = Person.objects.filter(login=name)
    held = list((found.filter(county=county) if county else found)[:2])
    return held[0] if len(held) == 1 else None


def account_of(subject: str) -> Person | None:
    """The account linked to 'oidc:…' or 'ticket:…'; None when there is none, or not just one."""
    held = list(Person.objects.filter(subject=subject)[:2]) if subject else []
    return held[0] if len(held) == 1 else None


def person(county: str, id: UUID) -> Person | None:  # noqa: A002
    return Person.objects.filter(county=county, id=id).first()


def posts_of(holder: Person, *, on: date | None = None) -> list[Post]:
    """All posts a person ever held, or those held on a day; earliest first."""
    rows = Post.objects.filter(county=holder.county, person=holder)
    return list((rows if on is None else rows.filter(held_on(on))).order_by("since", "id"))


def posts_held(holders: Sequence[Person], *, on: date) -> dict[UUID, list[Post]]:
    """What everybody of a list holds on a day, in one statement."""
    rows = Post.objects.filter(held_on(on), county__in={one.county for one in holders}, person__in=holders)
    found: dict[UUID, list[Post]] = {one.id: [] for one in holders}
    for held in rows.order_by("since", "id"):
        found[held.person_id].append(held)
    return found


def post(county: str, id: UUID) -> Post | None:  # noqa: A002
    return Post.objects.filter(county=county, id=id).select_related("person").first()


def names(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of people for a list, in one statement."""
    wanted = {one for one in ids if one is not None}
    return dict(Person.objects.filter(id__in=wanted).values_list("id", "name")) if wanted else {}


def languages(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The language each of some people reads."""
    return dict(Person.objects.filter(id__in=list(ids)).values_list("id", "language"))


def people(areas: Sequence[str], *, after: tuple[str, UUID] | None = None, limit: int = 50) -> list[Person]:
    """People whose home lies in `areas`, by name; `after` is the key of the last one seen."""
    rows = Person.objects.filter(under(areas))
    if after is not None:
        rows = rows.filter(Q(name__gt=after[0]) | Q(name=after[0], id__gt=after[1]))
    return list(rows.order_by("name", "id")[:limit])


def counties() -> list[str]:
    """Counties that have accounts."""
    return list(Person.objects.order_by("county").values_list("county", flat=True).distinct())


def demo_counties() -> list[str]:
    """Counties that have accounts for a demo."""
    return list(
        Person.objects.exclude(demo="").order_by("county").values_list("county", flat=True).distinct()
    )


def demo_accounts(counties: Sequence[str], *, of_a_kind: int = 6) -> list[DemoAccount]:
    """Accounts of `counties` the sign-in page of a demo offers, highest post first, some of each kind."""
    rows = (
        Post.objects.filter(county__in=counties).exclude(person__demo="").order_by("person__demo", "region")
    )
    found: list[DemoAccount] = []
    taken: Counter[tuple[str, str]] = Counter()
    for login, name, county, kind, region in rows.values_list(
        "person__login", "person__name", "county", "kind", "region"
    ):
        taken[county, kind] += 1
        if taken[county, kind] <= of_a_kind:
            found.append(DemoAccount(login=login, name=name, county=county, kind=kind, region=region))
    return found
