"""Who may push (推送校验): by the platform's own signature where it has one, else by an address that only it knows."""

import hashlib
import hmac
from datetime import UTC, datetime

from shouwang.kernel.operators import signed_by_onenet

# How far the clock of a video server may be from ours, in seconds; beyond it a delivery may be an old one played again.
SKEW = 300


def genuine(platform: str, body: bytes, *, token: str, path: str, headers: dict[str, str], now: datetime) -> bool:
    """CTWing and OC sign nothing and are told by the secret end of the address (and by TLS, see the how-to)."""
    match platform:
        case "onenet":
            return signed_by_onenet(body, token)
        case "video":
            return signed_by_hmac(body, token, headers=headers, now=now)
        case _:
            return hmac.compare_digest(path.encode(), token.encode())


def signed_by_hmac(body: bytes, token: str, *, headers: dict[str, str], now: datetime) -> bool:
    """X-Signature is HMAC-SHA256 of X-Timestamp, a full stop and the body, in hex."""
    stamp, said = headers.get("X_TIMESTAMP", ""), headers.get("X_SIGNATURE", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
        return False
    if abs(now - datetime.fromtimestamp(int(stamp), UTC)).total_seconds() > SKEW:
        return False
    right = hmac.new(token.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(right.encode(), said.encode())
