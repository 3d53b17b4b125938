"""Drawing by lot so that anybody can draw again (抽签): a published root and the thing's id decide, nobody's hand."""

import hashlib

WHOLE = 1 << 256


def lot_falls(root: bytes, subject: str, percent: int) -> bool:
    """Whether the lot falls on `subject`: SHA-256 of root, '/' and id, read as a number, lies in the lowest share."""
    number = int.from_bytes(hashlib.sha256(root + b"/" + subject.encode()).digest(), "big")
    return number * 100 < percent * WHOLE
