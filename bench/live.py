"""Two hundred open pages (在看的页面): whether they slow the web workers, and when they hear of an alarm."""

import asyncio
import os
import platform
import random
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import psutil
from django.utils import timezone

from bench.alarm_crowd import Line, alarm
from bench.callers import callers, grids, spread
from bench.drawn import FIRST, PROBES, Phone, phone, probes
from bench.hazards import PATH
from bench.measuring import load
from bench.plain import Caller, Measured
from bench.printing import Finding
from bench.seeding import seed
from bench.stage import HOST, Stage, say, serving
from shouwang.config.processes import command, free_port
from shouwang.domains.areas.queries import counties
from shouwang.domains.people.services import By, appoint, enrol_person
from shouwang.domains.people.sessions import begin
from shouwang.flows.sight import pack

VIEWERS, RATE = 200, 100
ASK = "GET /live/?about={about} HTTP/1.1\r\nHost: bench\r\nCookie: session={token}\r\n\r\n"


@dataclass
class Audience:
    """Pages that listen, in a thread of their own; when each event reached each of them."""

    port: int
    tokens: list[str]
    heard: list[float] = field(default_factory=list)
    open: int = 0
    # A task that nobody holds may be collected while it waits.
    listening: list[Any] = field(default_factory=list)

    def begin(self) -> None:
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        for number in range(VIEWERS):
            listening = self._listen(self.tokens[number % len(self.tokens)])
            self.listening.append(asyncio.run_coroutine_threadsafe(listening, self.loop))
        end = time.monotonic() + 30
        while self.open < VIEWERS:
            assert time.monotonic() < end, f"only {self.open} pages were let in"
            time.sleep(0.05)

    async def _listen(self, token: str) -> None:
        reader, writer = await asyncio.open_connection(HOST, self.port)
        writer.write(ASK.format(about="alarms", token=token).encode())
        while line := await reader.readline():
            if line == b"event: begun\n":
                self.open += 1
            elif line == b"event: news\n":
                self.heard.append(time.monotonic())


def measure(house: Stage, *, rows: int, seconds: float) -> tuple[dict[str, str], list[Finding]]:
    now, regions = timezone.now(), grids()
    readers = callers("grid_member", spread(regions, 8), now=now)
    seed(house, regions, pack(), rows=rows, now=now)
    tokens, port = _watchers(now), free_port()
    os.environ["SHOUWANG_LIVE_URL"] = f"http://{HOST}:{port}/live/"
    probes(house.database, readers[0].region)
    with serving(*command("serve", "--port", "{port}"), ready="/") as address, _beside(port) as (live, gate):
        say("lists without anybody watching")
        alone = load(address, PATH, readers, seconds=seconds)
        audience = Audience(live.port, tokens)
        audience.begin()
        say(f"lists beside {VIEWERS} open pages")
        watched = load(address, PATH, readers, seconds=seconds)
        memory = live.process.memory_info().rss / 2**20
        say(f"lists beside {VIEWERS} open pages and {RATE} alarms a second")
        with phone(address, readers[0]) as shown:
            waits = _ring(audience, gate, address, readers, shown=shown, seconds=seconds)
            drawn = shown.waits()
    about = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}, one web worker, all beside it",
        "pages": f"{VIEWERS}, the live process holds {memory:.0f} MB",
        "events told while it rang": f"{len(audience.heard):,}",
    }
    share = watched.rate / alone.rate if alone.rate else 0.0
    return about, [
        Finding(work="lists, nobody watches", measured=alone),
        Finding(work=f"lists, {VIEWERS} pages open", measured=watched, required=alone.rate * 0.95),
        Finding(work="of what it was", measured=Measured(rate=share * 100), unit="%"),
        Finding(work="lists, while alarms ring too", measured=waits["lists"]),
        Finding(work="frame to page, p50", measured=waits["p50"], unit="ms"),
        Finding(work="frame to page, p99", measured=waits["p99"], unit="ms", required=3000),
        Finding(work="frame to drawn on a phone, p99", measured=drawn, unit="ms", required=3000),
    ]


def _ring(
    audience: Audience, gate: int, address: str, readers: list[Caller], *, shown: Phone, seconds: float
) -> dict[str, Measured]:
    """Alarms of ever new devices at RATE; a probe's wait is until the next event that any page hears of. Some are of
    detectors that a phone looks after."""
    audience.heard.clear()
    waits: list[float] = []
    stop = threading.Event()

    def ring() -> None:
        lines, dice, number = [Line(gate) for _ in range(20)], random.Random(1), 0
        while not stop.is_set():
            number += 1
            probe, sent = number // 10 if number % 10 == 0 else PROBES, time.monotonic()
            if probe < PROBES:
                shown.sent[probe] = time.time()
            who = FIRST + probe if probe < PROBES else 900_000 + number
            frame = alarm(who, 1, datetime.now(UTC))
            lines[number % 20].acknowledged(frame, 1)
            if dice.random() < 0.1:
                threading.Thread(target=wait, args=(sent,)).start()
            time.sleep(max(0.0, 1 / RATE - (time.monotonic() - sent)))

    def wait(sent: float) -> None:
        # Acknowledged means on disk; what is told afterwards is told of it or of what came later.
        since = len(audience.heard)
        while len(audience.heard) < since + VIEWERS and time.monotonic() - sent < 10:
            time.sleep(0.002)
        waits.append((time.monotonic() - sent) * 1000)

    ringing = threading.Thread(target=ring)
    ringing.start()
    try:
        lists = load(address, PATH, readers, seconds=seconds)
    finally:
        stop.set()
        ringing.join(20)
        time.sleep(3)
    ordered = sorted(waits) or [float("inf")]
    return {
        "lists": lists, "p50": Measured(rate=ordered[len(ordered) // 2], done=len(ordered)),
        "p99": Measured(rate=ordered[int(len(ordered) * 0.99)], done=len(ordered)),
    }  # fmt: skip


def _watchers(now: datetime) -> list[str]:
    """People of the prefecture, since devices that nobody knows ring there; eight pages each."""
    [prefecture] = [code for code in counties() if code.endswith("00")]
    by, tokens = By(actor=None, post="security_admin", pack="bench"), []
    for number in range(VIEWERS // 8):
        person = enrol_person(login=f"watch-{number}", name="测", region=prefecture, by=by, at=now)
        appoint(
            person, kind="prefecture_fire", department="fire", region=prefecture, territory=[prefecture],
            since=now.date(), by=by, at=now,
        )  # fmt: skip
        tokens.append(begin(person, lasts=timedelta(hours=12), now=now))
    return tokens


@dataclass
class Board:
    port: int
    process: psutil.Process


@contextmanager
def _beside(live: int) -> Iterator[tuple[Board, int]]:
    """The live process and a gateway."""
    gate = free_port()
    started = [
        subprocess.Popen(command("live", "--port", str(live))),
        subprocess.Popen(command("gateway", "--port", str(gate))),
    ]
    try:
        for port in (live, gate):
            _wait_for(port)
        yield Board(live, psutil.Process(started[0].pid)), gate
    finally:
        for one in started:
            one.terminate()
            one.wait()


def _wait_for(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            socket.create_connection((HOST, port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("a process did not listen in time")
