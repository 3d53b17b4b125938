"""What stands before a server of the house and ends TLS, as a web server does where people work."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def tls_front(pem: Path, behind: int) -> Iterator[int]:
    """Its port; each line goes on to `behind`, or ends where nobody listens there."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_accept, args=(server, context, behind), daemon=True).start()
        yield server.getsockname()[1]


def _accept(server: socket.socket, context: ssl.SSLContext, behind: int) -> None:
    while True:
        try:
            line, _address = server.accept()
        except OSError:
            return
        threading.Thread(target=_one, args=(line, context, behind), daemon=True).start()


def _one(line: socket.socket, context: ssl.SSLContext, behind: int) -> None:
    """One question, one answer: the answer is whole when the server behind ends its line."""
    try:
        with context.wrap_socket(line, server_side=True) as theirs:
            head, _gap, body = _until(theirs, b"\r\n\r\n").partition(b"\r\n\r\n")
            length = _length(head)
            while len(body) < length and (some := theirs.recv(65536)):
                body += some
            with socket.create_connection(("127.0.0.1", behind)) as ours:
                ours.sendall(head.replace(b"keep-alive", b"close") + b"\r\n\r\n" + body)
                while some := ours.recv(65536):
                    theirs.sendall(some)
    except (OSError, ValueError):
        return


def _length(head: bytes) -> int:
    named = [one for one in head.lower().split(b"\r\n") if one.startswith(b"content-length")]
    return int(named[0].split()[1]) if named else 0


def _until(line: ssl.SSLSocket, end: bytes) -> bytes:
    found = b""
    while end not in found and (some := line.recv(65536)):
        found += some
    return found
