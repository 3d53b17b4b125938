"""One word to a platform (发送): taken only where its own signed receipt names the same word."""

import time

import httpx

from shouwang.flows.tell_peers import NotTaken, Parcel
from shouwang.kernel.peer_words import receipt_signature, same, signed, written

SECONDS = 10


def send(parcel: Parcel, *, client: httpx.Client | None = None) -> str:
    """Its receipt. Raises NotTaken."""
    body, stamp = written(parcel.told), str(int(time.time()))
    headers = {
        "Content-Type": "application/json", "Idempotency-Key": parcel.event, "X-Timestamp": stamp,
        "X-Signature": signed(parcel.secret, stamp, body),
    }  # fmt: skip
    try:
        if client is None:
            answer = httpx.post(parcel.url, content=body, headers=headers, timeout=SECONDS)
        else:
            answer = client.post(parcel.url, content=body, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotTaken(type(error).__name__) from None
    if not answer.is_success:
        raise NotTaken(f"HTTP {answer.status_code}{_why(answer)}")
    return _receipt(parcel, answer)


def _receipt(parcel: Parcel, answer: httpx.Response) -> str:
    try:
        told = {name: str(answer.json()[name]) for name in ("receipt", "event", "result", "signature")}
    except (ValueError, KeyError, TypeError):
        raise NotTaken("the answer is no receipt") from None
    if told["event"] != parcel.event or not same(receipt_signature(parcel.secret, told), told["signature"]):
        raise NotTaken("the receipt is not signed with our key")
    return told["receipt"]


def _why(answer: httpx.Response) -> str:
    try:
        said = answer.json()["error"]
    except (ValueError, KeyError, TypeError):
        return ""
    return f": {said}"[:60]
