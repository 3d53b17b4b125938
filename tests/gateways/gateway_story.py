"""A gateway in a process of its own, and devices that speak to it."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg

from shouwang.config.processes import command, free_port
from shouwang.kernel.gb26875.frames import Frame
from shouwang.kernel.gb26875.reading import Reader


@dataclass
class Gate:
    """The gateway's process; started anew on the same port after it was killed."""

    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            command("gateway", "--port", str(self.port)), env=self.environment, start_new_session=True
        )
        end = time.monotonic() + 30
        while time.monotonic() < end:
            assert self.process.poll() is None, "the gateway ended by itself"
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the gateway did not listen in time")

    def stop(self, number: int = signal.SIGTERM) -> int:
        assert self.process is not None
        if self.process.poll() is None:
            os.kill(self.process.pid, number)
        return self.process.wait(20)


@contextmanager
def gate(environment: dict[str, str]) -> Iterator[Gate]:
    found = Gate(environment)
    found.start()
    try:
        yield found
    finally:
        found.stop(signal.SIGKILL)


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
