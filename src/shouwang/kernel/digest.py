"""Digests of values: one byte form for equal values, sealed with a salt by HMAC (SHA-256 or SM3, 国密)."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any, Literal
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives import hashes

Algorithm = Literal["sha256", "sm3"]


class Sm3:
    """SM3 (GB/T 32905) for builds whose OpenSSL leaves it out; shaped as hashlib's own."""

    name = "sm3"
    digest_size = 32
    block_size = 64

    def __init__(self, data: bytes = b"") -> None:
        self._state = hashes.Hash(hashes.SM3())
        self._state.update(data)

    def update(self, data: bytes) -> None:
        self._state.update(data)

    def copy(self) -> "Sm3":
        twin = Sm3.__new__(Sm3)
        twin._state = self._state.copy()
        return twin

    def digest(self) -> bytes:
        return self._state.copy().finalize()

    def hexdigest(self) -> str:
        return self.digest().hex()


def _sm3(data: bytes = b"") -> Any:
    return hashlib.new("sm3", data)


_MAKERS: dict[str, Callable[..., Any]] = {
    "sha256": hashlib.sha256,
    "sm3": _sm3 if "sm3" in hashlib.algorithms_available else Sm3,
}


def maker(algorithm: Algorithm) -> Callable[..., Any]:
    """Give the constructor of a hash, called and used as hashlib's are."""
    try:
        return _MAKERS[algorithm]
    except KeyError:
        raise ValueError(f"algorithm: {algorithm!r} is neither sha256 nor sm3") from None


def canonical(value: object) -> bytes:
    """Write a value so that equal values, before and after the database, give equal bytes."""
    return _WRITER.encode(_plain(value))


def seal(salt: bytes, value: object, *, algorithm: Algorithm = "sha256") -> bytes:
    """Digest a value under a salt; once the salt is deleted, nobody can try out what was written."""
    return keyed(salt, canonical(value), algorithm=algorithm)


def keyed(key: bytes, data: bytes, *, algorithm: Algorithm = "sha256") -> bytes:
    """The HMAC (RFC 2104) of some bytes."""
    if algorithm == "sha256" and len(key) <= _BLOCK:
        # As the standard library's own, which gives up the interpreter to other threads each time: an act digests a
        # dozen rows, and getting it back takes longer than that.
        padded = key.ljust(_BLOCK, b"\0")
        inner = hashlib.sha256(padded.translate(_INNER) + data).digest()
        return hashlib.sha256(padded.translate(_OUTER) + inner).digest()
    return hmac.new(key, data, maker(algorithm)).digest()


def _plain(value: object) -> object:
    # Nearly every value has exactly one of these types, and an act digests a hundred of them.
    if (write := _EXACTLY.get(type(value))) is not None:
        return write(value)
    if type(value) in _SAME:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Mapping):
        return {_key(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return _leaf(value)


def _leaf(value: object) -> object:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, float):
        return _float(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"keys are text, got {type(key).__name__}")
    return str(key)


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError(f"{value.isoformat()}: a moment needs its time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def _decimal(value: Decimal) -> str:
    # A numeric(9,2) column hands 1.1 back as 1.10.
    if not value.is_finite():
        raise ValueError(f"{value}: only finite numbers are digested")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _float(value: float) -> msgspec.Raw | int:
    # jsonb hands 1e22 back as a whole number, and -0.0 as 0.0. The writer has exponents of its own: 1e-05 as 0.00001.
    if not isfinite(value):
        raise ValueError(f"{value}: only finite numbers are digested")
    return int(Decimal(repr(value))) if value.is_integer() else msgspec.Raw(float.__repr__(value))


def _object(value: dict[Any, Any]) -> object:
    return {
        key if type(key) is str else _key(key): item if type(item) in _SAME else _plain(item)
        for key, item in value.items()
    }


def _array(value: list[Any]) -> object:
    return [item if type(item) in _SAME else _plain(item) for item in value]


_BLOCK = 64  # bytes of SHA-256's block
_INNER, _OUTER = (bytes(byte ^ mark for byte in range(256)) for mark in (0x36, 0x5C))
# Writes what the standard library writes with sorted keys and no spaces (tests hold it), in a fifth of its time.
_WRITER = msgspec.json.Encoder(order="sorted")
_SAME = frozenset({str, int, bool, type(None), UUID})
_EXACTLY: dict[type, Callable[[Any], object]] = {
    datetime: _moment,
    bytes: bytes.hex,
    dict: _object,
    list: _array,
}
