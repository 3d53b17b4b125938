"""The two security profiles (安全配置): 等保三级 asks for what ASVS 5.0 forbids, so neither is hard-coded."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from shouwang.kernel.codes import Level

OFFICES = frozenset({Level.COUNTY, Level.PREFECTURE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Rules for passwords, lockout and sessions, with where each comes from.

    `tries` failures within `lockout` close an account for as long. Posts at the levels of `second_factor`
    give a one-time code after the password.
    """

    least_length: int
    kinds_of_signs: int
    password_lasts: timedelta | None
    tries: int
    lockout: timedelta
    idle: timedelta
    session_lasts: timedelta
    second_factor: frozenset[Level] = OFFICES


PROFILES = {
    # GB/T 22239-2019 8.1.4.1: complexity, regular change, failure handling, exit on timeout, two factors.
    "dengbao3": Profile(
        least_length=8,
        kinds_of_signs=3,
        password_lasts=timedelta(days=90),
        tries=5,
        lockout=timedelta(minutes=30),
        idle=timedelta(minutes=30),
        session_lasts=timedelta(hours=12),
    ),
    # ASVS 5.0 V6.2.1, V6.2.5, V6.2.10, V6.3.1, V6.3.3, V7.3.1-2: length counts, no forced change.
    "asvs": Profile(
        least_length=12,
        kinds_of_signs=1,
        password_lasts=None,
        tries=10,
        lockout=timedelta(minutes=15),
        idle=timedelta(hours=1),
        session_lasts=timedelta(hours=12),
    ),
}


def profile() -> Profile:
    return PROFILES[settings.SECURITY_PROFILE]
