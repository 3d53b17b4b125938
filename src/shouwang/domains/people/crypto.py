"""Sealing what must be read back (加密): AES-GCM, or SM4-GCM where the ledger uses SM3; what is sealed names its key.

Whoever seals something that stays must say how it is sealed anew when keys rotate: `resealing.py`, held by a test.
"""

import os
from functools import lru_cache

from django.conf import settings

from shouwang.kernel.digest import Algorithm
from shouwang.kernel.suites import NATIONAL, NONCE, STANDARD, SUITES, TAG, Forged, Suite

from .keyring import NAME_BYTES, named, newest

# The first byte names the suite, so that a change of the setting leaves what is stored readable; and whether the
# name of a key follows. Without one it is key 0, derived from SECRET_KEY.
AES_GCM, SM4_GCM, NAMED_AES_GCM, NAMED_SM4_GCM = 1, 2, 3, 4
KINDS = {AES_GCM: STANDARD, SM4_GCM: NATIONAL, NAMED_AES_GCM: STANDARD, NAMED_SM4_GCM: NATIONAL}
NAMED = {"sha256": NAMED_AES_GCM, "sm3": NAMED_SM4_GCM}
UNNAMED = {"sha256": AES_GCM, "sm3": SM4_GCM}
KEY_ZERO = "0"
PURPOSE, PURPOSE_ZERO = b"shouwang sealed", b"shouwang people"


class Unreadable(Exception):
    """Not sealed here, for something else, changed since, or its key is gone."""


def encrypt(plain: bytes, *, bound_to: bytes) -> bytes:
    """Seal for one purpose and row: elsewhere than `bound_to` it cannot be read."""
    suite, nonce, key = SUITES[settings.DIGEST], os.urandom(NONCE), newest()
    if key is None:
        derived = _derived(suite.name, settings.SECRET_KEY.encode(), PURPOSE_ZERO)
        head = bytes([UNNAMED[suite.name]])
        return head + nonce + suite.encrypt(plain, key=derived, nonce=nonce, bound_to=bound_to)
    head = bytes([NAMED[suite.name]]) + bytes.fromhex(key.name)
    derived = _derived(suite.name, key.secret, PURPOSE)
    return head + nonce + suite.encrypt(plain, key=derived, nonce=nonce, bound_to=head + bound_to)


def decrypt(sealed: bytes, *, bound_to: bytes) -> bytes:
    """Raises Unreadable."""
    name = sealed_by(sealed)
    if name is None:
        raise Unreadable
    suite, length = KINDS[sealed[0]], _head(sealed)
    head, nonce, body = sealed[:length], sealed[length : length + NONCE], sealed[length + NONCE :]
    bound_to = bound_to if name == KEY_ZERO else head + bound_to
    for derived in _keys(suite, name):
        try:
            return suite.decrypt(body, key=derived, nonce=nonce, bound_to=bound_to)
        except Forged:
            continue
    raise Unreadable


def sealed_by(sealed: bytes) -> str | None:
    """The name of the key that sealed something; None for what was never sealed."""
    if not sealed or sealed[0] not in KINDS or len(sealed) <= _head(sealed) + NONCE + TAG:
        return None
    return sealed[1 : 1 + NAME_BYTES].hex() if _head(sealed) > 1 else KEY_ZERO


def seals() -> str:
    """The name of the key that seals from now on."""
    key = newest()
    return key.name if key else KEY_ZERO


def _head(sealed: bytes) -> int:
    return 1 + NAME_BYTES if sealed[0] in NAMED.values() else 1


def _keys(suite: Suite, name: str) -> list[bytes]:
    """What may open: secrets set aside (SECRET_KEY_FALLBACKS) still read what key 0 wrote with them."""
    if name == KEY_ZERO:
        secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        return [_derived(suite.name, secret.encode(), PURPOSE_ZERO) for secret in secrets]
    key = named(name)
    return [_derived(suite.name, key.secret, PURPOSE)] if key and key.secret else []


@lru_cache(maxsize=64)
def _derived(algorithm: Algorithm, secret: bytes, purpose: bytes) -> bytes:
    # Key 0 was always derived with SHA-256.
    if purpose == PURPOSE_ZERO:
        return STANDARD.derive(secret, purpose=purpose)[: SUITES[algorithm].key_bytes]
    return SUITES[algorithm].derive(secret, purpose=purpose)
