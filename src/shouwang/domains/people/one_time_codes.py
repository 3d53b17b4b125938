"""One-time codes (动态口令, RFC 6238): the second factor of offices."""

import base64
import os
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

import pyotp

from .crypto import decrypt, encrypt

ISSUER = "守望"
STEP = 30


def new_secret() -> str:
    return base64.b32encode(os.urandom(20)).decode()


def sealed(secret: str, person: UUID) -> bytes:
    return encrypt(secret.encode(), bound_to=person.bytes)


def opened(blob: bytes, person: UUID) -> str:
    """Raises crypto.Unreadable."""
    return decrypt(bytes(blob), bound_to=person.bytes).decode()


def address(secret: str, login: str) -> str:
    """What the QR code of an authenticator app says."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def step_of(code: str, *, secret: str, now: datetime) -> int | None:
    """The half minute `code` belongs to, the present one or a neighbour; None if it is wrong."""
    given, present = "".join(code.split()), int(now.timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    fitting = [step for step in (present, present - 1, present + 1) if _same(totp, step, given)]
    return fitting[0] if fitting else None


def _same(totp: pyotp.TOTP, step: int, given: str) -> bool:
    return compare_digest(totp.generate_otp(step).encode(), given.encode())
