"""A rotation of keys is killed with -9 half way: nothing is lost, it goes on, and nothing old is left."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from shouwang.config.processes import command
from tests.gateways.killing import HERE
from tests.gateways.own_process import begin
from tests.served import environment_in

PEOPLE, PATIENCE = 1200, 60.0
ENROL = f"""
import django; django.setup()
from django.utils import timezone
from shouwang.domains.people.services import By, enrol_code, enrol_person
by, at = By(actor=None, post="", pack="p"), timezone.now()
for n in range({PEOPLE}):
    one = enrol_person(login=f"p{{n}}", name="某人", region="222403001", by=by, at=at)
    enrol_code(one, f"JBSWY3DPEHPK{{n:04}}".translate(str.maketrans("0189", "QRST")), by=by, at=at)
"""
READ = """
import django; django.setup()
from shouwang.domains.people.models import Person
from shouwang.domains.people.one_time_codes import opened
print(len({opened(p.totp, p.id) for p in Person.objects.exclude(totp=b"")}))
"""


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    for environment in environment_in(tmp_path / "home"):
        yield {**environment, "DJANGO_SETTINGS_MODULE": "shouwang.config.settings"}


@pytest.mark.slow
@pytest.mark.database
def test_a_rotation_that_dies_is_resumed(environment: dict[str, str], database: psycopg.Connection[Any]) -> None:
    def run(*words: str) -> str:
        return subprocess.run(words, env=environment, cwd=HERE, capture_output=True, text=True, check=True).stdout

    run(*command("migrate"))
    run(sys.executable, "-c", ENROL)
    dying = begin(environment, "keys", "rotate")
    until = time.monotonic() + PATIENCE
    while not (done := _resealed(database)):
        assert time.monotonic() < until and dying.poll() is None
        time.sleep(0.005)
    os.killpg(dying.pid, signal.SIGKILL)
    dying.wait()
    assert 0 < done <= _resealed(database) < PEOPLE, "it was killed half way"
    assert run(sys.executable, "-c", READ).split() == [str(PEOPLE)]
    before = _keys(run)
    assert json.loads(run(*command("keys", "rotate", "--resume", "--json")))["unreadable"] == 0
    assert _keys(run) == {name: PEOPLE if name != "0" else 0 for name in before}
    assert _resealed(database) == PEOPLE, "none was sealed anew twice"
    assert run(sys.executable, "-c", READ).split() == [str(PEOPLE)]
    assert json.loads(run(*command("ledger", "verify", "--json")))[0]["faults"] == []


def _resealed(database: psycopg.Connection[Any]) -> int:
    row = database.execute("SELECT count(*) FROM ledger_resealing").fetchone()
    assert row is not None
    return int(row[0])


def _keys(run: Any) -> dict[str, int]:
    told = json.loads(run(*command("keys", "list", "--count", "--json")))["keys"]
    return {one["key"]: one["values"] for one in told}
