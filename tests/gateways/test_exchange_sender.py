"""对接平台的怪回答: slow by the byte, endless, nonsense or elsewhere, each costs a few seconds and says what it was."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from shouwang.faces.office.peers.register import reason_words
from shouwang.flows.tell_peers import NotTaken, Parcel, TurnedDown
from shouwang.gateways.exchange import sender
from shouwang.gateways.exchange.sender import send

Speaker = Callable[[socket.socket], None]


@pytest.fixture(autouse=True)
def _ours(settings):
    settings.CHANNEL_INNER_HOSTS = ["127.0.0.1"]


@contextmanager
def platform(speak: Speaker) -> Iterator[Parcel]:
    """A server that reads one word and then behaves as it likes."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _address = server.accept()
            with line:
                try:
                    while not line.recv(65536).endswith(b"}"):
                        continue
                    speak(line)
                except OSError:
                    # Whoever asked has gone.
                    return

        threading.Thread(target=serve, daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/push"
        yield Parcel(url=url, secret="k" * 32, event="ring:1", told={"event": "ring:1"})


def answering(body: bytes, *, status: str = "200 OK", more: str = "") -> Speaker:
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode()
    return lambda line: line.sendall(head + body)


def drip(line: socket.socket) -> None:
    """Each byte comes in time, the answer never."""
    line.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        line.sendall(b"x")
        time.sleep(0.05)


def endless(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        line.sendall(b"10000\r\n" + b" " * 0x10000 + b"\r\n")


NO_RECEIPT, NOT_OURS = "the answer is no receipt", "the receipt is not signed with our key"
PAIR = b'"event":"ring:1","result":"kept"'


@pytest.mark.parametrize(
    "speak, why",
    [
        (drip, "no answer in 1 seconds"), (endless, NO_RECEIPT), (lambda line: None, "RemoteProtocolError"),
        (answering(b""), NO_RECEIPT), (answering(b"[" * 9000), NO_RECEIPT), (answering(b'{"receipt": 7}'), NO_RECEIPT),
        (answering(b'{"receipt":"\xff"}'), NO_RECEIPT),
        (answering(b'{"receipt":"\\ud800","signature":"",' + PAIR + b"}"), NO_RECEIPT),
        (answering(b'{"receipt":"1","signature":"\xc3\xa9",' + PAIR + b"}"), NOT_OURS),
        (answering(b'{"receipt":"1","event":"x","result":"kept","signature":"x"}'), NOT_OURS),
        (answering(b"{}", more="Content-Encoding: gzip\r\n"), "the answer is packed"),
        (answering(b"", status="302 Found", more="Location: http://127.0.0.1:1/\r\n"), "HTTP 302"),
        (answering(b'{"error": 5}', status="503 Busy"), "HTTP 503"),
    ],
)  # fmt: skip
def test_an_odd_answer_is_no_receipt_and_soon_over(speak: Speaker, why: str, monkeypatch) -> None:
    monkeypatch.setattr(sender, "SECONDS", 1.0)
    begun = time.monotonic()
    with platform(speak) as parcel, pytest.raises(NotTaken) as no:
        send(parcel)
    assert (str(no.value), type(no.value)) == (why, NotTaken)
    assert time.monotonic() - begun < 5


def test_what_is_turned_down_is_told_from_who_is_away() -> None:
    with platform(answering(b'{"error": "area"}', status="422 No")) as parcel, pytest.raises(TurnedDown) as no:
        send(parcel)
    assert str(no.value) == "HTTP 422: area"
    for url in ("http://127.0.0.1:1/", "http://10.0.0.9/", "http://no.such.host.invalid/", "https://[::1", "http://\ud800/"):
        with pytest.raises(NotTaken):
            send(Parcel(url=url, secret="k" * 32, event="ring:1", told={"event": "ring:1"}))


@pytest.mark.parametrize("host", ["localhost", "127.1", "[::ffff:127.0.0.1]"])
def test_an_address_that_leads_inside_by_the_time_of_sending_is_not_called(host: str) -> None:
    heard = list[bytes]()
    with platform(lambda line: heard.append(b"called")) as parcel, pytest.raises(NotTaken) as no:
        send(replace(parcel, url=parcel.url.replace("127.0.0.1", host)))
    assert heard == [] and "内部网络" in reason_words(str(no.value))


def test_a_name_that_is_no_server_is_told_in_words() -> None:
    with pytest.raises(NotTaken) as no:
        send(Parcel(url="https://no.such.host.invalid/", secret="k" * 32, event="ring:1", told={"event": "ring:1"}))
    assert "找不到该名称" in reason_words(str(no.value))
