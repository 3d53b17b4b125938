"""A page renews itself when its device speaks, says when it cannot, and when somebody is signed out."""

import os
from urllib.parse import quote

import pytest
from django.conf import settings as house
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page, Route

from shouwang.domains.devices.hearing import known_at
from shouwang.domains.devices.signal_text import Received
from shouwang.domains.people.models import Session
from shouwang.domains.people.sessions import COOKIE
from shouwang.flows.receive_signals import keep_signals, wake_followers
from tests.browser import Screen
from tests.cast import COMMUNITY, COUNTY
from tests.faces.looking import SPILLS, clipped, faults_of
from tests.faces.stage import Stage
from tests.faces.test_devices import send
from tests.faces.test_office_screens import enter
from tests.gateways.live_story import Board
from tests.gateways.live_story import Page as Stream


def database() -> str:
    """The address of the test's own database, for a process of its own."""
    at = connection.settings_dict
    who = f"{quote(at['USER'])}:{quote(at['PASSWORD'])}"
    return f"postgresql://{who}@/{at['NAME']}?host={quote(at['HOST'], safe='')}" + (
        f"&port={at['PORT']}" if at["PORT"] else ""
    )


def spoke(serial: int) -> None:
    device = known_at("gb26875", ["4713"], counties=[COUNTY])["4713"]
    now = timezone.now()
    said = Received(
        region=COMMUNITY, source="4713", device=device.id, serial=serial, command=2, kind=2, number=0, sort="fire",
        raw=b"x", facts={"note": f"{serial}号楼"}, device_at=now, received_at=now, fingerprint=bytes([serial]) * 16,
    )  # fmt: skip
    keep_signals(COUNTY, [said], way="gb26875", at=now)
    wake_followers([COUNTY])


def answers_not(page: Page) -> None:
    """The page can be opened no more, though its stream goes on."""
    def refuse(route: Route) -> None:
        if "x-live" in route.request.headers:
            route.fulfill(status=503)
        else:
            route.continue_()

    page.route("**/*", refuse)


@pytest.fixture
def board(live_server, settings):
    found = Board({**os.environ, "SHOUWANG_DATABASE_URL": database()})
    settings.LIVE_URL = found.environment["SHOUWANG_LIVE_URL"] = f"http://localhost:{found.port}/live/"
    found.start()
    yield found
    found.stop()


def test_a_page_renews_itself_and_says_when_it_cannot(stage: Stage, live_server, screen: Screen, board: Board):
    # That nobody answers for a while is written to the console by the browser itself.
    send(stage, "cuizhe", ("4713", "transmitter", COMMUNITY, "监控室", "", "", "", ""), way="gb26875")
    device = known_at("gb26875", ["4713"], counties=[COUNTY])["4713"]
    page = enter(screen, live_server, stage, "hanxue", width=320, tongue="ko", told_no="Failed to load resource")
    page.goto(f"/office/devices/{device.id}/")
    state = page.locator("[data-live-state]")
    state.get_by_text("실시간").wait_for()
    spoke(1)
    page.locator("#said").get_by_text("1号楼").wait_for()
    assert (faults_of(page), clipped(page) + page.evaluate(SPILLS)) == ([], [])
    board.stop()
    state.get_by_text("련결").wait_for()
    assert page.title().startswith("⚠")
    spoke(2)
    board.start()
    page.locator("#said").get_by_text("2号楼").wait_for()
    state.get_by_text("실시간").wait_for()
    answers_not(page)
    spoke(3)
    state.get_by_text("련결").wait_for()
    page.unroute("**/*")
    page.locator("#said").get_by_text("3号楼").wait_for()
    state.get_by_text("실시간").wait_for()
    # Somebody with more pages than are served: the one pushed out looks by itself and pushes out no other.
    [token] = [one["value"] for one in page.context.cookies() if one["name"] == COOKIE]
    others = [Stream(board.port, token) for _ in range(9)]
    assert all(one.status == 200 and one.hear("begun") is not None for one in others)
    state.get_by_text("30초").wait_for()
    spoke(4)
    pushed = [(one.hear("crowded", seconds=0.5), one.ended) for one in others]
    assert pushed[2:] == [(None, False)] * 7, pushed
    page.evaluate("dispatchEvent(new Event('focus'))")
    state.get_by_text("실시간").wait_for()
    page.locator("#said").get_by_text("4号楼").wait_for()
    Session.objects.filter(person=stage.cast["hanxue"].id).update(ended_at=timezone.now())
    state.get_by_text("로그인이 끝났").wait_for()
    assert house.LIVE_URL in page.locator("[data-live]").get_attribute("data-live")
