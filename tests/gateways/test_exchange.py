"""Two installations speak to each other over HTTP; the one that tells is killed, and each word arrives once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from shouwang.config.embedded import start
from shouwang.config.processes import command, free_port
from tests.cast import COUNTY
from tests.gateways.gateway_story import rows
from tests.gateways.own_process import begin
from tests.gateways.test_gateway_guarded import certificate
from tests.gateways.tls_front import tls_front
from tests.served import environment_in

KEY, EACH, LIVES = "a key that both of them sign with", 3, 4
MANY = EACH * (LIVES + 1)
BEGIN = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from shouwang.flows.keep_peers import Told, keep_peer
from tests.cast import CAST, COUNTY, GRID, enter
cast = {one.login: enter(one) for one in CAST if one.login in ("hanxue", "quanzhenhu", "cuizhe")}
now = timezone.now()
"""
ABOVE = BEGIN + """
told = Told(name="敦化平台", url="", gives="", takes=COUNTY, key=%r)
print(keep_peer(cast["quanzhenhu"], told, now=now)[0].id)
"""
BELOW = BEGIN + """
told = Told(name="州平台", url=%r, gives=COUNTY, takes="", key=%r)
keep_peer(cast["hanxue"], told, now=now - timedelta(minutes=1))
"""
RING = """
import django; django.setup()
from django.utils import timezone
from tests.alarm_story import fit, ring
now = timezone.now()
for n in range(%d, %d):
    ring(fit(str(5000 + n), at=now, place=f"{n}号"), at=now)
"""
FOLLOW = """
import django; django.setup()
from django.utils import timezone
from shouwang.flows.follow_signals import follow
follow(now=timezone.now())
"""


def told(environment: dict[str, str], script: str) -> str:
    words = [sys.executable, "-c", script]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    return certificate(tmp_path)


@pytest.fixture
def two(tmp_path: Path, pem: Path) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Above and below, each with a database of its own."""
    with ExitStack() as stack:
        found = []
        for name in ("above", "below"):
            homes = environment_in(tmp_path / name)
            environment = next(homes) | {
                "DJANGO_SETTINGS_MODULE": "shouwang.config.settings", "SSL_CERT_FILE": str(pem),
                "SHOUWANG_CHANNEL_INNER_HOSTS": "localhost",
            }  # fmt: skip
            stack.callback(lambda homes=homes: next(homes, None))
            for words in (("migrate",), ("areas", "import", "--pack")):
                subprocess.run(command(*words), env=environment, check=True, stdout=subprocess.DEVNULL)
            found.append(environment)
        yield found[0], found[1]


@pytest.mark.slow
@pytest.mark.database
def test_an_alarm_below_rings_above_and_nothing_is_lost_or_told_twice(two, pem: Path) -> None:
    above, below = two
    port = free_port()
    with ExitStack() as stack:

        def run(environment: dict[str, str], *words: str) -> "subprocess.Popen[bytes]":
            process = begin(environment, *words)
            stack.callback(lambda: process.poll() is None and os.killpg(process.pid, signal.SIGKILL))
            return process

        peer = told(above, ABOVE % KEY)
        front = stack.enter_context(tls_front(pem, port))
        told(below, BELOW % (f"https://localhost:{front}/push/peer/{peer}", KEY))
        told(below, RING % (0, EACH))
        url = {name: one.get("SHOUWANG_DATABASE_URL") or start(Path(one["SHOUWANG_HOME"])) for name, one in
               (("above", above), ("below", below))}  # fmt: skip
        # Nobody listens yet; then the one that tells is killed while it does, and the last one has some left to tell.
        telling = run(below, "exchange")
        run(above, "push", "--port", str(port))
        for life in range(1, LIVES + 1):
            told(below, RING % (EACH * life, EACH * (life + 1)))
            if life < LIVES:
                telling.kill()
                telling.wait()
                telling = run(below, "exchange")
        sent = "SELECT count(*) FROM peers_exchange WHERE direction = 'out' AND state = 'sent'"
        end = time.monotonic() + 60
        while rows(url["below"], sent)[0][0] < MANY + 1 and time.monotonic() < end:
            time.sleep(0.2)
        assert rows(url["below"], "SELECT act, state, count(*) FROM peers_exchange GROUP BY 1, 2 ORDER BY 1") == [
            ("hello", "sent", 1), ("ring", "sent", MANY),
        ]  # fmt: skip
        # It says every five seconds how it is doing: the first time, it may have told nothing yet.
        doing = "SELECT (figures->>'waiting')::float, (figures->>'away')::float, (figures->>'told')::float > 0"
        doing += " FROM devices_gateway WHERE name = 'exchange'"
        while rows(url["below"], doing) != [(0, 0, True)] and time.monotonic() < end:
            time.sleep(0.2)
        assert rows(url["below"], doing) == [(0, 0, True)]
        told(above, FOLLOW)
        mine = "SELECT replace(id::text, '-', ''), place FROM alarms_alarm ORDER BY 1"
        theirs = "SELECT source, replace(place, ' · 敦化平台', '') FROM alarms_alarm WHERE county = '%s' ORDER BY 1"
        assert rows(url["above"], theirs % COUNTY) == rows(url["below"], mine)
        receipts = "SELECT receipt FROM peers_exchange WHERE direction = 'out' ORDER BY 1"
        given = "SELECT id::text FROM peers_exchange WHERE direction = 'in' ORDER BY 1"
        assert rows(url["below"], receipts) == rows(url["above"], given)
    for environment in (above, below):
        subprocess.run(command("ledger", "verify"), env=environment, check=True, stdout=subprocess.DEVNULL)
