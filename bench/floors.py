"""The floors of the same machine and run: the disk, the same statements by the bare driver, the bare framework.

Run as a program it is the raw driver's process: reads statements from a file, prints how many acts a second.
"""

import json
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import psycopg

from bench.plain import Caller, Measured
from bench.stage import Stage, serving

# Both as docs/operating.md starts the web.
WORKERS, THREADS = 2, 4
Statement = tuple[str, list[Any]]


def disk(home: Path, *, seconds: float = 1.0) -> Measured:
    """A page written and synced, one after the other: what one durable commit costs at least."""
    path, page, done = home / "fsync", os.urandom(8192), 0
    with path.open("wb") as out:
        begun = time.perf_counter()
        while time.perf_counter() - begun < seconds:
            out.seek(0)
            out.write(page)
            out.flush()
            os.fdatasync(out.fileno())
            done += 1
    path.unlink()
    return Measured(rate=done / seconds, done=done)


def raw(stage: Stage, acts: list[list[Statement]], *, seconds: float, once: bool) -> Measured:
    """The same statements by psycopg alone, four connections, one transaction an act, in a process of its own.

    With `once` no act is done twice, so its keys do not collide.
    """
    path = stage.home / "acts"
    path.write_bytes(pickle.dumps((stage.database, acts, seconds, once)))
    done = subprocess.run(
        [sys.executable, "-m", "bench.floors", str(path)], capture_output=True, text=True, check=True
    )
    path.unlink()
    return Measured(**json.loads(done.stdout))


def bare(load: Callable[[str], Measured]) -> Measured:
    """A bare Django view with idiomatic ORM behind the same server: no sign-in, no scope, no ledger."""
    words = (
        sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(WORKERS),
        "--blocking-threads", str(THREADS), "--backpressure", "64", "--no-ws", "--host", "127.0.0.1",
        "--port", "{port}", "bench.bare:application",
    )  # fmt: skip
    with serving(*words, ready="/") as address:
        return load(address)


def acts_of(caller: Caller, count: int, *, now: datetime) -> list[list[Statement]]:
    """What `count` reports would send to the database, caught before it is sent."""
    from shouwang.domains.ledger.write import _as_json, _insert
    from shouwang.flows.report_hazard import Report, report_hazard

    caught: list[list[Statement]] = []

    def catch(rows: Any, *, changes: Any = ()) -> None:
        grouped: dict[Any, list[Any]] = {}
        for row in rows:
            grouped.setdefault(type(row), []).append(row)
        caught.append([(_insert(tuple(grouped)), [_as_json(*one) for one in grouped.items()])])

    with _in_place_of_write(catch):
        for _ in range(count):
            report = Report(
                key=str(uuid4()), region=caller.region, kind="exit_blocked", found_at=now, site="old_compound",
                place="2号楼1单元", note="楼道堆放杂物",
            )  # fmt: skip
            report_hazard(_actor(caller, now), report, now=now)
    return caught


def lists_of(callers: list[Caller], *, now: datetime) -> list[list[Statement]]:
    """The one statement of each caller's list."""
    from django.db import connection

    from shouwang.domains.hazards.queries import newest
    from shouwang.flows.sight import sight

    caught: list[list[Statement]] = []

    def catch(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        caught.append([(sql, list(values))])
        return execute(sql, values, many, context)

    for one in callers:
        seen = sight(_actor(one, now))
        with connection.execute_wrapper(catch):
            newest(seen)
    return caught


def _in_place_of_write(catch: Callable[..., None]) -> AbstractContextManager[Any]:
    return patch("shouwang.domains.ledger.acts.write", catch)


def _actor(caller: Caller, now: datetime) -> Any:
    from shouwang.domains.people.queries import signed_in

    found = signed_in(caller.token, now=now, day=now.date(), idle=timedelta(hours=1))
    assert found is not None
    return found.actor


def _work(url: str, acts: list[list[Statement]], until: float, once: bool) -> int:
    done = 0
    with psycopg.connect(url, prepare_threshold=2) as connection:
        connection.commit()
        cursor = connection.cursor(binary=True)
        for act in acts if once else cycle(acts):
            if time.perf_counter() > until:
                break
            with connection.pipeline():
                for sql, values in act:
                    cursor.execute(sql, values)
            if once:
                connection.commit()
            else:
                cursor.fetchall()
                connection.rollback()
            done += 1
    return done


def _race(url: str, acts: list[list[Statement]], seconds: float, once: bool) -> dict[str, float]:
    counted: list[int] = []
    begun = time.perf_counter()

    def run(part: list[list[Statement]]) -> None:
        counted.append(_work(url, part, begun + seconds, once))

    threads = [threading.Thread(target=run, args=(acts[n::THREADS],)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"rate": sum(counted) / (time.perf_counter() - begun), "done": sum(counted)}


if __name__ == "__main__":
    print(json.dumps(_race(*pickle.loads(Path(sys.argv[1]).read_bytes()))))
