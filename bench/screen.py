"""A page that never gives up (守着的页面): it comes back with what it saw last, whatever was killed meanwhile."""

import socket
import threading
import time
from dataclasses import dataclass, field

from bench.stage import HOST

ASK = "GET /live/ HTTP/1.1\r\nHost: bench\r\nCookie: session={token}\r\n{since}\r\n"


@dataclass
class Screen:
    """`last` is the id of the newest event, `times` how often it had to come back."""

    port: int
    token: str
    last: str = ""
    times: int = 0
    stopping: bool = False
    thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def stands_at(self, county: str) -> int:
        """The position in the news of a county up to which this page has heard; -1 where it has heard of nothing."""
        found = dict(part.split(".") for part in self.last.split("-") if "." in part)
        number = found.get(county, "~0")
        return -1 if number.startswith("~") else int(number)

    def _watch(self) -> None:
        while not self.stopping:
            try:
                self._once()
            except OSError:
                pass
            self.times += 1
            time.sleep(0.2)

    def _once(self) -> None:
        since = f"Last-Event-ID: {self.last}\r\n" if self.last else ""
        with socket.create_connection((HOST, self.port), 2) as wire:
            wire.settimeout(40)
            wire.sendall(ASK.format(token=self.token, since=since).encode())
            # Only a whole event counts as seen, as in a browser.
            heard = ""
            for line in wire.makefile(encoding="utf-8"):
                if self.stopping:
                    return
                if line.startswith("id: "):
                    heard = line[4:].strip()
                elif line == "\n" and heard:
                    self.last, heard = heard, ""
