"""People of the cast with passwords and codes, for the stories of signing in."""

from datetime import UTC, date, datetime, timedelta

import pyotp

from shouwang.domains.people.models import Person
from shouwang.domains.people.profiles import profile
from shouwang.domains.people.queries import SignedIn, signed_in
from shouwang.domains.people.services import By, enrol_code
from shouwang.flows.sign_in import Entered
from tests.cast import CAST, PACK, enter
from tests.prefectures import here

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 in Yanji
TODAY = date(2026, 11, 23)
MINUTE = timedelta(minutes=1)
PASSWORD = "Changbai-2026"
KEEPER = By(actor=None, post=here("security_admin"), pack=PACK)


def person(login: str, *, at: datetime = MONDAY, password: str = PASSWORD) -> Person:
    """One of the cast, enrolled with a password chosen at that time."""
    enter(next(one for one in CAST if one.login == login), at=at, password=password)
    return Person.objects.get(login=login)


def with_codes(login: str) -> tuple[Person, pyotp.TOTP]:
    """One of the cast whose phone gives codes."""
    found, secret = person(login), pyotp.random_base32()
    enrol_code(found, secret, by=KEEPER, at=MONDAY)
    return found, pyotp.TOTP(secret)


def held(entry: Entered, *, now: datetime = MONDAY) -> SignedIn:
    """The session a browser holds after `entry`."""
    found = signed_in(entry.token, now=now, day=TODAY, idle=profile().idle)
    assert found is not None
    return found


def is_open(token: str, *, now: datetime = MONDAY) -> bool:
    found = signed_in(token, now=now, day=TODAY, idle=profile().idle)
    return found is not None and not found.owes
