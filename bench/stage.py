"""A throw-away installation: its own home, embedded database, tables, the areas of the pack."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from shouwang.config.embedded import start, stop_if_unused
from shouwang.config.processes import Family, command, free_port

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Stage:
    """Where the installation lies, and the address of its database."""

    home: Path
    database: str

    def run(self, *words: str) -> None:
        subprocess.run(command(*words), check=True, stdout=subprocess.DEVNULL)


def say(words: str) -> None:
    print(f"bench: {words}", file=sys.stderr, flush=True)


@contextmanager
def stage() -> Iterator[Stage]:
    """Set up, hand over with Django started, and leave nothing behind."""
    home = Path(tempfile.mkdtemp(prefix="shouwang-bench-"))
    os.environ |= {"SHOUWANG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "shouwang.config.settings"}
    os.environ.pop("SHOUWANG_DATABASE_URL", None)
    try:
        say("setting up a throw-away installation")
        set_up = Stage(home, start(home))
        set_up.run("migrate")
        set_up.run("areas", "import", "--pack")
        import django

        django.setup()
        yield set_up
    finally:
        _put_away(home)


def _put_away(home: Path) -> None:
    from django.db import connections

    connections.close_all()
    stop_if_unused(home)
    shutil.rmtree(home, ignore_errors=True)


@contextmanager
def serving(*words: str, ready: str) -> Iterator[str]:
    """A server of our own on a free port; `{port}` in `words` is replaced. Gives its address."""
    port = free_port(HOST)
    address = f"http://{HOST}:{port}"
    with Family() as family:
        family.start("web", [word.format(port=port) for word in words])
        if not family.wait_until(lambda: _answers(address + ready), seconds=60):
            raise RuntimeError("the server did not start")
        yield address


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=2, trust_env=False).status_code < 500
    except httpx.TransportError:
        return False
