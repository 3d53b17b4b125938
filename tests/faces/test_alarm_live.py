"""An alarm comes to a desk and a phone by itself, rings where somebody keeps watch, and tops any power cut."""

import os
import sys
import time
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from shouwang.domains.devices.receiving import keep_received
from shouwang.domains.people.actor import Actor
from shouwang.flows.receive_signals import wake_followers
from shouwang.flows.sight import pack
from shouwang.gateways.gb26875.sorting import Sender, sort
from shouwang.kernel.gb26875.frames import whole
from shouwang.kernel.gb26875.profiles import STRICT
from tests.alarm_story import FIRE, MAINS, component, fit, say, transmitter, wired
from tests.browser import Screen
from tests.cast import COUNTY, STREET
from tests.faces.adoption_stage import small
from tests.faces.looking import SPILLS, clipped, faults_of
from tests.faces.stage import Stage
from tests.faces.test_live_page import database
from tests.faces.test_office_screens import enter
from tests.gateways.live_story import Board

STORM = 5000
DESK, PHONE = "/office/alarms/", "/phone/alarms/"


@pytest.fixture
def stage(cast: dict[str, Actor]) -> Stage:
    return small(cast)


@pytest.fixture
def board(live_server, settings) -> Iterator[Board]:
    found = Board({**os.environ, "SHOUWANG_DATABASE_URL": database()})
    settings.LIVE_URL = found.environment["SHOUWANG_LIVE_URL"] = f"http://localhost:{found.port}/live/"
    found.start()
    yield found
    found.stop()


def power_cut() -> None:
    """Thousands of devices say at once that their mains are gone."""
    at, sender = timezone.now(), Sender(county=COUNTY, region=STREET, device=None, profile=STRICT)
    told = [
        one
        for number in range(STORM)
        for one in sort(whole(wired(str(700_000 + number), transmitter(MAINS, at=at), at=at)), sender, now=at).keep
    ]
    keep_received(COUNTY, told, way="gb26875", region=COUNTY, at=at, pack=pack().version)
    wake_followers([COUNTY])


def burns(device) -> float:
    """When that was on disk."""
    at = timezone.now()
    say(device, component(FIRE, at=at), at=at)
    begun = time.monotonic()
    wake_followers([COUNTY])
    return begun


def watched(page: Page, address: str, live: str) -> Page:
    page.goto(address)
    page.locator("[data-live-state]").get_by_text(live).wait_for()
    return page


def silenced(desk: Page) -> str | None:
    """A browser that may not sound yet takes one key for it; another one silences it. How often it rang until then."""
    desk.keyboard.press("Shift")
    desk.locator("[data-rang]:not([data-rang=held], [data-rang='0'])").wait_for()
    desk.keyboard.press("Shift")
    return desk.locator("[data-live]").get_attribute("data-rang")


def test_an_alarm_comes_by_itself_rings_and_stays_on_top(stage: Stage, live_server, board: Board, screen: Screen):
    first = fit("889", at=stage.now, place="海兰路17号")
    second = fit("890", at=stage.now, place="丹江路5号")
    third = fit("891", at=stage.now, place="光明街2号")
    # What is read for the first time is read before anybody waits for it.
    assert [stage.client(who).get(at).status_code for who, at in (("cuizhe", DESK), ("liming", PHONE))] == [200, 200]
    desk = watched(enter(screen, live_server, stage, "cuizhe", width=1440, told_no="REFUSED"), DESK, "实时")
    phone = watched(enter(screen, live_server, stage, "liming", width=320, tongue="ko"), PHONE, "실시간")
    switch = desk.get_by_role("button", name="声音值守")
    switch.click()
    desk.locator("[aria-pressed=true][data-live-sound]").wait_for()
    begun = burns(first)
    phone.locator("#rings").get_by_text("海兰路17号").wait_for()
    sys.stderr.write(f"kept to drawn on a phone: {time.monotonic() - begun:.2f} s\n")
    desk.locator("#rings").get_by_text("海兰路17号").wait_for()
    desk.locator("[data-live][data-rang]").wait_for()
    assert desk.title().startswith("(1) ") and phone.title().startswith("(1) ")
    assert phone.locator("[data-live][data-rang]").count() == 0, "it rings only where somebody said so"
    for page in (desk, phone):
        assert (faults_of(page), clipped(page) + page.evaluate(SPILLS)) == ([], [])
    power_cut()
    begun = burns(second)
    desk.locator("#rings .item").get_by_text("丹江路5号").wait_for()
    sys.stderr.write(f"kept to drawn at the desk behind {STORM} troubles: {time.monotonic() - begun:.2f} s\n")
    desk.get_by_text(f"{STORM}").first.wait_for()
    assert desk.locator("#rings section").first.locator(".item").count() == 2, "fires alone stand on top"
    desk.reload()
    desk.locator("[aria-pressed=true][data-live-sound]").wait_for()
    desk.locator("[data-live][data-rang]").wait_for()
    rang = silenced(desk)
    board.stop()
    desk.locator("[data-live-state]").get_by_text("连接").wait_for()
    burns(third)
    board.start()
    desk.locator("#rings").get_by_text("光明街2号").wait_for()
    desk.wait_for_function("was => document.querySelector('[data-live]').dataset.rang !== was", arg=rang)
