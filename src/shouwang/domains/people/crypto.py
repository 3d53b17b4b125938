"""Encrypting what must be read back (加密): AES-GCM, or SM4-GCM where the ledger uses SM3."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, CipherAlgorithm, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE, TAG = 12, 16
# The first byte names the cipher, so that a change of the setting leaves what is stored readable.
AES_GCM, SM4_GCM = 1, 2
KEY_BYTES = {AES_GCM: 32, SM4_GCM: 16}


class Unreadable(Exception):
    """Not encrypted here, for something else, or changed since."""


def encrypt(plain: bytes, *, bound_to: bytes) -> bytes:
    """Encrypt for one purpose and row: elsewhere than `bound_to` it cannot be read."""
    kind = SM4_GCM if settings.DIGEST == "sm3" else AES_GCM
    nonce = os.urandom(NONCE)
    cipher = Cipher(_algorithm(kind, settings.SECRET_KEY), modes.GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(bound_to)
    return bytes([kind]) + nonce + cipher.update(plain) + cipher.finalize() + cipher.tag


def decrypt(sealed: bytes, *, bound_to: bytes) -> bytes:
    """Raises Unreadable. Keys set aside (SECRET_KEY_FALLBACKS) still read what they wrote."""
    if len(sealed) <= 1 + NONCE + TAG or sealed[0] not in KEY_BYTES:
        raise Unreadable
    nonce, body, tag = sealed[1 : 1 + NONCE], sealed[1 + NONCE : -TAG], sealed[-TAG:]
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        cipher = Cipher(_algorithm(sealed[0], secret), modes.GCM(nonce, tag)).decryptor()
        cipher.authenticate_additional_data(bound_to)
        try:
            return cipher.update(body) + cipher.finalize()
        except InvalidTag:
            continue
    raise Unreadable


def _algorithm(kind: int, secret: str) -> CipherAlgorithm:
    derived = HKDF(algorithm=SHA256(), length=KEY_BYTES[kind], salt=None, info=b"shouwang people")
    key = derived.derive(secret.encode())
    return algorithms.SM4(key) if kind == SM4_GCM else algorithms.AES(key)
