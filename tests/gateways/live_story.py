"""The live process beside a gateway, and open pages that listen to it."""

import json
import socket
import time

from tests.gateways.own_process import Server

HEADERS = "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: language=ko; session={token}\r\n{more}\r\n"


class Board(Server):
    """The live process."""

    name = "live"


class Page:
    """An EventSource's end of a stream."""

    def __init__(self, port: int, token: str, *, since: str = "", path: str = "/live/", more: str = "") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 5)
        more += f"Last-Event-ID: {since}\r\n" if since else ""
        self.socket.sendall(HEADERS.format(path=path, token=token, more=more).encode())
        self.read, self.last, self.ended = "", "", False

    def head(self) -> str:
        self._until("\r\n\r\n", 5)
        head, _, self.read = self.read.partition("\r\n\r\n")
        return head

    @property
    def status(self) -> int:
        return int(self.head().split(" ")[1])

    def hear(self, name: str, *, seconds: float = 5.0) -> dict[str, int] | None:
        """The data of the next event of a name, None when none comes in time; others pass by."""
        end = time.monotonic() + seconds
        while self._until("\n\n", end - time.monotonic()):
            block, _, self.read = self.read.partition("\n\n")
            said = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            self.last = said.get("id", self.last)
            if said.get("event") == name:
                found: dict[str, int] = json.loads(said["data"])
                return found
        return None

    def close(self) -> None:
        self.socket.close()

    def _until(self, mark: str, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while mark not in self.read:
            if (left := end - time.monotonic()) <= 0:
                return False
            self.socket.settimeout(left)
            try:
                data = self.socket.recv(65536)
            except (TimeoutError, ConnectionResetError):
                return False
            if not data:
                self.ended = True
                return False
            self.read += data.decode()
        return True
