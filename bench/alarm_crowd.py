"""Devices that ring while things are killed around them: each sends again, on a new line, until it is acknowledged."""

import os
import signal
import socket
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psutil

from shouwang.kernel.gb26875.frames import Command, Frame, encode, label_of
from shouwang.kernel.gb26875.layouts import unit
from shouwang.kernel.gb26875.reading import Reader

FIRST, STEP = 500_000, 1000
PATIENCE = 3.0


@dataclass
class Crowd:
    """`clients` lines, of a device each or `ever_new` ones; what was acknowledged, by (address, serial)."""

    port: int
    clients: int = 12
    ever_new: bool = False
    acknowledged: set[tuple[int, int]] = field(default_factory=set)
    sent_again: int = 0
    stopping: bool = False
    longest: float = 0.0
    threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        self.threads = [threading.Thread(target=self._ring, args=(FIRST + n,)) for n in range(self.clients)]
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        """Ring no more; what was begun is still brought to its end."""
        self.stopping = True
        for thread in self.threads:
            thread.join(60)
            assert not thread.is_alive(), "a device was not acknowledged within a minute"

    def _ring(self, address: int) -> None:
        line, serial = Line(self.port), 0
        while not self.stopping:
            begun = time.monotonic()
            who = address + STEP * serial if self.ever_new else address
            frame = alarm(who, serial, datetime.now(UTC))
            while not line.acknowledged(frame, serial):
                self.sent_again += 1
                time.sleep(0.05)
            self.longest = max(self.longest, time.monotonic() - begun)
            self.acknowledged.add((who, serial))
            serial += 1
        line.close()


def alarm(address: int, serial: int, at: datetime) -> bytes:
    one = {"system": 1, "system_address": 1, "component": 40, "address": "01000000", "status": 2, "note": "走廊",
           "time": at}  # fmt: skip
    return encode(Frame(serial, Command.SEND, address, 1, label_of(at), unit(2, [one])))


class Line:
    """A device's line, opened anew whenever it broke."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None
        self.reader = Reader()

    def acknowledged(self, frame: bytes, serial: int) -> bool:
        """Whether a frame was acknowledged; on a line that breaks or stays silent it was not."""
        try:
            if self.socket is None:
                self.socket, self.reader = socket.create_connection(("127.0.0.1", self.port), 1), Reader()
            self.socket.settimeout(PATIENCE)
            self.socket.sendall(frame)
            while data := self.socket.recv(4096):
                for one in self.reader.feed(data):
                    if isinstance(one, Frame) and (one.serial, one.command) == (serial, Command.CONFIRM):
                        return True
        except OSError:
            pass
        self.close()
        return False

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
        self.socket = None


def kill_database(home: Path) -> None:
    """kill -9 of the embedded server's first process and all its children, as a power cut would have it."""
    number = int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    first = psutil.Process(number)
    family = [first, *first.children(recursive=True)]
    for one in family:
        try:
            os.kill(one.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    psutil.wait_procs(family, timeout=10)


COUNTED = "SELECT source, serial, count(*) FROM devices_signal WHERE sort = 'fire' GROUP BY source, serial"


def account(crowd: Crowd, rows: list[tuple[str, int, int]]) -> dict[str, int]:
    """What was acknowledged beside what is stored; `rows` are those of COUNTED."""
    stored = {(int(source), serial): count for source, serial, count in rows}
    return {
        "acknowledged": len(crowd.acknowledged),
        "stored": len(stored),
        "lost": len(crowd.acknowledged - set(stored)),
        "twice": sum(count > 1 for count in stored.values()),
    }
