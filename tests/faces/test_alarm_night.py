"""Two in the morning: the smoke alarm of an old woman who lives alone rings; her helper confirms; the crew sets out.

A real frame through the real gateway, the live process behind it, the desk in Korean by keyboard alone, the helper's
phone in Chinese at 320 px.
"""

import os

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from shouwang.domains.alarms.models import Alarm, Proposal, Step
from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.ledger.verifying import verify
from shouwang.kernel.gb26875.frames import Command
from tests.alarm_story import FIRE, MAINS, component, fit, transmitter, wired
from tests.browser import Screen
from tests.cast import COUNTY
from tests.faces.looking import SPILLS, clipped, faults_of
from tests.faces.stage import Stage
from tests.faces.test_alarms import PHONE, home
from tests.faces.test_live_page import board, database
from tests.faces.test_office_screens import enter
from tests.gateways.gateway_story import Caller, gate
from tests.prefectures import HERE

__all__ = ["board"]
STORM = 40


@pytest.fixture
def gateway(live_server):
    with gate({**os.environ, "SHOUWANG_DATABASE_URL": database()}) as found:
        yield found


def heard(caller: Caller, address: str, data: bytes) -> None:
    """The device says it and is told that it is on disk."""
    caller.send(wired(address, data, at=timezone.now()))
    assert [one.command for one in caller.hear()] == [Command.CONFIRM]


def whole(page: Page) -> None:
    assert (page.url, faults_of(page)) == (page.url, [])
    assert (page.url, clipped(page) + page.evaluate(SPILLS)) == (page.url, [])


def press(page: Page, words: str) -> None:
    """By keyboard alone: Tab until the button has the focus, then Enter."""
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText || ''").strip() == words:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard does not reach {words}")


def test_the_alarm_of_an_old_woman_who_lives_alone(  # noqa: PLR0913
    stage: Stage, live_server, screen: Screen, board, gateway, settings, tmp_path
):
    settings.HOME, settings.KEY_FILE = tmp_path, tmp_path / "keys.json"
    fit("7701", at=stage.now, place="海兰路17号", household=home(stage))
    for number in range(STORM):
        fit(str(7800 + number), at=stage.now, kind="transmitter", place=f"第{number}户")
    desk = enter(screen, live_server, stage, "cuizhe", width=1440, tongue=HERE.other_language)
    desk.goto("/office/alarms/")
    line = Caller(gateway.port)
    for number in range(STORM):
        heard(line, str(7800 + number), transmitter(MAINS, at=timezone.now()))
    heard(line, "7701", component(FIRE, note="西屋", at=timezone.now()))
    row = desk.locator("#rings .item", has_text="海兰路17号").first
    row.wait_for()
    assert desk.locator("#rings .item").first.inner_text().startswith("海兰路17号")
    expect(desk.locator("#storms")).to_be_visible()
    whole(desk)

    alarm = Alarm.objects.get(source="7701")
    desk.goto(f"/office/alarms/{alarm.id}/")
    words = {one["act"]: one["label"] for one in _offers(desk)}
    press(desk, words["verify"])
    press(desk, desk.locator("[value=calls]").inner_text())
    expect(desk.get_by_role("link", name=PHONE)).to_be_visible()
    assert "崔福顺" not in desk.content()
    whole(desk)

    phone = enter(screen, live_server, stage, "songshan", width=320)
    phone.goto("/phone/alarms/")
    phone.get_by_role("link", name="海兰路17号").click()
    phone.get_by_role("button", name="我在路上").click()
    phone.locator(".time", has_text="我在路上").wait_for()
    phone.get_by_role("button", name="看到着火").click()
    phone.locator(".chip.red", has_text="真实火警").wait_for()
    whole(phone)

    crew = enter(screen, live_server, stage, "dongyong", width=390)
    crew.goto(f"/phone/alarms/{alarm.id}/")
    expect(crew.get_by_text("按火警处置")).to_be_visible()
    crew.get_by_role("button", name="我在路上").click()
    crew.locator(".time", has_text="董勇").wait_for()

    desk.goto("/office/alarms/")
    desk.locator("#rings .item .chip.red").first.wait_for()
    whole(desk)
    assert [one.act for one in Step.objects.order_by("at")] == ["verify", "set_out", "see_fire", "set_out"]
    # On a slow machine the cap comes before somebody has pressed: proposed once, and told above, it is all the same.
    assert Proposal.objects.get().cause in ("confirmed", "silence")
    assert Alarm.objects.get(id=alarm.id).told_level in ("county", "prefecture")
    seal_and_fold(now=timezone.now())
    assert verify(COUNTY).faults == []


def _offers(page: Page) -> list[dict[str, str]]:
    return page.evaluate(
        "[...document.querySelectorAll('.acts button[name=act]')].map(b => ({act: b.value, label: b.innerText.trim()}))"
    )
