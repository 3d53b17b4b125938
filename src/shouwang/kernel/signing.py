"""How machines sign what they send each other (消息签名): written here and checked here, in one way everywhere."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

# How far the clock of whoever sends may be from ours; beyond it a delivery may be an old one played again.
SKEW = timedelta(minutes=5)


def signed(secret: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 of seconds since 1970, a full stop and the body, in hex."""
    return mark_of(secret, stamp.encode() + b"." + body)


def mark_of(secret: str, text: bytes) -> str:
    """HMAC-SHA256 in hex."""
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def same(right: str, said: str) -> bool:
    return hmac.compare_digest(right.encode(), said.encode())


def genuine(secret: str, body: bytes, *, stamp: str, signature: str, now: datetime) -> bool:
    """Whether a body was signed with the secret, and lately."""
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
        return False
    fresh = abs(now - datetime.fromtimestamp(int(stamp), UTC)) <= SKEW
    return fresh and same(signed(secret, stamp, body), signature)
