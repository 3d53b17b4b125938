"""The whole installation as people meet it: web and worker in their own processes and database."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import httpx
import psycopg
import pytest

from shouwang.config.embedded import stop_if_unused
from shouwang.config.processes import Family, command, free_port


@dataclass(frozen=True)
class Served:
    """A running installation; `run` is its command line."""

    address: str
    environment: dict[str, str]
    family: Family

    def run(self, *words: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(command(*words), env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0 or not check, f"{words}: {done.stdout}\n{done.stderr}"
        return done

    def answers(self) -> bool:
        try:
            return httpx.get(self.address, timeout=2, trust_env=False).status_code < 500
        except httpx.TransportError:
            return False


def environment_in(home: Path) -> Iterator[dict[str, str]]:
    """The environment of a fresh installation under `home`; its database is dropped afterwards."""
    environment = {**os.environ, "SHOUWANG_HOME": str(home), "SHOUWANG_DEMO": "1"}
    server = os.environ.get("SHOUWANG_DATABASE_URL")
    if not server:
        yield environment
        stop_if_unused(home)
        return
    name = f"stage_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    yield {**environment, "SHOUWANG_DATABASE_URL": urlunsplit(urlsplit(server)._replace(path=f"/{name}"))}
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Environment of an installation with tables, the areas of the pack and a few days of life."""
    yield from environment_in(tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="session")
def served(installed: dict[str, str]) -> Iterator[Served]:
    port = free_port()
    with Family() as family:
        stage = Served(f"http://127.0.0.1:{port}", installed, family)
        stage.run("migrate")
        stage.run("areas", "import", "--pack")
        family.start("worker", command("worker"), environment=installed)
        family.start("web", command("serve", "--port", str(port)), environment=installed)
        assert family.wait_until(stage.answers, seconds=60), f"{family.fallen()} did not start"
        yield stage
