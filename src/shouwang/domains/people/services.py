"""Acts on people: accounts, posts with terms, deputies, ways to sign in; one ledger line each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.ledger.acts import Act, Before, before, keep
from shouwang.domains.ledger.minting import mint, salt
from shouwang.kernel.codes import county_of
from shouwang.policy import load

from . import one_time_codes
from .fitting import account_fits, deputy_fits, post_fits
from .misfit import Misfit
from .models import Person, Post
from .sessions import end_all
from .terms import announced, held


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
    password: str = "",
    hashed: str = "",
    language: str = "zh-hans",
    demo: str = "",
) -> Person:
    """A new account whose home is `region`, with a `password` of its own or one `hashed` before. Raises Misfit."""
    account_fits(login=login, name=name, region=region, language=language)
    kept = hashed or (make_password(password) if password else "")
    person = Person(
        id=mint(at),
        county=county_of(region),
        region=region,
        salt=salt(),
        login=login,
        name=name,
        language=language,
        password=kept,
        password_at=at if kept else None,
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
    """A post for a term over a set of areas. Raises Misfit."""
    post_fits(
        person, kind=kind, department=department, region=region, territory=territory, term=(since, until)
    )
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
    told = announced(post, was_held=False, at=at)
    keep(_act("deputise" if deputy_of else "appoint", region, by=by, at=at), subject=post, enclosed=told)
    return post


def deputise(post: Post, deputy: Person, *, since: date, until: date, by: By, at: datetime) -> Post:
    """Somebody stands in for the holder of `post` for some days (代理). Raises Misfit."""
    deputy_fits(post, deputy, since=since, until=until)
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
    """The post is held to the end of `last_day`; its deputies stand in no longer than that. Raises Misfit."""
    if last_day < post.since:
        raise Misfit("until", _("A term cannot end before it begins."))
    earlier, was_held = before(post, "until"), held(post, timezone.localtime(at).date())
    post.until = last_day
    told = announced(post, was_held=was_held, at=at)
    keep(_act("end_post", post.region, by=by, at=at), subject=post, changed=(earlier, ("until",)), enclosed=told)


def set_password(person: Person, password: str, *, by: By, at: datetime, but: UUID | None = None) -> None:
    """Ends the person's sessions, all `but` one. A password that somebody else sets must be changed at once."""
    own = by.actor == person.id
    earlier = _stood(person, "password")
    person.password, person.password_at = make_password(password), at if own else None
    with transaction.atomic():
        _change(person, "set_password", earlier, "password", "password_at", by=by, at=at)
        end_all(person, now=at, but=but)


def enrol_code(person: Person, secret: str, *, by: By, at: datetime) -> None:
    """From now on the person gives a one-time code of `secret`."""
    earlier = _stood(person, "totp")
    person.totp = one_time_codes.sealed(secret, person.id)
    _change(person, "enrol_code", earlier, "totp", by=by, at=at)


def reset_code(person: Person, *, by: By, at: datetime) -> None:
    """The phone with the codes is lost: the person enrols another at the next sign-in."""
    earlier = _stood(person, "totp")
    person.totp = b""
    with transaction.atomic():
        _change(person, "reset_code", earlier, "totp", by=by, at=at)
        end_all(person, now=at)


def link(person: Person, subject: str, *, by: By, at: datetime) -> None:
    """Who the person is at an identity provider ('oidc:…') or in a host app ('ticket:…'); '' for nobody."""
    if subject and subject.split(":")[0] not in {"oidc", "ticket"}:
        raise Misfit("subject", _("It must begin with oidc: or ticket:."))
    if subject and Person.objects.filter(subject=subject).exclude(id=person.id).exists():
        raise Misfit("subject", _("Somebody else is linked to it already."))
    earlier = _stood(person, "subject")
    person.subject = subject
    _change(person, "link", earlier, "subject", by=by, at=at)


def lock(person: Person, *, by: By, at: datetime) -> None:
    """Close the account and end its sessions; posts and history stay."""
    earlier = _stood(person, "active")
    person.active = False
    with transaction.atomic():
        _change(person, "lock", earlier, "active", by=by, at=at)
        end_all(person, now=at)


def unlock(person: Person, *, by: By, at: datetime) -> None:
    """Open the account again and forget the failed tries before now."""
    earlier = _stood(person, "active", "unlocked_at")
    person.active, person.unlocked_at = True, at
    _change(person, "unlock", earlier, "active", "unlocked_at", by=by, at=at)


def _stood(person: Person, *fields: str) -> Before:
    """How an account stood: an act that began before its secret was sealed anew is not written over that."""
    return before(person, *dict.fromkeys((*fields, "totp")))


def _change(person: Person, name: str, earlier: Before, *fields: str, by: By, at: datetime) -> None:
    keep(_act(name, person.region, by=by, at=at), subject=person, changed=(earlier, fields))


def _act(name: str, region: str, *, by: By, at: datetime) -> Act:
    return Act(
        room="people",
        name=name,
        region=region,
        at=at,
        pack=by.pack,
        actor=by.actor,
        post=by.post,
        clause=load(settings.PACK).wiring.clauses.accounts,
    )
