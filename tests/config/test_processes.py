"""Processes that live and die together: real ones, asked by real signals."""

import os
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

from shouwang.config.processes import Family, PortTaken, check_port, free_port

SLEEPER = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
# Starts a grandchild and refuses to hear that it should stop.
STUBBORN = [
    sys.executable, "-c",
    "import signal, subprocess, sys, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "open(sys.argv[1], 'w').close()\n"
    "time.sleep(60)",
]  # fmt: skip


def gone(pid):
    """Whether a process ends within five seconds; the kernel takes a moment to put it away."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return False


def test_leaving_stops_every_child():
    with Family() as family:
        family.start("one", SLEEPER)
        family.start("two", SLEEPER)
        pids = [child.pid for child in family.children.values()]
        assert family.fallen() is None
    assert all(gone(pid) for pid in pids)


def test_a_stubborn_child_and_its_own_children_are_ended(tmp_path, monkeypatch):
    monkeypatch.setattr("shouwang.config.processes.PATIENCE", 0.5)
    mark = tmp_path / "up"
    with Family() as family:
        family.start("stubborn", [*STUBBORN, str(mark)])
        assert family.wait_until(mark.exists, seconds=10)
        leader = psutil.Process(family.children["stubborn"].pid)
        pids = [leader.pid, *(p.pid for p in leader.children(recursive=True))]
        assert len(pids) == 2
    assert all(gone(pid) for pid in pids)


def test_a_child_that_ends_by_itself_is_named():
    with Family() as family:
        family.start("worker", [sys.executable, "-c", "raise SystemExit(3)"])
        family.start("web", SLEEPER)
        assert family.wait() == "worker"
        assert "exit code 3" in family.ending("worker")


def test_a_child_that_was_killed_is_named_with_its_signal():
    with Family() as family:
        family.start("worker", SLEEPER)
        os.kill(family.children["worker"].pid, signal.SIGKILL)
        assert family.wait() == "worker"
        assert "SIGKILL" in family.ending("worker")


def test_ctrl_c_ends_the_waiting_and_gives_the_old_handlers_back():
    before = signal.getsignal(signal.SIGINT)
    with Family() as family:
        family.start("web", SLEEPER)
        os.kill(os.getpid(), signal.SIGINT)
        assert family.wait() is None
        assert family.asked_to_stop
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_in_a_terminal_does_not_reach_the_children_directly():
    program = (
        "import os, signal, sys, time\n"
        "from shouwang.config.processes import Family\n"
        "with Family() as family:\n"
        "    family.start('child', [sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "    print(family.children['child'].pid, flush=True)\n"
        "    family.wait()\n"
        "    print(family.fallen(), flush=True)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, process_group=0
    )
    child = int(parent.stdout.readline())
    os.killpg(parent.pid, signal.SIGINT)
    assert parent.stdout.readline().strip() == "None"
    assert parent.wait(20) == 0
    assert gone(child)


def test_a_taken_port_is_named():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=str(port)):
            check_port("127.0.0.1", port)
    check_port("127.0.0.1", free_port())
