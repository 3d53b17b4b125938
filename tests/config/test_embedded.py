"""The embedded database: shared by processes, stopped with the last, not kept up by a killed one."""

import os
import signal
import subprocess
import sys

import psycopg
import pytest

from shouwang.config.embedded import start, stop_if_unused

USER = (
    "import sys, time\n"
    "from pathlib import Path\n"
    "from shouwang.config.embedded import start\n"
    "print(start(Path(sys.argv[1])), flush=True)\n"
    "sys.stdin.read()\n"
)


def running(home):
    return (home / "postgres" / "postmaster.pid").exists()


@pytest.fixture
def another(tmp_path):
    """another() starts a process that uses the database until its input ends."""
    started = []

    def begin():
        process = subprocess.Popen(
            [sys.executable, "-c", USER, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process, process.stdout.readline().strip()

    yield begin
    for process in started:
        process.kill()
        process.wait()
    stop_if_unused(tmp_path)


def test_it_stops_with_the_last_process_that_uses_it(tmp_path, another):
    (first, url), (second, same) = another(), another()
    assert url == same
    first.communicate()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    second.communicate()
    assert not running(tmp_path)


def test_it_is_left_alone_while_somebody_uses_it(tmp_path, another):
    process, _ = another()
    assert not stop_if_unused(tmp_path)
    process.communicate()
    assert not running(tmp_path)


def test_a_killed_process_does_not_keep_it_up(tmp_path, another):
    process, url = another()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert running(tmp_path)
    assert stop_if_unused(tmp_path)
    assert not running(tmp_path)
    with psycopg.connect(start(tmp_path)) as connection:
        assert connection.execute("SELECT seven FROM kept").fetchone() == (7,)
    assert stop_if_unused(tmp_path)
