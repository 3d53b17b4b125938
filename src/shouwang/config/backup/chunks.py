"""A sealed stream (加密流): chunks that cannot be changed, cut, dropped, put in another order or another place.

Each part has a key of its own, derived from its name and a salt; each chunk's nonce is its number and whether it
is the last, so a stream that ends early or goes on is told like a changed one (after STREAM, Hoang et al., 2015).
"""

import os
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from shouwang.kernel.suites import NATIONAL, STANDARD, TAG, Forged

from .refusing import Damaged

MAGIC, SALT = b"SWB1", 16
CHUNK = 1 << 20
AES_GCM, SM4_GCM = 1, 2
SUITES = {AES_GCM: STANDARD, SM4_GCM: NATIONAL}
PLAIN, PACKED = 0, 1
HEADER = len(MAGIC) + 2 + SALT


def cipher_for(digest: str) -> int:
    """The cipher that goes with the hash of the ledger, as for the sealed columns."""
    return SM4_GCM if digest == "sm3" else AES_GCM


class Sealed:
    """Writes a sealed stream; what is not ended by `close` is refused when read."""

    def __init__(self, out: BinaryIO, *, key: bytes, name: str, cipher: int, packed: bool) -> None:
        salt = os.urandom(SALT)
        self._header = MAGIC + bytes([cipher, PACKED if packed else PLAIN]) + salt
        self._key = _Key(key, name, self._header)
        self._packer = zlib.compressobj(6) if packed else None
        self._waiting, self._number, self._out = bytearray(), 0, out
        out.write(self._header)

    def write(self, data: bytes | memoryview) -> None:
        self._waiting += self._packer.compress(data) if self._packer else data
        # The newest chunk waits: only `close` knows that it is the last.
        while len(self._waiting) > CHUNK:
            self._emit(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def close(self) -> None:
        if self._packer:
            self._waiting += self._packer.flush()
        while len(self._waiting) > CHUNK:
            self._emit(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        self._emit(bytes(self._waiting), last=True)

    def _emit(self, chunk: bytes, *, last: bool) -> None:
        self._out.write(self._key.sealed(chunk, self._number, last))
        self._number += 1


def opened(source: BinaryIO, *, key: bytes, name: str, what: str) -> Iterator[bytes]:
    """What was written, piece by piece; each piece is authentic when it is handed over. Raises Damaged."""
    header = source.read(HEADER)
    if len(header) < HEADER or not header.startswith(MAGIC) or header[4] not in SUITES or header[5] > PACKED:
        raise Damaged(f"{what}: not a part of a backup, or its beginning was changed")
    chunks = _chunks(source, _Key(key, name, header), what)
    yield from _unpacked(chunks) if header[5] == PACKED else chunks


def _chunks(source: BinaryIO, key: "_Key", what: str) -> Iterator[bytes]:
    number, held = 0, source.read(CHUNK + TAG)
    while True:
        following = source.read(CHUNK + TAG)
        try:
            yield key.opened(held, number, not following)
        except Forged:
            raise Damaged(f"{what}, chunk {number + 1}: changed, cut, or of another part or backup") from None
        if not following:
            return
        number, held = number + 1, following


def _unpacked(chunks: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    for chunk in chunks:
        rest = chunk
        while rest:
            yield unpacker.decompress(rest, CHUNK)
            rest = unpacker.unconsumed_tail
    yield unpacker.flush()


class _Key:
    """The key of one part."""

    def __init__(self, key: bytes, name: str, header: bytes) -> None:
        self._suite, self._bound_to = SUITES[header[4]], header + name.encode()
        self._key = self._suite.derive(key, purpose=b"shouwang backup part " + self._bound_to)

    def sealed(self, chunk: bytes, number: int, last: bool) -> bytes:
        return self._suite.encrypt(chunk, key=self._key, nonce=_nonce(number, last), bound_to=self._bound_to)

    def opened(self, sealed: bytes, number: int, last: bool) -> bytes:
        return self._suite.decrypt(sealed, key=self._key, nonce=_nonce(number, last), bound_to=self._bound_to)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
