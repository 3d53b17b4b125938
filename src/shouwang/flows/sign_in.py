"""Signing in (登录): by password, by an identity provider or by a host app; then the steps still owed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.people import one_time_codes, sessions, tries
from shouwang.domains.people.crypto import Unreadable
from shouwang.domains.people.models import Person, SignIn
from shouwang.domains.people.passwords import overdue, right
from shouwang.domains.people.profiles import Profile, profile
from shouwang.domains.people.queries import SignedIn, account, account_of, posts_of
from shouwang.domains.people.queries import person as person_of
from shouwang.flows.refusal import Unfit
from shouwang.flows.sight import pack
from shouwang.kernel.codes import Level

CODE, ENROL, PASSWORD = "code", "enrol", "password"


@dataclass(frozen=True, kw_only=True)
class Entered:
    """A session begun or gone on: its token, the steps still owed (the next first), and how it speaks."""

    token: str
    owes: str
    person: UUID
    language: str


def by_password(login: str, password: str, *, now: datetime) -> Entered:
    """Raises Unfit. What it says is the same whether or not there is such an account."""
    person, rules = account(login), profile()
    tried = tries.begin(login, person, means="password", now=now)
    refuse_locked(tried, person, rules=rules, now=now)
    if not right(password, person) or person is None:
        tries.conclude(tried, tries.WRONG if person else tries.UNKNOWN)
        raise Unfit({"password": _("The login or the password is wrong.")})
    if not _open(person):
        tries.conclude(tried, tries.CLOSED)
        raise Unfit({"password": _("The login or the password is wrong.")})
    owes = owed(person, rules=rules, now=now)
    if overdue(person, rules=rules, now=now) and not person.demo:
        owes.append(PASSWORD)
    return _begin(person, tried, owes=owes, now=now)


def by_subject(subject: str, *, now: datetime) -> Entered:
    """For whom an identity provider ('oidc:…') or a host app ('ticket:…') vouches. Raises Unfit."""
    person = account_of(subject)
    tried = tries.begin(subject, person, means=subject.split(":")[0], now=now)
    if person is None or not _open(person):
        tries.conclude(tried, tries.CLOSED if person else tries.UNKNOWN)
        raise Unfit(
            {"subject": _("No account here is linked to you. Ask the security administrator to link it.")}
        )
    return _begin(person, tried, owes=owed(person, rules=profile(), now=now), now=now)


def give_code(held: SignedIn, code: str, *, now: datetime) -> Entered:
    """The second factor. Raises Unfit; a code opens once."""
    person = owner(held)
    if not held.owes.startswith(CODE):
        raise Unfit({"code": _("No code is asked for now.")})
    tried = tries.begin(person.login, person, means="code", now=now)
    refuse_locked(tried, person, rules=profile(), now=now)
    try:
        secret = one_time_codes.opened(person.totp, person.id)
    except Unreadable:
        tries.conclude(tried, tries.CLOSED)
        raise Unfit(
            {"code": _("The key of your codes cannot be read. Ask the security administrator.")}
        ) from None
    step = one_time_codes.step_of(code, secret=secret, now=now)
    if step is None:
        tries.conclude(tried, tries.WRONG)
        raise Unfit({"code": _("This code is wrong or too old.")})
    if not tries.use_code(tried, step):
        raise Unfit({"code": _("This code was used before. Wait for the next one.")})
    return took_step(held, person, step=CODE, now=now)


def took_step(held: SignedIn, person: Person, *, step: str, now: datetime) -> Entered:
    """The session goes on under a new token, one step less owed."""
    owes = ",".join(one for one in held.owes.split(",") if one != step)
    token = sessions.renew(person.county, held.session, owes=owes, now=now)
    return Entered(token=token, owes=owes, person=person.id, language=person.language)


def leave(token: str, *, now: datetime) -> None:
    sessions.end(token, now=now)


def owner(held: SignedIn) -> Person:
    found = person_of(held.actor.county, held.actor.id)
    assert found is not None, "a session without its person"
    return found


def owed(person: Person, *, rules: Profile, now: datetime) -> list[str]:
    """Whether an office is to give its second factor, or to set one up first; demo accounts need none."""
    kinds = pack().posts
    levels = {
        Level(kinds[post.kind].level)
        for post in posts_of(person, on=timezone.localdate(now))
        if post.kind in kinds
    }
    if person.demo or not (person.totp or levels & rules.second_factor):
        return []
    return [CODE if person.totp else ENROL]


def _begin(person: Person, tried: SignIn, *, owes: list[str], now: datetime) -> Entered:
    tries.conclude(tried, tries.HALF if CODE in owes else tries.PASSED)
    due = ",".join(owes)
    token = sessions.begin(person, lasts=profile().session_lasts, owes=due, now=now)
    return Entered(token=token, owes=due, person=person.id, language=person.language)


def _open(person: Person) -> bool:
    """Accounts of a demo, whose password everybody can read, open nothing elsewhere."""
    return person.active and (settings.DEMO or not person.demo)


def refuse_locked(tried: SignIn, person: Person | None, *, rules: Profile, now: datetime) -> None:
    until = tries.locked_until(tried, person, rules=rules, now=now)
    if until is None:
        return
    tries.conclude(tried, tries.LOCKED)
    minutes = max(1, -(-int((until - now).total_seconds()) // 60))
    words = _("Too many failed tries. Try again in %(minutes)s minutes.") % {"minutes": minutes}
    raise Unfit({"password" if tried.means == "password" else "code": words})
