"""POST /push/peer/<id> (对接平台来报): a platform of another level tells of an alarm and gets a signed receipt."""

import json
import logging
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from shouwang.domains.people.crypto import Unreadable
from shouwang.flows.hear_peer import NotYet, hear, peer_at
from shouwang.kernel.peer_words import NotSound, read, receipt_signature
from shouwang.kernel.signing import genuine

log = logging.getLogger(__name__)
Answer = tuple[HTTPStatus, bytes]


def take_word(peer_id: str, body: bytes, headers: dict[str, str], *, now: datetime | None = None) -> Answer:
    now = now or datetime.now(UTC)
    try:
        found = peer_at(UUID(peer_id))
    except ValueError:
        found = None
    except Unreadable:
        # Connected as ever: told that it is not, it might be taken off their register.
        log.error("the key of platform %s cannot be read", peer_id)  # noqa: TRY400
        return HTTPStatus.SERVICE_UNAVAILABLE, b""
    if found is None:
        return HTTPStatus.NOT_FOUND, b""
    peer, secret = found
    stamp, signature = headers.get("X_TIMESTAMP", ""), headers.get("X_SIGNATURE", "")
    if not genuine(secret, body, stamp=stamp, signature=signature, now=now):
        return HTTPStatus.FORBIDDEN, b""
    try:
        word = read(body)
        receipt = hear(peer, word, now=now)
    except NotSound as no:
        return HTTPStatus.UNPROCESSABLE_ENTITY, _json({"error": str(no)})
    except NotYet:
        return HTTPStatus.SERVICE_UNAVAILABLE, b""
    told = {"receipt": str(receipt.id), "event": word.event, "result": receipt.result}
    return HTTPStatus.OK, _json(told | {"signature": receipt_signature(secret, told)})


def _json(told: dict[str, Any]) -> bytes:
    return json.dumps(told).encode()
