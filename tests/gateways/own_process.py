"""A part of the house in a process of its own: begun, waited for until it listens, ended or killed, and begun anew."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from shouwang.config.processes import command, free_port

PATIENCE = 30


def begin(environment: dict[str, str], *words: str, **how: Any) -> "subprocess.Popen[Any]":
    """`shouwang` with these words, in a group of its own, so that nothing of it outlives a kill."""
    return subprocess.Popen(command(*words), env=environment, start_new_session=True, **how)


def end(process: "subprocess.Popen[Any]", number: int = signal.SIGTERM) -> int:
    """With what it ended, by itself or by the signal."""
    if process.poll() is None:
        os.kill(process.pid, number)
    return process.wait(20)


@dataclass
class OwnProcess:
    """What `name` does; started anew after it was killed."""

    name: ClassVar[str]
    environment: dict[str, str]
    process: "subprocess.Popen[Any] | None" = field(default=None, init=False)

    def words(self) -> Sequence[str]:
        return (self.name,)

    def start(self) -> None:
        self.process = begin(self.environment, *self.words())

    def stop(self, number: int = signal.SIGTERM) -> int:
        assert self.process is not None
        return end(self.process, number)


@dataclass
class Server(OwnProcess):
    """One that listens, on the same port each time."""

    port: int = field(default_factory=free_port)

    def words(self) -> Sequence[str]:
        return self.name, "--port", str(self.port)

    def start(self) -> None:
        """When it returns it listens."""
        super().start()
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process is not None and self.process.poll() is None, f"{self.name} ended by itself"
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"{self.name} did not listen in time")


Own = TypeVar("Own", bound=OwnProcess)


@contextmanager
def running(one: Own) -> Iterator[Own]:
    """Killed at the end, whatever came of it."""
    one.start()
    try:
        yield one
    finally:
        one.stop(signal.SIGKILL)
