"""Who may push (推送校验): by the platform's own signature where it has one, else by an address that only it knows."""

from datetime import datetime

from shouwang.kernel import signing
from shouwang.kernel.operators import signed_by_onenet


def genuine(platform: str, body: bytes, *, token: str, path: str, headers: dict[str, str], now: datetime) -> bool:
    """CTWing and OC sign nothing and are told by the secret end of the address (and by TLS, see the how-to)."""
    match platform:
        case "onenet":
            return signed_by_onenet(body, token)
        case "video":
            return signed_by_hmac(body, token, headers=headers, now=now)
        case _:
            return signing.same(token, path)


def signed_by_hmac(body: bytes, token: str, *, headers: dict[str, str], now: datetime) -> bool:
    """X-Signature is HMAC-SHA256 of X-Timestamp, a full stop and the body, in hex."""
    stamp, said = headers.get("X_TIMESTAMP", ""), headers.get("X_SIGNATURE", "")
    return signing.genuine(token, body, stamp=stamp, signature=said, now=now)
