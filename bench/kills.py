"""kill -9 of gateway and PostgreSQL at random moments under load: every acknowledged alarm is stored exactly once.

`python -m bench kills` prints a line a kill and the account at the end; it is no benchmark of speed.
"""

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator

import psycopg

from bench.alarm_crowd import COUNTED, Crowd, account, kill_database
from bench.stage import Stage, say
from shouwang.config.embedded import start
from shouwang.config.processes import command, free_port

VICTIMS = ("gateway", "PostgreSQL")


def rounds(house: Stage, *, times: int, seed: int) -> Iterator[dict[str, object]]:
    """One line a kill: who died when, how long until alarms were acknowledged again."""
    dice, port = random.Random(seed), free_port()
    crowd, gateway = Crowd(port), _gateway(port)
    crowd.begin()
    try:
        for number in range(1, times + 1):
            time.sleep(dice.uniform(0.3, 2.5))
            victim, before = dice.choice(VICTIMS), len(crowd.acknowledged)
            begun = time.monotonic()
            if victim == "gateway":
                gateway.send_signal(signal.SIGKILL)
                gateway.wait()
                gateway = _gateway(port)
            else:
                kill_database(house.home)
                start(house.home)
            count = len(crowd.acknowledged)
            while len(crowd.acknowledged) <= count + crowd.clients:
                assert time.monotonic() - begun < 60, f"nothing was acknowledged after the death of {victim}"
                time.sleep(0.02)
            yield {"kill": number, "victim": victim, "acknowledged before": before,
                   "seconds until acknowledged again": round(time.monotonic() - begun, 2)}  # fmt: skip
        crowd.end()
    finally:
        crowd.stopping = True
        gateway.terminate()
        gateway.wait()
    with psycopg.connect(house.database) as connection:
        yield {**account(crowd, connection.execute(COUNTED).fetchall()), "sent again": crowd.sent_again,
               "longest wait (s)": round(crowd.longest, 2)}  # fmt: skip


def _gateway(port: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command("gateway", "--port", str(port)), env=os.environ, stderr=subprocess.DEVNULL
    )


def tell(house: Stage, *, times: int, seed: int) -> bool:
    """Print the table; whether nothing was lost and nothing stands twice, the ledger included."""
    for line in rounds(house, times=times, seed=seed):
        print("   ".join(f"{name}: {value}" for name, value in line.items()), flush=True)
    say("the ledger")
    verified = subprocess.run(command("ledger", "verify"), capture_output=True, text=True)
    print(verified.stdout, end="")
    return line["lost"] == line["twice"] == 0 and verified.returncode == 0
