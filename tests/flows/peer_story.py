"""The platform of another level: what it is told, and what it tells us, over our own WSGI application."""

import json
from uuid import uuid4

import httpx
from django.utils import timezone

from shouwang.domains.alarms.models import Alarm
from shouwang.domains.peers.models import Peer
from shouwang.flows.tell_peers import Parcel, plan_words, send_words
from shouwang.gateways.exchange.sender import send
from shouwang.gateways.push.app import application
from shouwang.kernel.peer_words import receipt_signature, written
from shouwang.kernel.signing import signed
from tests.cast import STREET

KEY = "k" * 32


class Away:
    """The platform of the prefecture, which may be down, lose its answer, turn some alarms down, or be another."""

    def __init__(self) -> None:
        self.transport = httpx.MockTransport(self.answer)
        self.down = self.deaf = False
        self.key, self.told = KEY, list[dict]()
        self.unwanted = set[str]()

    def answer(self, request: httpx.Request) -> httpx.Response:
        stamp, said = request.headers["X-Timestamp"], request.headers["X-Signature"]
        assert said == signed(KEY, stamp, request.content)
        if self.down:
            return httpx.Response(502)
        word = json.loads(request.content)
        assert request.headers["Idempotency-Key"] == word["event"]
        if word["origin"] in self.unwanted:
            return httpx.Response(422, json={"error": "area"})
        self.told.append(word)
        if self.deaf:
            return httpx.Response(200, content=b"cut off")
        told = {"receipt": str(uuid4()), "event": word["event"], "result": "kept"}
        return httpx.Response(200, json=told | {"signature": receipt_signature(self.key, told)})

    def __call__(self, parcel: Parcel) -> str:
        return send(parcel, transport=self.transport)

    @property
    def acts(self) -> list[str]:
        return [word["act"] for word in self.told]


def pass_on(away: Away, *, at) -> int:
    plan_words(now=at)
    return send_words(away, clock=lambda: at)


def come(peer: Peer, *, key=KEY, ago=0, id=None, **more) -> httpx.Response:
    """They tell us."""
    told = {"v": 1, "event": f"ring:{more.get('origin')}", "act": "ring", "at": timezone.now().isoformat(),
            "kind": "fire", "area": STREET, "place": "海兰路99号"} | more  # fmt: skip
    return come_as(peer, written(told), key=key, ago=ago, id=id)


def come_as(peer: Peer, body: bytes, *, key=KEY, ago=0, id=None) -> httpx.Response:
    stamp = str(int(timezone.now().timestamp()) - ago)
    with httpx.Client(transport=httpx.WSGITransport(app=application), base_url="http://ours") as client:
        headers = {"X-Timestamp": stamp, "X-Signature": signed(key, stamp, body)}
        return client.post(f"/push/peer/{id or peer.id}", content=body, headers=headers)


def said(answer: httpx.Response) -> str:
    """What became of a word: the result of its receipt, or why there is none."""
    told = answer.json() if answer.content else {}
    return told.get("result") or f"{answer.status_code} {told.get('error', '')}".strip()


def their_alarm() -> Alarm:
    return Alarm.objects.get(way="peer")
