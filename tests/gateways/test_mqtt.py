"""MQTT接入: a real broker; killed in the middle nothing is lost and nothing twice; rubbish holds up nobody."""

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from shouwang.config.embedded import start
from shouwang.config.processes import command
from shouwang.gateways.mqtt.options import OptionError, address_of
from tests.gateways.gateway_story import rows
from tests.gateways.mqtt_story import WHO, House, broker, listener, password_file
from tests.gateways.test_gateway_guarded import certificate
from tests.served import environment_in

EVENTS = "SELECT facts->'values'->>'n' FROM devices_signal WHERE facts->'values' ? 'n'"
MANY, AWAY = 200, 20


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    for found in environment_in(tmp_path / "home"):
        for words in (("migrate",), ("areas", "import", "--pack")):
            subprocess.run(command(*words), env=found, check=True, stdout=subprocess.DEVNULL)
        yield found


def smoke(number: int, **more: object) -> tuple[str, bytes]:
    return f"shouwang/8600-{number}/up", json.dumps({"event": "smoke", "n": number, **more}).encode()


def wait_for(url: str, sql: str, count: int, *, seconds: float = 60) -> list[tuple]:
    end = time.monotonic() + seconds
    while len(found := rows(url, sql)) < count and time.monotonic() < end:
        time.sleep(0.1)
    return found


@pytest.mark.slow
@pytest.mark.database
def test_killed_in_the_middle_nothing_is_lost_and_nothing_stands_twice(
    environment: dict[str, str], tmp_path: Path
) -> None:
    url = environment.get("SHOUWANG_DATABASE_URL") or start(Path(environment["SHOUWANG_HOME"]))
    pem = certificate(tmp_path)
    with broker(tls=pem, passwords=password_file(tmp_path)) as house:
        environment |= {
            "SHOUWANG_MQTT_URL": f"mqtts://localhost:{house.port}", "SHOUWANG_MQTT_CA": str(pem),
            "SHOUWANG_MQTT_USER": WHO[0], "SHOUWANG_MQTT_PASSWORD": WHO[1],
        }  # fmt: skip
        with listener(environment) as ours:
            wanted = 0
            for _death in range(3):
                house.publish(*(smoke(number) for number in range(wanted, wanted + MANY)))
                ours.stop(signal.SIGKILL)
                house.publish(*(smoke(number) for number in range(wanted + MANY, wanted + MANY + AWAY)))
                ours.start()
                wanted += MANY + AWAY
            found = wait_for(url, EVENTS, wanted)
            assert (len(found), len(set(found))) == (wanted, wanted)
            _what_nobody_reads_holds_up_nobody(url, house, wanted)
            house.end()
            house.run()
            # A broker that was away is found again.
            ours.wait_for_word("listening again")
            house.publish(smoke(88_888))
            assert len(wait_for(url, EVENTS, wanted + 2)) == wanted + 2
            assert ours.stop() == 0
    verified = subprocess.run(command("ledger", "verify"), env=environment, capture_output=True, text=True)
    assert verified.returncode == 0, verified.stdout


def _what_nobody_reads_holds_up_nobody(url: str, house: House, before: int) -> None:
    house.publish(("shouwang/x/up", b"\xff\x00no"), ("shouwang/8600-1/up", b""), smoke(77_777))
    assert len(wait_for(url, EVENTS, before + 1)) == before + 1
    [(raw,)] = rows(url, "SELECT raw FROM devices_signal WHERE sort = 'unreadable'")
    assert bytes(raw) == b"shouwang/x/up\n\xff\x00no"
    figures = "SELECT figures FROM devices_gateway WHERE name = 'mqtt' AND (figures->>'unreadable')::float > 0"
    [(told,)] = wait_for(url, figures, 1)
    assert told["connected"] == 1 and told["waiting"] == told["denied"] == 0


@pytest.mark.parametrize("wrong", ["", "http://x", "mqtt://u:p@x", "mqtt://x:99999999", "mqtt:///x", "mqtt://x/y"])
def test_an_address_that_is_none_is_refused_in_words(wrong: str) -> None:
    with pytest.raises(OptionError, match="SHOUWANG_MQTT_URL"):
        address_of(wrong)
    assert address_of("mqtts://10.0.0.5") == ("10.0.0.5", 8883, True)
