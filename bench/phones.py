"""Phones coming back (手机回网): many return within minutes and hand in what they kept, to one web worker.

Each phone does by plain HTTP what its own script does: asks who it is, hands in its items one by one with a photo,
asks what changed in its grid. The queue is all that lay on all phones.
"""

import json
import logging
import os
import platform
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from uuid import uuid4

import httpx
from django.utils import timezone

from bench.callers import callers, grids, spread
from bench.pictures import heavy
from bench.plain import Caller, Measured
from bench.printing import Finding
from bench.seeding import seed
from bench.stage import Stage, say, serving
from shouwang.config.processes import command
from shouwang.domains.hazards.models import Case
from shouwang.faces.sign_in import COOKIE
from shouwang.flows.sight import pack

PHONES, PEOPLE, ITEMS, AT_ONCE = 2000, 200, 3, 32
# All of them within ten minutes; SHOUWANG_BENCH_MINUTES makes the crowd denser.
MINUTES = float(os.environ.get("SHOUWANG_BENCH_MINUTES", "10"))


@dataclass
class Crowd:
    """What happened to all phones together."""

    address: str
    picture: bytes
    took: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    late: list[float] = field(default_factory=list)

    def phone(self, caller: Caller, begins: float) -> None:
        """One phone that finds the network again at a moment of its own."""
        time.sleep(max(0.0, begins - time.perf_counter()))
        self.late.append(time.perf_counter() - begins)
        cookies = {COOKIE: caller.token}
        with httpx.Client(base_url=self.address, cookies=cookies, timeout=60, trust_env=False) as client:
            desk = self._asked(client, "GET", "/phone/desk/").json()
            for _ in range(ITEMS):
                self._item(client, desk, caller.region)
            self._asked(client, "GET", "/phone/package/")

    def _item(self, client: httpx.Client, desk: dict[str, str], region: str) -> None:
        key = uuid4().hex
        told = {"key": key, "region": region, "kind": "exit_blocked", "taken": desk["now"]}
        headers = {"Accept": "application/json", "X-CSRFToken": desk["token"], "Outbox-Who": desk["who"]}
        files = {"before": ("before.jpg", self.picture, "image/jpeg")}
        answer = self._asked(client, "POST", "/phone/", data=told, files=files, headers=headers)
        if answer.json().get("key") != key:
            raise RuntimeError(f"no receipt: {answer.status_code} {answer.text[:200]}")

    def _asked(self, client: httpx.Client, method: str, path: str, **more: object) -> httpx.Response:
        sent = time.perf_counter()
        answer = client.request(method, path, **more)  # type: ignore[arg-type]
        self.took.append(time.perf_counter() - sent)
        self.statuses.append(answer.status_code)
        return answer


def measure(house: Stage, *, rows: int, seconds: float) -> tuple[dict[str, str], list[Finding]]:
    """`seconds` is not used: the crowd comes within its minutes, however long the server takes."""
    now, regions = timezone.now(), grids()
    people = callers("grid_member", spread(regions, PEOPLE), now=now)
    seed(house, regions, pack(), rows=rows, now=now)
    before = Case.objects.count()
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with serving(*command("serve", "--port", "{port}"), ready="/") as address:
        say(f"{PHONES} phones within {MINUTES:g} minutes, {ITEMS} items each")
        crowd = Crowd(address, heavy(3))
        begun, dice = time.perf_counter(), Random(2023)
        moments = sorted(begun + dice.random() * MINUTES * 60 for _ in range(PHONES))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            going = [pool.submit(crowd.phone, people[n % len(people)], at) for n, at in enumerate(moments)]
            for one in going:
                one.result()
        drained = time.perf_counter() - moments[-1]
    return _about(crowd, rows, drained), _findings(crowd, kept=Case.objects.count() - before)


def _about(crowd: Crowd, rows: int, drained: float) -> dict[str, str]:
    return {
        "machine": f"{platform.machine()}, Python {platform.python_version()}, one web worker, the clients beside it",
        "hazards on record": f"{rows:,}",
        "answers by status": json.dumps(dict(sorted(Counter(crowd.statuses).items()))),
        "photo of an item": f"{len(crowd.picture) / 1024:.0f} kB",
        "queue empty after the last phone came": f"{drained:.1f} s",
        "longest a phone had to wait for its turn": f"{max(crowd.late):.1f} s",
    }


def _findings(crowd: Crowd, *, kept: int) -> list[Finding]:
    """No answer of 5xx, every item on record once, and 99 of 100 answers within a second."""
    took = sorted(crowd.took)
    p99 = took[int(len(took) * 0.99)] * 1000
    broken = sum(status >= 500 for status in crowd.statuses)  # noqa: PLR2004 - a fault of ours
    missing = PHONES * ITEMS - kept
    half = Measured(rate=took[len(took) // 2] * 1000, done=len(took))
    return [
        Finding(work="phones return: an answer, median", measured=half, unit="ms"),
        Finding(work="phones return: 99 of 100 answers", measured=Measured(rate=p99), unit="ms", required=1000),
        Finding(work="phones return: answers of 5xx", measured=Measured(rate=broken), unit="", required=0),
        Finding(work="phones return: items not on record", measured=Measured(rate=missing), unit="", required=0),
    ]
