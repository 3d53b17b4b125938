"""kill -9 of gateway, live, worker and PostgreSQL at random moments under load: every acknowledged alarm is stored
exactly once, stands at the desk once, and an open page has heard of it.

`python -m bench kills` prints a line a kill and the account at the end; it is no benchmark of speed.
"""

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import psycopg
from django.db import connections
from django.utils import timezone

from bench.alarm_crowd import COUNTED, Crowd, account, kill_database
from bench.screen import Screen
from bench.stage import Stage, say
from shouwang.config.embedded import start
from shouwang.config.processes import command, free_port
from shouwang.domains.areas.queries import counties
from shouwang.domains.people.services import By, appoint, enrol_person
from shouwang.domains.people.sessions import begin

VICTIMS = ("gateway", "live", "worker", "PostgreSQL")
AT_THE_DESK = "SELECT source, count(*) FROM alarms_alarm WHERE kind = 'fire' GROUP BY source"
NEWEST = "SELECT county, max(position) FROM alarms_pulse GROUP BY county"


@dataclass
class Processes:
    """What dies and is started anew on the same port."""

    words: dict[str, tuple[str, ...]]
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def start(self, name: str) -> None:
        self.running[name] = subprocess.Popen(command(*self.words[name]), env=os.environ, stderr=subprocess.DEVNULL)

    def kill(self, name: str) -> None:
        self.running[name].send_signal(signal.SIGKILL)
        self.running[name].wait()
        self.start(name)

    def stop(self) -> None:
        for one in self.running.values():
            one.terminate()
            one.wait()


def rounds(house: Stage, *, times: int, seed: int) -> Iterator[dict[str, object]]:
    """One line a kill: who died when, how long until alarms were acknowledged again."""
    dice, gate, live = random.Random(seed), free_port(), free_port()
    screen = Screen(live, _watcher())
    # The database dies too: nothing of ours may hold a line to it.
    connections.close_all()
    crowd = Crowd(gate, ever_new=True)
    processes = Processes(
        {"gateway": ("gateway", "--port", str(gate)), "live": ("live", "--port", str(live)), "worker": ("worker",)}
    )
    for name in processes.words:
        processes.start(name)
    crowd.begin()
    try:
        for number in range(1, times + 1):
            time.sleep(dice.uniform(0.3, 2.5))
            victim, before = dice.choice(VICTIMS), len(crowd.acknowledged)
            begun = time.monotonic()
            if victim == "PostgreSQL":
                kill_database(house.home)
                start(house.home)
            else:
                processes.kill(victim)
            count = len(crowd.acknowledged)
            while len(crowd.acknowledged) <= count + crowd.clients:
                assert time.monotonic() - begun < 60, f"nothing was acknowledged after the death of {victim}"
                time.sleep(0.02)
            yield {"kill": number, "victim": victim, "acknowledged before": before,
                   "seconds until acknowledged again": round(time.monotonic() - begun, 2)}  # fmt: skip
        crowd.end()
        caught_up = _caught_up(house, screen)
    finally:
        crowd.stopping = screen.stopping = True
        processes.stop()
    yield {**_account(house, crowd), "sent again": crowd.sent_again, "longest wait (s)": round(crowd.longest, 2),
           "page came back": screen.times, "news the page has not heard": caught_up}  # fmt: skip


def _account(house: Stage, crowd: Crowd) -> dict[str, object]:
    with psycopg.connect(house.database) as connection:
        found = account(crowd, connection.execute(COUNTED).fetchall())
        desk = dict(connection.execute(AT_THE_DESK).fetchall())
    rang = {str(address) for address, _serial in crowd.acknowledged}
    return {**found, "rang": len(rang), "not at the desk": len(rang - desk.keys()),
            "at the desk twice": sum(count > 1 for count in desk.values())}  # fmt: skip


def _caught_up(house: Stage, screen: Screen) -> int:
    """Positions of alarms that the page has not heard of, once it had half a minute."""
    end = time.monotonic() + 30
    while True:
        with psycopg.connect(house.database) as connection:
            newest = dict(connection.execute(NEWEST).fetchall())
        left = sum(max(0, last - screen.stands_at(county)) for county, last in newest.items())
        if left == 0 or time.monotonic() > end:
            return left
        time.sleep(0.2)


def _watcher() -> str:
    """Somebody of the prefecture's fire department: devices that nobody knows ring there."""
    now = timezone.now()
    [prefecture] = [code for code in counties() if code.endswith("00")]
    by = By(actor=None, post="security_admin", pack="bench")
    person = enrol_person(login="watch", name="测", region=prefecture, by=by, at=now)
    appoint(
        person, kind="prefecture_fire", department="fire", region=prefecture, territory=[prefecture],
        since=now.date(), by=by, at=now,
    )  # fmt: skip
    return begin(person, lasts=timedelta(hours=12), now=now)


def tell(house: Stage, *, times: int, seed: int) -> bool:
    """Print the table; whether nothing was lost, stands twice or went unheard, the ledger included."""
    for line in rounds(house, times=times, seed=seed):
        print("   ".join(f"{name}: {value}" for name, value in line.items()), flush=True)
    say("the ledger")
    verified = subprocess.run(command("ledger", "verify"), capture_output=True, text=True)
    print(verified.stdout, end="")
    wrong = ("lost", "twice", "not at the desk", "at the desk twice", "news the page has not heard")
    return all(line[name] == 0 for name in wrong) and verified.returncode == 0
