"""An installation whose processes are killed while people act, and the people who then send again."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from shouwang.config.processes import Family, command, free_port

HERE = Path(__file__).resolve().parents[2]
ENROL = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from shouwang.domains.people.sessions import begin
from tests.cast import CAST, enter
cast = {member.login: enter(member) for member in CAST if member.login in ("liming", *%r)}
print(begin(cast["liming"], lasts=timedelta(hours=1), now=timezone.now()))
"""
# 崔哲 and 张志强 of the station: what is reported is given to them.
STATION = ("cuizhe", "zhangzhiqiang")


@dataclass
class House:
    """Web and worker of one installation, each of which can be killed and started again."""

    environment: dict[str, str]
    family: Family
    port: int = field(default_factory=free_port)

    def start(self, name: str) -> None:
        words = {"web": ("serve", "--port", str(self.port)), "worker": ("worker",)}[name]
        self.family.start(name, command(*words), environment=self.environment)

    def kill(self, name: str) -> None:
        """kill -9 of the process and all it started, as a power cut would have it; then started again."""
        child = self.family.children[name]
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        self.start(name)

    def fell(self, name: str) -> None:
        """kill -9 of what works for the process, which has to notice and to start it again."""
        children = psutil.Process(self.family.children[name].pid).children()
        at_work = [one for one in children if "postgres" not in one.name()]
        assert at_work, f"nobody works for {name}"
        for child in at_work:
            child.kill()

    def token(self) -> str:
        """A grid member of the cast, signed in; the two of the station are there as well."""
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "shouwang.config.settings"}
        done = subprocess.run(
            [sys.executable, "-c", ENROL % (STATION,)],
            env=environment,
            cwd=HERE,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.split()[-1]

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(command(*words), env=self.environment, capture_output=True, text=True)


@dataclass
class Crowd:
    """Clients that each send their reports one by one, and send again whatever was not answered."""

    port: int
    token: str
    region: str
    keys: Sequence[str]
    clients: int
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)
    sent_again: int = 0

    def begin(self) -> list[threading.Thread]:
        parts = [self.keys[n :: self.clients] for n in range(self.clients)]
        threads = [threading.Thread(target=self._work, args=(part,)) for part in parts]
        for thread in threads:
            thread.start()
        return threads

    def wait_for(self, count: int, *, until: float) -> None:
        while len(self.answers) < count:
            assert time.monotonic() < until, f"only {len(self.answers)} of {count} were answered in time"
            time.sleep(0.02)

    def _work(self, keys: Sequence[str]) -> None:
        found_at = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
        for key, line in zip(keys, self._lines(), strict=False):
            body = {"region": self.region, "kind": "exit_blocked", "found_at": found_at, "place": key}
            while key not in self.answers:
                try:
                    self.answers[key] = self._ask(line, key, json.dumps(body))
                except (OSError, http.client.HTTPException):
                    line.close()
                    self.sent_again += 1
                    time.sleep(0.05)

    def _lines(self) -> Iterator[http.client.HTTPConnection]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        while True:
            yield line

    def _ask(self, line: http.client.HTTPConnection, key: str, body: str) -> tuple[int, str]:
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
        line.request("POST", "/api/v1/hazards", body, {**headers, "Content-Type": "application/json"})
        answer = line.getresponse()
        told = json.loads(answer.read())
        return answer.status, told.get("id") or str(told)
