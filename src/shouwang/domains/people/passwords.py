"""Passwords (口令): what a profile asks of a new one, and checking one without telling accounts apart."""

import unicodedata
from collections.abc import Callable
from datetime import datetime
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import Person
from .profiles import Profile

LONGEST = 128
KINDS: tuple[Callable[[str], bool], ...] = (
    lambda sign: unicodedata.category(sign) == "Lu",
    lambda sign: unicodedata.category(sign) == "Nd",
    lambda sign: unicodedata.category(sign)[0] in "PSZ",
    # Everything else is a letter to whoever types it: a Chinese or Korean sign too.
    lambda sign: unicodedata.category(sign) != "Lu" and unicodedata.category(sign)[0] not in "NPSZ",
)


def faults(password: str, *, login: str, name: str, rules: Profile) -> list[str]:
    """Everything that keeps `password` from being taken, in the reader's language."""
    found = []
    if len(password) < rules.least_length:
        found.append(_("It needs at least %(least)s characters.") % {"least": rules.least_length})
    if len(password) > LONGEST:
        found.append(_("It may have at most %(most)s characters.") % {"most": LONGEST})
    if sum(any(map(kind, password)) for kind in KINDS) < rules.kinds_of_signs:
        found.append(_("It needs capitals, small letters, digits or signs: three of these four."))
    if any(len(word) > 1 and word.lower() in password.lower() for word in (login, name)):
        found.append(_("It must not contain the login or the name."))
    if _common(password):
        found.append(_("Too many people use this password."))
    return found


def right(given: str, person: Person | None) -> bool:
    """Whether `given` opens the account. An unknown account takes as long to refuse as a known one."""
    kept = person.password if person is not None else ""
    return check_password(given[:LONGEST], kept or _nobodys()) and bool(kept)


def overdue(person: Person, *, rules: Profile, now: datetime) -> bool:
    """Whether the person must choose another password: somebody else gave this one, or it is too old."""
    if person.password_at is None:
        return True
    return rules.password_lasts is not None and now - person.password_at > rules.password_lasts


def _common(password: str) -> bool:
    try:
        _list().validate(password)
    except ValidationError:
        return True
    return False


@cache
def _list() -> CommonPasswordValidator:
    return CommonPasswordValidator()


@cache
def _nobodys() -> str:
    """A hash to compare with where there is none: as slow as any, and `right` says no whatever comes of it."""
    return make_password("nobody")
