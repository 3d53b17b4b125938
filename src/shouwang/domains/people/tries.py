"""Tries to sign in (登录记录): each is on record before it is judged, and too many close the account.

A try counts as failed until it is concluded, so a crowd of parallel guesses meets the limit like a queue of them.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from shouwang.domains.ledger.minting import mint

from .models import Person, SignIn
from .profiles import Profile

NOWHERE = "000000"
BEGUN, PASSED, HALF, LOCKED = "begun", "passed", "half", "locked"
UNKNOWN, WRONG, CLOSED, USED = "unknown", "wrong", "closed", "used"
# What neither counts as a failure nor takes failures back is left out of the count.
COUNTED = (BEGUN, PASSED, UNKNOWN, WRONG, CLOSED, USED)


def begin(login: str, person: Person | None, *, means: str, now: datetime) -> SignIn:
    """Put a try on record. Of an unknown login only a fingerprint: people type passwords there."""
    county = person.county if person else NOWHERE
    return SignIn.objects.create(
        id=mint(now),
        county=county,
        region=county,
        login=person.login if person else salted_hmac("shouwang.tries", login).hexdigest()[:40],
        person=person.id if person else None,
        means=means,
        outcome=BEGUN,
        at=now,
    )


def locked_until(own: SignIn, person: Person | None, *, rules: Profile, now: datetime) -> datetime | None:
    """Until when the account of a begun try is closed; unknown ones close like known ones."""
    before = SignIn.objects.filter(county=own.county, login=own.login, outcome__in=COUNTED).exclude(id=own.id)
    newest = list(before.order_by("-at", "-id").values_list("outcome", "at")[: rules.tries])
    since = person.unlocked_at if person else None
    failed = [at for outcome, at in newest if outcome != PASSED and (since is None or at > since)]
    if len(failed) < rules.tries or failed[0] - failed[-1] > rules.lockout:
        return None
    until: datetime = failed[0] + rules.lockout
    return until if until > now else None


def conclude(own: SignIn, outcome: str) -> None:
    own.outcome = outcome
    SignIn.objects.filter(county=own.county, id=own.id).update(outcome=outcome)


def use_code(own: SignIn, step: int) -> bool:
    """Conclude a try with a right code, unless its half minute was used before: then it is refused."""
    try:
        with transaction.atomic():
            SignIn.objects.filter(county=own.county, id=own.id).update(outcome=PASSED, step=step)
    except IntegrityError:
        conclude(own, USED)
        return False
    own.outcome = PASSED
    return True


def of(county: str, login: str, *, limit: int = 20) -> list[SignIn]:
    """The newest tries of an account, for the one who looks after it."""
    return list(SignIn.objects.filter(county=county, login=login).order_by("-at", "-id")[:limit])
