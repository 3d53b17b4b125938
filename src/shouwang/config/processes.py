"""Keeps the processes of one installation together: started as one, stopped as one, none left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

PATIENCE = 15.0
# Ctrl-C, a service manager, a terminal that was closed.
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class PortTaken(Exception):
    """Another program listens where the web face should."""


@dataclass
class Family:
    """Child processes that live and die together, each in a session of its own.

    A session of its own keeps the terminal's Ctrl-C from the children: only the parent hears it, and asks
    each child to finish what it has in hand.
    """

    children: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    asked_to_stop: bool = False

    def start(
        self, name: str, command: Sequence[str], *, environment: Mapping[str, str] | None = None
    ) -> None:
        self.children[name] = subprocess.Popen(
            command, start_new_session=True, stdin=subprocess.DEVNULL, env=environment
        )

    def __enter__(self) -> "Family":
        self._before = {number: signal.signal(number, self._ask) for number in STOPS}
        return self

    def __exit__(self, *_: Any) -> None:
        self.stop()
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def wait(self) -> str | None:
        """Until somebody asks to stop, or a child ends by itself: then its name."""
        while not self.asked_to_stop:
            if fallen := self.fallen():
                return fallen
            time.sleep(0.2)
        return None

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> bool:
        """Whether `ready` came true before the time was up, a child fell or somebody asked to stop."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.asked_to_stop and not self.fallen():
            if ready():
                return True
            time.sleep(0.1)
        return False

    def fallen(self) -> str | None:
        return next((name for name, child in self.children.items() if child.poll() is not None), None)

    def ending(self, name: str) -> str:
        """How a child ended, in words."""
        code = self.children[name].returncode
        how = signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
        return f"{name} ended by itself ({how}); see the lines above"

    def stop(self) -> None:
        """Ask every child to finish; end the sessions of those that do not."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        end = time.monotonic() + PATIENCE
        for child in self.children.values():
            try:
                child.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                pass
            _end_session(child.pid)
            child.wait()


def _end_session(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return  # all of it had ended


def command(*words: str) -> list[str]:
    """A command line of our own `shouwang`, whatever the folder and the PATH."""
    return [str(Path(sys.executable).parent / "shouwang"), *words]


def check_port(host: str, port: int) -> None:
    """Raise PortTaken while something listens at host and port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = f"{host}:{port} cannot be used ({error.strerror}); choose another with --port"
            raise PortTaken(reason) from None


def free_port(host: str = "127.0.0.1") -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        number: int = probe.getsockname()[1]
        return number
