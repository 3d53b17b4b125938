"""Acts on people: enrolled, appointed, posts ended, passwords set; one ledger line each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password

from shouwang.domains.ledger.acts import Act, before, keep
from shouwang.domains.ledger.minting import mint, salt
from shouwang.kernel.codes import county_of

from .models import Person, Post

CLAUSE = "P-01"


@dataclass(frozen=True, kw_only=True)
class By:
    """Who administers, in which post, under which pack."""

    actor: UUID | None
    post: str
    pack: str


def enrol_person(
    *,
    login: str,
    name: str,
    region: str,
    by: By,
    at: datetime,
    hashed: str = "",
    language: str = "zh-hans",
    demo: str = "",
) -> Person:
    """A new account whose home is `region`; `hashed` is its password by `hashers`, if it has one yet.

    Raises IntegrityError when the login is taken in the county.
    """
    person = Person(
        id=mint(at),
        county=county_of(region),
        region=region,
        salt=salt(),
        login=login,
        name=name,
        language=language,
        password=hashed,
        password_at=at if hashed else None,
        demo=demo,
    )
    keep(_act("enrol", region, by=by, at=at), subject=person)
    return person


def appoint(
    person: Person,
    *,
    kind: str,
    department: str,
    region: str,
    territory: Sequence[str],
    since: date,
    by: By,
    at: datetime,
    until: date | None = None,
    deputy_of: UUID | None = None,
) -> Post:
    """A post for a term over a set of areas."""
    post = Post(
        id=mint(at),
        county=person.county,
        region=region,
        salt=salt(),
        person=person,
        kind=kind,
        department=department,
        territory=list(territory),
        since=since,
        until=until,
        deputy_of=deputy_of,
    )
    keep(_act("appoint", region, by=by, at=at), subject=post)
    return post


def deputise(post: Post, deputy: Person, *, since: date, until: date, by: By, at: datetime) -> Post:
    """Somebody stands in for the holder of `post` for some days (代理)."""
    return appoint(
        deputy,
        kind=post.kind,
        department=post.department,
        region=post.region,
        territory=post.territory,
        since=since,
        until=until,
        deputy_of=post.id,
        by=by,
        at=at,
    )


def end_post(post: Post, *, last_day: date, by: By, at: datetime) -> None:
    earlier = before(post, "until")
    post.until = last_day
    keep(_act("end_post", post.region, by=by, at=at), subject=post, changed=(earlier, ("until",)))


def set_password(person: Person, password: str, *, by: By, at: datetime) -> None:
    earlier = before(person, "password")
    person.password, person.password_at = make_password(password), at
    keep(
        _act("set_password", person.region, by=by, at=at),
        subject=person,
        changed=(earlier, ("password", "password_at")),
    )


def _act(name: str, region: str, *, by: By, at: datetime) -> Act:
    return Act(
        room="people",
        name=name,
        region=region,
        at=at,
        pack=by.pack,
        actor=by.actor,
        post=by.post,
        clause=CLAUSE,
    )
