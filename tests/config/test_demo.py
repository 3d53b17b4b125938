"""script/demo as its user meets it: started, stopped by Ctrl-C, started again; or told once."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

import httpx
import psutil
import pytest

from shouwang.config.processes import command, free_port

LINES = """
import django; django.setup()
from shouwang.domains.ledger.models import Line
print(*Line.objects.values_list("id", flat=True))
"""


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """Environment of a demo whose life was short."""
    home = tmp_path_factory.mktemp("demo")
    environment = {**os.environ, "SHOUWANG_HOME": str(home)}
    environment.pop("SHOUWANG_DATABASE_URL", None)
    for words in (("migrate",), ("areas", "import", "--pack"), ("simulate", "--days", "3")):
        subprocess.run(command(*words), env=environment, check=True, capture_output=True)
    return environment


def demo_in(environment, *, port):
    """A demo that answers."""
    process = subprocess.Popen(
        command("demo", "--port", str(port)), env=environment, stderr=subprocess.STDOUT,
        stdout=subprocess.PIPE, text=True, process_group=0,
    )  # fmt: skip
    said = []
    for line in process.stdout:
        said.append(line)
        if "ready at" in line:
            return process
    pytest.fail("".join(said))


@contextmanager
def taken_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def family_of(process, home):
    """Every process of a demo: its own children, and the database under its home."""
    children = psutil.Process(process.pid).children(recursive=True)
    database = [p for p in psutil.process_iter(["cmdline"]) if str(home) in " ".join(p.info["cmdline"] or [])]
    return {p.pid for p in (*children, *database)}


def running(pid):
    """One that ended and waits for its parent to notice runs no more."""
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def lines_in(environment):
    """Which lines stand in the ledger, once it is known to hold."""
    subprocess.run(command("ledger", "verify"), env=environment, check=True, capture_output=True)
    settings = {"DJANGO_SETTINGS_MODULE": "shouwang.config.settings"}
    words = [sys.executable, "-c", LINES]
    done = subprocess.run(words, env=environment | settings, check=True, capture_output=True, text=True)
    return set(done.stdout.split())


@pytest.mark.slow
def test_ctrl_c_stops_every_process_and_loses_nothing(lived):
    before, port = lines_in(lived), free_port()
    assert len(before) > 100
    process = demo_in(lived, port=port)
    assert httpx.get(f"http://127.0.0.1:{port}/", trust_env=False, follow_redirects=True).status_code == 200
    family = family_of(process, lived["SHOUWANG_HOME"])
    assert len(family) >= 4

    os.killpg(process.pid, signal.SIGINT)

    assert process.wait(30) == 0
    process.stdout.close()
    assert [pid for pid in family if running(pid)] == []
    # Alarms that ring went on being told to the next level while it ran: lines came, and none may have gone for them.
    assert before - lines_in(lived) == set()


@pytest.mark.slow
def test_a_taken_port_is_said_before_anything_starts(lived):
    with taken_port() as port:
        done = subprocess.run(
            command("demo", "--port", str(port)), env=lived, capture_output=True, text=True, timeout=30
        )
    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr and "--port" in done.stderr


@pytest.mark.slow
@pytest.mark.timeout(900)  # Two weeks of a prefecture are lived through.
def test_told_once_it_ends_with_a_proof_and_leaves_nothing(tmp_path):
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    words = command("demo", "--once", "--json", "--days", "14")
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout[done.stdout.index('{\n "ok"'):])
    assert told["ok"] and told["faults"] == []
    assert told["proof"]["root"] and told["proof"]["published"]
    assert list(tmp_path.glob("shouwang-once-*")) == []
