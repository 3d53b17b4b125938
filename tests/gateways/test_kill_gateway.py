"""Gateway, its writers and PostgreSQL are killed with -9 while devices ring: each acknowledged alarm is stored once."""

import signal
import subprocess
import time
from pathlib import Path

import psutil
import pytest

from bench.alarm_crowd import COUNTED, Crowd, account, kill_database
from shouwang.config.embedded import start
from shouwang.config.processes import command
from shouwang.gateways.gb26875.writers import WRITERS
from tests.gateways.gateway_story import Gate, gate, rows

DEATHS = ("gateway", "database", "writers", "gateway", "writers", "database")


@pytest.mark.slow
@pytest.mark.database
def test_nothing_acknowledged_is_lost_and_nothing_stands_twice(environment: dict[str, str]) -> None:
    home, external = Path(environment["SHOUWANG_HOME"]), environment.get("SHOUWANG_DATABASE_URL")
    url = external or start(home)
    for words in (("migrate",), ("areas", "import", "--pack")):
        subprocess.run(command(*words), env=environment, check=True, stdout=subprocess.DEVNULL)
    with gate(environment) as gateway:
        crowd = Crowd(gateway.port, clients=8)
        crowd.begin()
        try:
            for victim in DEATHS:
                _wait_for_more(crowd)
                writers = _writers(gateway)
                if victim == "writers":
                    for one in writers:
                        one.kill()
                elif victim == "gateway" or external:
                    # A server that others use as well is not ours to kill.
                    gateway.stop(signal.SIGKILL)
                    assert psutil.wait_procs(writers, 10)[1] == [], "writers outlive their gateway"
                    gateway.start()
                else:
                    kill_database(home)
                    start(home)
            _wait_for_more(crowd)
            crowd.end()
        finally:
            crowd.stopping = True
        assert gateway.stop() == 0
    found = account(crowd, rows(url, COUNTED))
    assert (found["lost"], found["twice"]) == (0, 0), found
    assert found["acknowledged"] == found["stored"] > len(DEATHS) * 60
    assert crowd.sent_again > 0, "nobody noticed that anything was killed"
    verified = subprocess.run(command("ledger", "verify"), env=environment, capture_output=True, text=True)
    assert verified.returncode == 0, verified.stdout


def _writers(gateway: Gate) -> list[psutil.Process]:
    assert gateway.process is not None
    end = time.monotonic() + 30
    while True:
        found = psutil.Process(gateway.process.pid).children()
        writers = [one for one in found if one.is_running() and "gb26875.writing" in " ".join(one.cmdline())]
        if len(writers) == WRITERS:
            return writers
        assert time.monotonic() < end, f"only {writers} write"
        time.sleep(0.1)


def _wait_for_more(crowd: Crowd, count: int = 60) -> None:
    wanted, end = len(crowd.acknowledged) + count, time.monotonic() + 60
    while len(crowd.acknowledged) < wanted:
        assert time.monotonic() < end, "nothing is acknowledged any more"
        time.sleep(0.02)
