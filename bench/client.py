"""The lean client, a process of its own: kept-alive connections, one thread each, nothing read but the status.

Reads a plan as JSON from its input, and prints what it measured as JSON.
"""

import json
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any
from uuid import uuid4


@dataclass
class Caller:
    """One connection that asks again and again until the time is up."""

    plan: dict[str, Any]
    callers: list[dict[str, str]]
    begins: float
    took: list[float] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)

    def run(self) -> None:
        host, port = self.plan["host"], self.plan["port"]
        ends, turns = self.begins + self.plan["seconds"], cycle([self._asking(one) for one in self.callers])
        with socket.create_connection((host, port)) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while (sent := time.perf_counter()) < ends:
                line.sendall(next(turns)())
                status, body = _answered(line)
                if sent >= self.begins:
                    self.took.append(time.perf_counter() - sent)
                if status != self.plan["status"]:
                    self.unexpected.append(f"{status} {body[:200]!r}")
                    return

    def _asking(self, caller: dict[str, str]) -> Callable[[], bytes]:
        """Gives one request after another: all but the key is made beforehand, the client shares the server's cores."""
        head = f"{self.plan['method']} {self.plan['path']} HTTP/1.1\r\nHost: bench\r\n"
        head += f"Authorization: Bearer {caller['token']}\r\n"
        if self.plan["method"] == "GET":
            asked = f"{head}\r\n".encode()
            return lambda: asked
        found_at = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
        body = (
            f'{{"region": "{caller["region"]}", "kind": "exit_blocked", "site": "old_compound",'
            f' "found_at": "{found_at}", "place": "2号楼1单元", "note": "楼道堆放杂物"}}'
        ).encode()
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nIdempotency-Key: "
        before, after = head.encode(), b"\r\n\r\n" + body
        return lambda: before + str(uuid4()).encode() + after


def _answered(line: socket.socket) -> tuple[int, bytes]:
    got = line.recv(65536)
    while b"\r\n\r\n" not in got:
        got += _more(line)
    head, _, body = got.partition(b"\r\n\r\n")
    named = head.lower().partition(b"content-length:")[2]
    if not named:
        while not body.endswith(b"0\r\n\r\n"):
            body += _more(line)
    while named and len(body) < int(named.split(b"\r\n", 1)[0]):
        body += _more(line)
    return int(head[9:12]), body


def _more(line: socket.socket) -> bytes:
    piece = line.recv(65536)
    if not piece:
        raise ConnectionError("the server hung up")
    return piece


def measure(plan: dict[str, Any]) -> dict[str, Any]:
    begins = time.perf_counter() + plan["warm_up"]
    many = plan["connections"]
    lines = [Caller(plan, plan["callers"][n % len(plan["callers"]) :: many], begins) for n in range(many)]
    threads = [threading.Thread(target=line.run) for line in lines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = sorted(t for line in lines for t in line.took)
    unexpected = [said for line in lines for said in line.unexpected]
    if unexpected or not took:
        return {"unexpected": unexpected[:3] or ["nothing was answered"]}
    return {
        "rate": len(took) / plan["seconds"],
        "p50": took[len(took) // 2] * 1000,
        "p95": took[int(len(took) * 0.95)] * 1000,
        "done": len(took),
    }


if __name__ == "__main__":
    print(json.dumps(measure(json.load(sys.stdin))))
