"""The two suites of cryptography (算法套件) behind one interface: SHA-256 with AES, or SM3 with SM4 (国密).

Keys and nonces are handed in; this module keeps none and draws none. SM2 signatures are not offered: the library
knows no SM2 curve (docs/keys.md).
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, CipherAlgorithm, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256, SM3, HashAlgorithm
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .digest import Algorithm, keyed, maker

NONCE, TAG = 12, 16


class Forged(Exception):
    """Not encrypted under this key, for something else, or changed since."""


@dataclass(frozen=True, slots=True)
class Suite:
    """A hash (摘要), a keyed hash (HMAC), keys from a secret (HKDF, RFC 5869) and a cipher that finds changes (GCM)."""

    name: Algorithm
    key_bytes: int
    hash: Callable[[], HashAlgorithm]
    cipher: Callable[[bytes], CipherAlgorithm]

    def digest(self, data: bytes) -> bytes:
        made: bytes = maker(self.name)(data).digest()
        return made

    def hmac(self, key: bytes, data: bytes) -> bytes:
        return keyed(key, data, algorithm=self.name)

    def derive(self, secret: bytes, *, purpose: bytes) -> bytes:
        """A key of this suite's cipher, for one purpose."""
        return HKDF(algorithm=self.hash(), length=self.key_bytes, salt=None, info=purpose).derive(secret)

    def encrypt(self, plain: bytes, *, key: bytes, nonce: bytes, bound_to: bytes) -> bytes:
        """The ciphertext with its tag behind it; it opens only beside the same `bound_to`."""
        cipher = Cipher(self.cipher(key), modes.GCM(nonce)).encryptor()
        cipher.authenticate_additional_data(bound_to)
        return cipher.update(plain) + cipher.finalize() + cipher.tag

    def decrypt(self, sealed: bytes, *, key: bytes, nonce: bytes, bound_to: bytes) -> bytes:
        """Raises Forged."""
        if len(sealed) < TAG:
            raise Forged
        cipher = Cipher(self.cipher(key), modes.GCM(nonce, sealed[-TAG:])).decryptor()
        cipher.authenticate_additional_data(bound_to)
        try:
            return cipher.update(sealed[:-TAG]) + cipher.finalize()
        except InvalidTag:
            raise Forged from None


STANDARD = Suite("sha256", 32, SHA256, algorithms.AES)
NATIONAL = Suite("sm3", 16, SM3, algorithms.SM4)
SUITES = MappingProxyType({one.name: one for one in (STANDARD, NATIONAL)})
