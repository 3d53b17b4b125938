"""Open pages hear of an alarm within a moment, within their sight, also after they or the live process died."""

import json
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest

from shouwang.config.embedded import start
from shouwang.config.processes import command, free_port
from shouwang.gateways.live.requests import positions, spelt
from tests.gateways.gateway_story import Caller, Gate, gate
from tests.gateways.live_story import Board, Page
from tests.gateways.own_process import begin, end
from tests.kernel.gb26875_story import alarm
from tests.kernel.test_operators import SMOKE
from tests.prefectures import HERE, here
from tests.served import environment_in

pytestmark = [pytest.mark.database, pytest.mark.slow]
# Signals stand still once they are kept; an alarm goes on by its clock.
SIGNALS = "/live/?about=signals"
PEOPLE = {
    "quanzhenhu": (HERE.prefecture, here("prefecture_office"), here("committee_office")),
    "hanxue": (HERE.county, here("county_office"), here("committee_office")),
    "liuyang": (HERE.other_county, "", ""),
}


@dataclass
class House:
    gate: Gate
    board: Board
    url: str
    environment: dict[str, str]
    tokens: dict[str, str]

    def page(self, login: str, **more: str) -> Page:
        page = Page(self.board.port, self.tokens[login], **more)
        assert page.status == 200
        assert page.hear("begun") is not None
        return page

    def rings(self, serial: int) -> None:
        assert len(Caller(self.gate.port).send(alarm(serial, source=2000 + serial)).hear()) == 1

    def user(self, *words: str) -> dict[str, str]:
        done = subprocess.run(command("user", *words, "--json"), env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[House]:
    for environment in environment_in(tmp_path_factory.mktemp("live") / "home"):
        url = environment.get("SHOUWANG_DATABASE_URL") or start(Path(environment["SHOUWANG_HOME"]))
        for words in (("migrate",), ("areas", "import", "--pack")):
            subprocess.run(command(*words), env=environment, check=True, stdout=subprocess.DEVNULL)
        board = Board(environment)
        with gate(environment) as found:
            house = House(found, board, url, environment, {})
            for login, (region, kind, department) in PEOPLE.items():
                house.user("add", login, "--name", login, "--region", region, "--no-password")
                if kind:
                    house.user("appoint", login, kind, "--region", region, "--department", department)
                house.tokens[login] = house.user("token", login)["token"]
            board.start()
            yield house
            board.stop(signal.SIGKILL)


def test_an_alarm_is_heard_by_whoever_may_see_it_and_by_nobody_else(house):
    above, county = house.page("quanzhenhu"), house.page("hanxue")
    devices = house.page("quanzhenhu", path=SIGNALS)
    house.rings(1)
    assert above.hear("news") == {"news": 1, "rings": 1}
    assert devices.hear("news") == {"news": 1, "rings": 0}
    assert county.hear("news", seconds=1) is None, "an unknown source is the centre's own"
    assert Page(house.board.port, house.tokens["liuyang"]).status == 403, "who holds no post hears nothing"
    assert Page(house.board.port, "222403.made-up").status == 401
    assert Page(house.board.port, house.tokens["hanxue"], path="/live/other").status == 404


def test_what_rang_while_a_page_was_away_is_told_when_it_comes_back(house):
    page = house.page("quanzhenhu", path=SIGNALS)
    house.rings(2)
    page.hear("news")
    seen = page.last
    page.close()
    house.rings(3)
    house.rings(4)
    back = house.page("quanzhenhu", path=SIGNALS, since=seen)
    assert back.hear("news") == {"news": 2, "rings": 0}
    assert house.page("quanzhenhu", path=SIGNALS, since=back.last).hear("news", seconds=1) is None
    assert house.page("quanzhenhu", path=SIGNALS, since="999999.~0-x").hear("news", seconds=1) is None, "no id of ours"


def test_killed_at_any_moment_it_goes_on_where_pages_stand(house):
    page = house.page("quanzhenhu", path=SIGNALS)
    house.rings(5)
    page.hear("news")
    house.board.stop(signal.SIGKILL)
    house.rings(6)
    house.board.start()
    assert house.page("quanzhenhu", path=SIGNALS, since=page.last).hear("news") == {"news": 1, "rings": 0}
    page = house.page("quanzhenhu", path=SIGNALS)
    with psycopg.connect(house.url, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid()"
        )
    assert page.hear("blind", seconds=20) is not None
    assert page.hear("begun", seconds=20) is not None
    house.rings(7)
    assert page.hear("news", seconds=20) is not None
    assert house.board.stop() == 0, "asked to stop, it ends well"
    house.board.start()


def test_a_county_that_cannot_be_followed_is_told_among_its_failures(house):
    page, told = house.page("quanzhenhu"), "SELECT figures->>'failures' FROM devices_gateway WHERE name = 'live'"
    with psycopg.connect(house.url, autocommit=True) as admin:

        def failures() -> float:
            return float((admin.execute(told).fetchone() or ["0"])[0])

        admin.execute("ALTER TABLE alarms_alarm ADD CONSTRAINT not_this CHECK (source <> '2009') NOT VALID")
        try:
            house.rings(9)
            end = time.monotonic() + 30
            first = failures()
            while failures() <= first:
                assert time.monotonic() < end, "nobody hears that a county stays behind"
                time.sleep(0.2)
        finally:
            admin.execute("ALTER TABLE alarms_alarm DROP CONSTRAINT not_this")
    assert page.hear("news", seconds=20) is not None, "and it is followed once it can be"


def test_who_is_signed_out_hears_nothing_more(house):
    page = house.page("hanxue")
    with psycopg.connect(house.url, autocommit=True) as admin:
        admin.execute("UPDATE people_session SET ended_at = now() WHERE county = %s", [HERE.county])
        assert page.hear("ended", seconds=15) is not None
        page.hear("never", seconds=2)
        assert page.ended
        assert Page(house.board.port, house.tokens["hanxue"]).status == 401
        admin.execute("UPDATE people_session SET ended_at = NULL WHERE county = %s", [HERE.county])


def test_slow_and_hostile_viewers_cost_nobody_anything(house):
    page = house.page("quanzhenhu")
    half = socket.create_connection(("127.0.0.1", house.board.port), 5)
    half.sendall(b"GET /live/ HTTP/1.1\r\n")
    assert Page(house.board.port, "x", more="A: " + "b" * 20_000 + "\r\n").status in (431, 401)
    noise = socket.create_connection(("127.0.0.1", house.board.port), 5)
    noise.sendall(b"\x00\xff" * 5000 + b"\r\n\r\n")
    assert b"400" in noise.recv(100)
    several = [house.page("hanxue") for _ in range(12)]
    for early in several[:4]:
        assert early.hear("crowded") is not None, "told, so that it does not come back and push out the next one"
        early.hear("never", seconds=1)
        assert early.ended
    last = several[-1]
    house.rings(8)
    assert page.hear("news") is not None
    half.settimeout(12)
    assert half.recv(10) == b"", "half a request is given up"
    assert last.hear("beat", seconds=20) is not None


def test_of_many_pages_that_one_person_opens_at_once_the_newest_eight_stay(house):
    """As after an outage, when every browser comes back in the same moment; who came first may be let in last."""
    for _time in range(4):
        several = [Page(house.board.port, house.tokens["hanxue"]) for _ in range(13)]
        assert {one.status for one in several} == {200}
        assert all(one.hear("begun") is not None for one in several)
        assert all(one.hear("crowded") is not None for one in several[:5])
        assert [(one.hear("crowded", seconds=0.2), one.ended) for one in several[5:]] == [(None, False)] * 8


def test_an_event_id_reads_as_it_was_written():
    for found in ({"222401": 17, "222403": -1}, {"222400": 0}):
        assert positions(spelt(found)) == found
    for wrong in ("", "222401", "222401.-5", "22240x.1", "222401.1-", "２２２４０１.1", "222401." + "9" * 30):
        assert positions(wrong) is None


def test_what_an_operator_pushes_is_heard_too(house):
    port, token = free_port(), "a-token-of-the-tests"
    pushes = begin({**house.environment, "SHOUWANG_PUSH_CTWING_TOKEN": token}, "push", "--port", str(port))
    try:
        page, told = house.page("quanzhenhu", path=SIGNALS), {**SMOKE, "IMEI": "860300000000099"}
        until, answer = time.monotonic() + 30, None
        while answer is None and time.monotonic() < until:
            try:
                answer = httpx.post(f"http://127.0.0.1:{port}/push/ctwing/{token}", json=told, trust_env=False)
            except httpx.TransportError:
                time.sleep(0.1)
        assert answer is not None and (answer.status_code, answer.json()) == (200, {"kept": 1})
        assert page.hear("news") == {"news": 1, "rings": 0}
        with psycopg.connect(house.url) as reading:
            [peer] = reading.execute("SELECT peer FROM devices_link WHERE address = %s", [told["IMEI"]]).fetchone()
        assert peer == "127.0.0.1"
    finally:
        assert end(pushes) == 0
