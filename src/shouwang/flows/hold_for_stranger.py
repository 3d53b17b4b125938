"""A photo is held for somebody without an account whose form has a fault (暂存照片): sealed, gone after days."""

from django.conf import settings
from django.core.signing import BadSignature, Signer

from shouwang.domains.files.checking import check
from shouwang.domains.files.holding import held, hold
from shouwang.domains.people.crypto import Unreadable, decrypt, encrypt

SIGNER = Signer(salt="stranger's photo")
BOUND = b"stranger's photo"


def hold_for_stranger(data: bytes, *, county: str) -> str:
    """Keep the bytes; the slip returned opens them. Raises FileRefused."""
    check(data, limit=settings.FILE_LIMIT_MB * 1024 * 1024)
    return SIGNER.sign_object({"county": county, "name": hold(encrypt(data, bound_to=BOUND), county=county)})


def held_for_stranger(slip: str) -> bytes | None:
    """What the slip opens; None when it is false or too old."""
    try:
        told = SIGNER.unsign_object(slip)
        sealed = held(told["county"], told["name"])
        return None if sealed is None else decrypt(sealed, bound_to=BOUND)
    except (BadSignature, Unreadable, ValueError, KeyError, TypeError):
        return None
