"""A gateway in a process of its own, and devices that speak to it."""

import socket
import time
from contextlib import AbstractContextManager
from typing import Any

import psycopg

from shouwang.kernel.gb26875.frames import Frame
from shouwang.kernel.gb26875.reading import Reader
from tests.gateways.own_process import Server, running


class Gate(Server):
    """The gateway's process."""

    name = "gateway"


def gate(environment: dict[str, str]) -> AbstractContextManager[Gate]:
    return running(Gate(environment))


class Caller:
    """A device's end of a line."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 5)
        self.reader = Reader()
        self.read: list[Frame] = []

    def send(self, data: bytes) -> "Caller":
        self.socket.sendall(data)
        return self

    def hear(self, count: int = 1, *, seconds: float = 5.0) -> list[Frame]:
        """The next `count` frames; fewer when they do not come in time."""
        end = time.monotonic() + seconds
        while len(self.read) < count and (left := end - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                data = self.socket.recv(65536)
            except TimeoutError:
                break
            if not data:
                break
            self.read += [one for one in self.reader.feed(data) if isinstance(one, Frame)]
        found, self.read = self.read[:count], self.read[count:]
        return found

    def close(self) -> None:
        self.socket.close()


def rows(url: str, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(sql, values).fetchall()
