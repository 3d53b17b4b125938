"""What makes two objects the same one sent twice: source, serial, type, the object's bytes and the device's time."""

from hashlib import blake2b

SIZE = 16


def fingerprint(source: int, serial: int, kind: int, data: bytes) -> bytes:
    """`data` are the object's bytes; where those carry no time, with the time label of the frame behind them."""
    head = (source | serial << 48 | kind << 64).to_bytes(9, "little")
    return blake2b(head + data, digest_size=SIZE).digest()
