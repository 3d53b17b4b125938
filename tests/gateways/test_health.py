"""Whoever watches the machine is told what is not well, in words anybody may read, and gets figures for a token."""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import httpx
import psutil
import pytest
from django.utils import timezone

from shouwang.config.processes import Family
from shouwang.flows.keep_peers import Told, keep_peer
from shouwang.flows.receive_signals import centre, tell_state
from tests.cast import COUNTY
from tests.faces.stage import bring_in_the_areas
from tests.gateways.killing import House
from tests.served import Served, environment_in

TOKEN = "a-token-of-the-monitoring-server"


@pytest.fixture
def house(tmp_path):
    """Web and worker of a fresh installation, on an embedded database of their own."""
    for environment in environment_in(tmp_path / "home"):
        own = {"SHOUWANG_METRICS_TOKEN": TOKEN, "SHOUWANG_HTTPS": "yes", "SHOUWANG_HOSTS": "fire.example"}
        with Family() as family:
            yield House({**environment, **own}, family)


def asked(house, path, **headers):
    return httpx.get(f"http://127.0.0.1:{house.port}{path}", headers=headers, timeout=15, trust_env=False)


def answers(house, status):
    """Whether the health page comes to give `status`."""
    end = time.monotonic() + 45
    while time.monotonic() < end:
        try:
            if asked(house, "/healthz").status_code == status:
                return True
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    return False


def figures(text):
    lines = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


@pytest.mark.database
@pytest.mark.slow
def test_what_is_not_well_is_named_and_what_is_mended_is_well_again(house):
    installation = Served("", house.environment, None)
    house.start("web")
    assert answers(house, 503)
    assert "tables: " in asked(house, "/healthz").text and "worker: " in asked(house, "/healthz").text

    installation.run("migrate")
    installation.run("areas", "import", "--pack")
    assert asked(house, "/healthz").text == "worker: no worker is at work; start `shouwang worker`\n"
    house.start("worker")
    assert answers(house, 200) and asked(house, "/healthz").text == "ok\n"
    assert "ok     worker" in installation.run("doctor").stdout

    child = house.family.children["worker"]
    os.killpg(child.pid, signal.SIGSTOP)
    time.sleep(2)  # Its last statement may still end in the database; after that it says nothing.
    stalled = figures(asked(house, "/metrics", authorization=f"Bearer {TOKEN}").text)
    assert stalled["shouwang_worker_round_age_seconds"] >= 1
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    assert answers(house, 503)
    house.start("worker")
    assert answers(house, 200)

    assert asked(house, "/metrics").status_code == 401
    assert asked(house, "/metrics", authorization="Bearer no").status_code == 401
    found = figures(asked(house, "/metrics", authorization=f"Bearer {TOKEN}").text)
    assert found["shouwang_database_up"] == 1 and found["shouwang_database_bytes"] > 1_000_000
    assert found['shouwang_acts_today{room="areas"}'] > 0 == found['shouwang_acts_today{room="hazards"}']
    assert found["shouwang_ledger_lines_unsealed"] == 0
    assert "shouwang_backup_age_seconds" not in found


@pytest.mark.database
@pytest.mark.slow
@pytest.mark.skipif(bool(os.environ.get("SHOUWANG_DATABASE_URL")), reason="the server is not ours to kill")
def test_a_database_that_died_is_told_without_its_address(house):
    Served("", house.environment, None).run("migrate")
    house.start("web")
    assert answers(house, 503)
    home = Path(house.environment["SHOUWANG_HOME"])
    postmaster = psutil.Process(int((home / "postgres" / "postmaster.pid").read_text().split()[0]))
    for process in (postmaster, *postmaster.children()):
        process.kill()
    said = asked(house, "/healthz")
    assert said.status_code == 503 and "database: the database does not answer" in said.text
    assert str(home) not in said.text and "postgres" not in said.text.lower()
    found = figures(asked(house, "/metrics", authorization=f"Bearer {TOKEN}").text)
    assert found["shouwang_database_up"] == 0 and found["shouwang_disk_free_bytes"] > 0


@pytest.mark.django_db
def test_a_full_disk_is_told(client, settings):
    settings.DISK_LEAST_MB = 10**9
    assert "disk: " in client.get("/healthz").content.decode()
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_processes_that_only_some_need_are_watched_where_they_are_needed(client, settings, cast, tmp_path):
    now = timezone.now()
    bring_in_the_areas(now - timedelta(days=90))
    named = ("mqtt: ", "exchange: ")

    def lines() -> list[str]:
        return [line for line in client.get("/healthz").content.decode().splitlines() if line.startswith(named)]

    def says(name: str, *, at=now, **figures: float) -> None:
        tell_state(name, figures, centre=centre(), now=at)

    assert lines() == []
    settings.MQTT_URL = "mqtts://broker.example"
    settings.HOME, settings.KEY_FILE = tmp_path, tmp_path / "keys.json"
    keep_peer(cast["hanxue"], Told(name="州平台", url="https://p.example/", gives=COUNTY, takes="", key=""), now=now)
    assert lines() == [
        "mqtt: nobody listens to the MQTT broker; start `shouwang mqtt`",
        "exchange: nobody tells the connected platforms; start `shouwang exchange`",
    ]
    says("mqtt", connected=1, denied=2)
    says("exchange", at=now - timedelta(minutes=3), waiting=5)
    first, second = lines()
    assert first == "mqtt: the MQTT broker does not let us read 2 topics"
    assert second.startswith("exchange: nobody tells the connected platforms; start `shouwang exchange`: silent for 18")
    says("mqtt", connected=0)
    says("exchange", waiting=5)
    assert lines() == ["mqtt: the MQTT broker is not reached, or refuses us"]
    says("mqtt", connected=1, denied=0)
    assert lines() == []


@pytest.mark.django_db
def test_without_a_token_set_there_are_no_metrics(client, settings):
    assert settings.METRICS_TOKEN == ""
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404
