"""The alarm gateway: durable acknowledged alarms a second over 200 connections, beside what disk and COPY alone give.

Everything runs on one machine: the gateway, PostgreSQL with fsync on, and whoever sends. Then ten thousand idle
connections, and alarms that come through while others pester.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil
import psycopg
from psycopg.types.json import Jsonb

from bench.plain import Measured
from bench.printing import Finding
from bench.stage import Stage, say
from shouwang.config.processes import Family, command, free_port

CONNECTIONS, WINDOW, IDLE = 200, 2, 10_000
REQUIRED, SLOWEST = 10_000, 100.0
CHILD = (sys.executable, "-m", "bench.alarm_client")


def measure(house: Stage, *, rows: int, seconds: float) -> tuple[dict[str, str], list[Finding]]:
    devices = _register(house)
    with _gateway() as (port, process):
        say(f"{CONNECTIONS} connections ring")
        found = _ask("measure", port, connections=CONNECTIONS, window=WINDOW, first=1, warm_up=2.0, seconds=seconds)
        batches = _one(house, "SELECT count(*) FROM ledger_line WHERE act = 'receive'")
        kept = _one(house, "SELECT count(*) FROM devices_signal")
        assert kept == found["sent"] and not found["strange"], f"{kept} kept of {found}"
        size = max(1, kept // max(1, batches))
        say("others pester")
        pestered = _pestered(port, seconds=seconds)
        say(f"{IDLE} connections say nothing")
        idle = _idle(port, process)
    say("the floors")
    disk, copy = _disk(house, size), _copy(house, size)
    about = {
        "connections": f"{CONNECTIONS}, {WINDOW} frames on the way each, {devices} of them on the register",
        "batch": f"{size} signals on average",
        "lost": f"{found['unanswered']} unanswered, {found['strange']} strange; {kept} kept of {found['sent']} sent",
        "worst wait": f"{found['worst']:.1f} ms",
        "while pestered": f"{pestered['rate']:,.0f}/s, p99 {pestered['p99']:.1f} ms, "
        f"{pestered['unanswered']} unanswered",
        "idle": f"{idle['open']} connections, {idle['each']:.1f} kB each",
    }
    rate = Measured(rate=found["rate"], done=found["done"], p50=found["p50"], p95=found["p95"])
    return about, [
        Finding(
            work="alarms stored, then acknowledged", measured=rate, required=REQUIRED,
            floors={"fdatasync of as many in a group": disk, "COPY and COMMIT of as many": copy},
        ),
        Finding(work="wait, p99", measured=Measured(rate=found["p99"], done=0), unit="ms", required=SLOWEST),
        Finding(work="wait while pestered, p99", measured=Measured(rate=pestered["p99"], done=0), unit="ms",
                required=SLOWEST),
        Finding(work="memory of an idle connection", measured=Measured(rate=idle["each"], done=0), unit="kB",
                required=20),
    ]  # fmt: skip


def _register(house: Stage) -> int:
    """Half of the addresses hang in two counties, the rest nobody knows."""
    with psycopg.connect(house.database) as connection:
        counties = [row[0] for row in connection.execute(
            "SELECT region FROM areas_area WHERE level = 'county' ORDER BY region LIMIT 2")]  # fmt: skip
        for address in range(1, CONNECTIONS // 2):
            county = counties[address % 2]
            connection.execute(
                "INSERT INTO devices_device (id, county, region, salt, kind, way, address, profile, operator, place,"
                " site, installer, state, entered_at, version) VALUES (gen_random_uuid(), %s, %s, '', 'transmitter',"
                " 'gb26875', %s, '', '', '', '', '', 'in_use', clock_timestamp(), 1)", [county, county, str(address)],
            )  # fmt: skip
    return CONNECTIONS // 2 - 1


@contextmanager
def _gateway() -> Iterator[tuple[int, psutil.Process]]:
    port = free_port()
    settings = {"SHOUWANG_GATEWAY_LINES_OF_ONE": "0", "SHOUWANG_GATEWAY_LINES": "20000"}
    with Family() as family:
        family.start("gateway", command("gateway", "--port", str(port)), environment={**os.environ, **settings})
        process = psutil.Process(family.children["gateway"].pid)
        if not family.wait_until(lambda: any(c.laddr.port == port for c in process.net_connections()), seconds=60):
            raise RuntimeError("the gateway did not start")
        yield port, process


def _ask(act: str, port: int, **plan: Any) -> dict[str, Any]:
    told = json.dumps({"act": act, "host": "127.0.0.1", "port": port, **plan}) + "\n"
    done = subprocess.run(CHILD, input=told, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _begin(act: str, port: int, **plan: Any) -> "subprocess.Popen[str]":
    child = subprocess.Popen(CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin is not None
    child.stdin.write(json.dumps({"act": act, "host": "127.0.0.1", "port": port, **plan}) + "\n")
    child.stdin.flush()
    return child


def _pestered(port: int, *, seconds: float) -> dict[str, Any]:
    child = _begin("pester", port, seconds=seconds + 2)
    try:
        return _ask("measure", port, connections=40, window=1, first=70_000, warm_up=1.0, seconds=seconds)
    finally:
        child.communicate()


def _idle(port: int, process: psutil.Process) -> dict[str, float]:
    before = process.memory_info().rss
    child = _begin("idle", port, connections=IDLE)
    assert child.stdout is not None
    json.loads(child.stdout.readline())
    time.sleep(1)
    after = process.memory_info().rss
    told, _ = child.communicate()
    return {"open": json.loads(told)["open"], "each": (after - before) / IDLE / 1024}


def _disk(house: Stage, size: int, *, seconds: float = 1.0) -> Measured:
    path, batch, done = house.home / "fsync", os.urandom(400) * size, 0
    with path.open("wb", buffering=0) as out:
        begun = time.perf_counter()
        while time.perf_counter() - begun < seconds:
            out.write(batch)
            os.fdatasync(out.fileno())
            done += size
        took = time.perf_counter() - begun
    path.unlink()
    return Measured(rate=done / took, done=done)


def _copy(house: Stage, size: int, *, seconds: float = 2.0) -> Measured:
    """The same rows into a table of the same shape and indexes, ready made, one connection."""
    with psycopg.connect(house.database) as connection:
        connection.execute("CREATE TABLE bare (LIKE devices_signal INCLUDING ALL)")
        rows = connection.execute("SELECT * FROM devices_signal ORDER BY position LIMIT %s", [size * 400]).fetchall()
        connection.commit()
        done = 0
        with connection.cursor() as cursor:
            ready = [tuple(Jsonb(one) if isinstance(one, dict) else one for one in row) for row in rows]
            begun = time.perf_counter()
            while time.perf_counter() - begun < seconds and done + size <= len(ready):
                with cursor.copy("COPY bare FROM STDIN") as copy:
                    for row in ready[done : done + size]:
                        copy.write_row(row)
                connection.commit()
                done += size
        return Measured(rate=done / (time.perf_counter() - begun), done=done)


def _one(house: Stage, sql: str) -> int:
    with psycopg.connect(house.database) as connection:
        row = connection.execute(sql).fetchone()  # type: ignore[arg-type]
        assert row is not None
        return int(row[0])
