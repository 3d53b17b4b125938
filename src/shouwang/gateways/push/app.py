"""What `shouwang push` serves: POST /push/<platform>/[<secret>] and /push/peer/<id>; GET answers OneNET's question."""

import json
import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from shouwang.flows.receive_pushes import WAYS, receive_push
from shouwang.flows.receive_signals import centre
from shouwang.kernel.operators import same_signature

from .peers import take_word
from .signatures import genuine

LARGEST = 256 * 1024
log = logging.getLogger(__name__)
Answer = tuple[HTTPStatus, bytes]


class Refused(Exception):
    """Not taken; the status says why."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    try:
        status, body = _answer(environ)
    except Refused as no:
        status, body = no.status, b""
    except (DatabaseError, InterfaceError):
        # Not answered with 200, so that the platform sends it again.
        log.exception("a push could not be kept")
        connection.close()
        status, body = HTTPStatus.SERVICE_UNAVAILABLE, b""
    kind = "application/json" if body.startswith(b"{") else "text/plain; charset=utf-8"
    headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
    start_response(f"{status.value} {status.phrase}", [*headers, ("X-Content-Type-Options", "nosniff")])
    return [body]


def _answer(environ: dict[str, Any]) -> Answer:
    match environ["PATH_INFO"].strip("/").split("/"):
        case ["push", "peer", peer]:
            return _from_a_peer(environ, peer)
    platform, path = _where(environ["PATH_INFO"])
    token = str(getattr(settings, f"PUSH_{platform.upper()}_TOKEN"))
    if not token:
        raise Refused(HTTPStatus.NOT_FOUND)
    match environ["REQUEST_METHOD"]:
        case "GET" if platform == "onenet":
            return _who_we_are(environ, token)
        case "POST":
            return _take(environ, platform, path, token)
    raise Refused(HTTPStatus.METHOD_NOT_ALLOWED)


def _from_a_peer(environ: dict[str, Any], peer: str) -> Answer:
    if environ["REQUEST_METHOD"] != "POST":
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED)
    return take_word(peer, _body(environ), _headers(environ))


def _headers(environ: dict[str, Any]) -> dict[str, str]:
    return {name.removeprefix("HTTP_"): value for name, value in environ.items() if name.startswith("HTTP_X_")}


def _where(path: str) -> tuple[str, str]:
    match path.strip("/").split("/"):
        case ["push", platform] if platform in WAYS:
            return platform, ""
        case ["push", platform, secret] if platform in WAYS:
            return platform, secret
    raise Refused(HTTPStatus.NOT_FOUND)


def _take(environ: dict[str, Any], platform: str, path: str, token: str) -> Answer:
    body, now = _body(environ), datetime.now(UTC)
    headers = _headers(environ)
    if not genuine(platform, body, token=token, path=path, headers=headers, now=now):
        raise Refused(HTTPStatus.FORBIDDEN)
    peer = environ.get("REMOTE_ADDR", "").rpartition(":")[0] or environ.get("REMOTE_ADDR", "")
    kept = receive_push(platform, body, peer=peer, centre=_centre(), now=now)
    return HTTPStatus.OK, json.dumps({"kept": kept}).encode()


def _body(environ: dict[str, Any]) -> bytes:
    try:
        length = int(environ.get("CONTENT_LENGTH") or "0")
    except ValueError:
        raise Refused(HTTPStatus.BAD_REQUEST) from None
    if length > LARGEST:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    body: bytes = environ["wsgi.input"].read(length)
    if not body or len(body) != length:
        raise Refused(HTTPStatus.BAD_REQUEST)
    return body


def _who_we_are(environ: dict[str, Any], token: str) -> Answer:
    """OneNET asks once, when the address is entered there."""
    asked = {name: values[0] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
    text = asked.get("msg", "").encode()
    # A plus in base64 that was not escaped arrives as a blank.
    if not same_signature(token, asked.get("nonce", ""), text, asked.get("signature", "").replace(" ", "+")):
        raise Refused(HTTPStatus.FORBIDDEN)
    return HTTPStatus.OK, text


@cache
def _centre() -> str:
    return centre(settings.GATEWAY_CENTRE)
