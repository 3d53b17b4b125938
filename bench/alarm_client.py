"""The sending side of the gateway's measurement, a process of its own: connections that keep some frames on the way.

Reads its plan as JSON from standard input, prints what it measured as JSON. Every acknowledgement is matched to its
frame by serial; one that never came, or came twice, is told.
"""

import asyncio
import json
import resource
import sys
import time
from array import array
from datetime import datetime
from typing import Any

from shouwang.kernel.gb26875.frames import ZONE, Frame, encode, label_of
from shouwang.kernel.gb26875.layouts import unit

ACK = 30


class Device(asyncio.Protocol):
    """One connection that keeps `window` frames unacknowledged."""

    def __init__(self, plan: dict[str, Any], address: int, waits: "array[float]") -> None:
        self.plan, self.waits = plan, waits
        self.serial = self.acked = self.strange = 0
        self.out: dict[int, float] = {}
        self.rest = b""
        self.going = True
        at = datetime.now(ZONE)
        one = {"system": 1, "system_address": 1, "component": 40, "address": "0a000200", "status": 2,
               "note": "一层走廊", "time": at}  # fmt: skip
        frame = bytearray(encode(Frame(0, 2, address, 1, label_of(at), unit(2, [one]))))
        self.head, self.body, self.sum = bytes(frame[:2]), bytes(frame[4:-3]), frame[-3]

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def begin(self) -> None:
        self.send(self.plan["window"])

    def send(self, count: int) -> None:
        now, pieces = time.perf_counter(), []
        for _ in range(count):
            serial = self.serial
            low, high = serial & 0xFF, serial >> 8
            pieces += self.head, bytes((low, high)), self.body, bytes(((self.sum + low + high) & 0xFF, 35, 35))
            self.out[serial] = now
            self.serial = (serial + 1) & 0xFFFF
        self.transport.write(b"".join(pieces))

    def data_received(self, data: bytes) -> None:
        data = self.rest + data
        now, count = time.perf_counter(), len(data) // ACK
        for at in range(0, count * ACK, ACK):
            sent = self.out.pop(data[at + 2] | data[at + 3] << 8, None)
            if sent is None or data[at + 26] != 3:
                self.strange += 1
            else:
                self.acked += 1
                self.waits.append(now - sent)
        self.rest = data[count * ACK :]
        if self.going and count:
            self.send(count)


async def measure(plan: dict[str, Any]) -> dict[str, Any]:
    loop, waits = asyncio.get_running_loop(), array("d")
    devices = [Device(plan, plan["first"] + n, waits) for n in range(plan["connections"])]
    for one in devices:
        await loop.create_connection(lambda one=one: one, plan["host"], plan["port"])
    for one in devices:
        one.begin()
    await asyncio.sleep(plan["warm_up"])
    del waits[:]
    begun = time.perf_counter()
    await asyncio.sleep(plan["seconds"])
    counted, took = len(waits), time.perf_counter() - begun
    found = sorted(waits)
    for one in devices:
        one.going = False
    end = time.perf_counter() + 10
    while time.perf_counter() < end and any(one.out for one in devices):
        await asyncio.sleep(0.05)
    return {
        "rate": counted / took, "done": sum(one.acked for one in devices),
        "sent": sum(one.acked + len(one.out) for one in devices),
        "unanswered": sum(len(one.out) for one in devices), "strange": sum(one.strange for one in devices),
        "p50": _at(found, 0.5), "p95": _at(found, 0.95), "p99": _at(found, 0.99), "worst": _at(found, 1.0),
    }  # fmt: skip


def _at(found: list[float], share: float) -> float:
    return found[min(len(found) - 1, int(len(found) * share))] * 1000 if found else 0.0


async def idle(plan: dict[str, Any]) -> dict[str, Any]:
    """Open connections that say nothing, and hold them until standard input ends."""
    loop = asyncio.get_running_loop()
    lines = [
        await loop.create_connection(asyncio.Protocol, plan["host"], plan["port"]) for _ in range(plan["connections"])
    ]
    print(json.dumps({"open": len(lines)}), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    return {"open": sum(not line.is_closing() for line, _ in lines)}


async def pester(plan: dict[str, Any]) -> dict[str, Any]:
    """Slow-loris, half frames and floods of starts, until the time is up."""
    good = encode(Frame(1, 2, 9, 1, label_of(datetime.now(ZONE)), b""))
    kinds = ((200, good, 1, 0.1), (100, good[:20], 20, 5.0), (4, b"@@" * 2000, 4000, 0.02))
    end = time.monotonic() + plan["seconds"]
    tasks = [_bother(plan, *kind[1:], end=end) for kind in kinds for _ in range(kind[0])]
    await asyncio.gather(*tasks)
    return {"pestered": len(tasks)}


async def _bother(plan: dict[str, Any], data: bytes, size: int, pause: float, *, end: float) -> None:
    while time.monotonic() < end:
        try:
            _, writer = await asyncio.open_connection(plan["host"], plan["port"])
            at = 0
            while time.monotonic() < end:
                writer.write(data[at : at + size])
                await writer.drain()
                at = (at + size) % len(data)
                await asyncio.sleep(pause)
            writer.close()
        except OSError:
            await asyncio.sleep(pause)


if __name__ == "__main__":
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asked = json.loads(sys.stdin.readline())
    act = {"measure": measure, "idle": idle, "pester": pester}[asked["act"]]
    print(json.dumps(asyncio.run(act(asked))), flush=True)
