"""One word to a platform (发送): taken only where its own signed receipt names the same word.

However odd the other side is, slow by the byte, endless, nonsense, it costs ten seconds and little memory.
"""

import asyncio
import ssl
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import httpx

from shouwang.flows.tell_peers import NotTaken, Parcel, TurnedDown
from shouwang.gateways.whereto import NoWay, Way, ways_to
from shouwang.kernel.peer_words import receipt_signature, written
from shouwang.kernel.signing import same, signed
from shouwang.kernel.told_values import NotJson, from_json

# For the whole word, and for all of the answer that is read.
SECONDS, LARGEST = 10.0, 16 * 1024
# Who is there at all says so sooner.
REACHED = 4.0
# What they answer to a word that they will not have, as they would to any other.
NOT_THIS_ONE = (400, 413, 422)
# Only a loop can end a whole exchange at its time; whoever asks may be in one of their own already.
_APART = ThreadPoolExecutor(1, "exchange")


def send(parcel: Parcel, *, transport: httpx.AsyncBaseTransport | None = None) -> str:
    """Its receipt. Raises NotTaken."""
    body, stamp = written(parcel.told), str(int(time.time()))
    headers = {
        "Content-Type": "application/json", "Idempotency-Key": parcel.event, "X-Timestamp": stamp,
        "X-Signature": signed(parcel.secret, stamp, body),
        # Packed, an answer could be far larger than what comes over the line.
        "Accept-Encoding": "identity",
    }  # fmt: skip
    try:
        asked = _answer(parcel.url, body, headers=headers, transport=transport)
        status, said = _APART.submit(asyncio.run, asked).result()
    except NoWay as no:
        raise NotTaken(str(no)) from None
    except TimeoutError:
        raise NotTaken(f"no answer in {SECONDS:g} seconds") from None
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise NotTaken(type(error).__name__) from None
    told = _read(said)
    if status in NOT_THIS_ONE:
        raise TurnedDown(f"HTTP {status}{_why(told)}")
    if not 200 <= status < 300:
        raise NotTaken(f"HTTP {status}{_why(told)}")
    return _receipt(parcel, told)


async def _answer(
    url: str, body: bytes, *, headers: Mapping[str, str], transport: httpx.AsyncBaseTransport | None
) -> tuple[int, bytes]:
    """One word of ours, one answer: its limit of time holds for all of it together. Raises NotTaken, NoWay."""
    async with asyncio.timeout(SECONDS), httpx.AsyncClient(
        transport=transport, verify=_trusted(), timeout=httpx.Timeout(SECONDS, connect=REACHED)
    ) as client:
        to = httpx.URL(url)
        # Whoever brings a transport of their own knows where it leads.
        way, *others = [Way(to)] if transport else await asyncio.to_thread(ways_to, to)
        while True:
            sent = {**headers, **way.headers}
            asked = client.build_request("POST", way.to, content=body, headers=sent, extensions=way.extensions)
            try:
                return await _heard(client, asked)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if not others:
                    raise
                way, *others = others


async def _heard(client: httpx.AsyncClient, asked: httpx.Request) -> tuple[int, bytes]:
    said = bytearray()
    answer = await client.send(asked, stream=True)
    try:
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            raise NotTaken("the answer is packed")
        async for some in answer.aiter_bytes():
            said += some
            if len(said) > LARGEST:
                break
    finally:
        await answer.aclose()
    return answer.status_code, bytes(said)


@cache
def _trusted() -> ssl.SSLContext:
    """Read once: reading all authorities costs more than a word."""
    return httpx.create_ssl_context()


def _read(said: bytes) -> dict[str, Any]:
    try:
        told = from_json(said)
    except NotJson:
        return {}
    return told if isinstance(told, dict) else {}


def _receipt(parcel: Parcel, answer: Mapping[str, Any]) -> str:
    named = {name: answer.get(name) for name in ("receipt", "event", "result", "signature")}
    told = {name: value for name, value in named.items() if isinstance(value, str)}
    if len(told) < len(named) or not told["receipt"]:
        raise NotTaken("the answer is no receipt")
    if told["event"] != parcel.event or not same(receipt_signature(parcel.secret, told), told["signature"]):
        raise NotTaken("the receipt is not signed with our key")
    return told["receipt"]


def _why(answer: Mapping[str, Any]) -> str:
    said = answer.get("error")
    return f": {said}"[:60] if isinstance(said, str) else ""
