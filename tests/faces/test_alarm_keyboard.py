"""A whole alarm with the keyboard alone: from the desk to the numbers, to who knows, to a result; the focus is seen."""

import pytest
from playwright.sync_api import Page

from shouwang.domains.alarms.models import Acknowledgement, Alarm, Step
from tests.browser import Screen
from tests.faces.looking import SPILLS, clipped, faults_of
from tests.faces.stage import Stage
from tests.faces.test_alarms import PHONE, home, rings, stage
from tests.faces.test_office_screens import enter

__all__ = ["stage"]
pytestmark = pytest.mark.django_db(transaction=True)
HERE = "(document.activeElement.innerText || document.activeElement.closest('label')?.innerText || '').trim()"
# What has the focus, or the label or row around it, is ringed.
RINGED = """() => ['*', 'label', '.item'].map((around) => document.activeElement.closest(around)).some((one) => {
  const style = one && getComputedStyle(one);
  return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
})"""


def reach(page: Page, words: str, key: str = "Enter") -> None:
    """Tab until something that begins with these words has the focus, see that it has, and press."""
    for _step in range(90):
        page.keyboard.press("Tab")
        if page.evaluate(HERE).startswith(words):
            assert page.evaluate(RINGED), f"nobody sees that {words} has the focus"
            page.keyboard.press(key)
            return
    raise AssertionError(f"the keyboard does not reach {words}")


def whole(page: Page) -> None:
    assert (page.url, faults_of(page)) == (page.url, [])
    assert (page.url, clipped(page) + page.evaluate(SPILLS)) == (page.url, [])


def test_from_the_desk_to_a_result_without_a_mouse(stage: Stage, live_server, screen: Screen):
    alarm = rings(stage, household=home(stage), place="海兰路17号")
    desk = enter(screen, live_server, stage, "cuizhe", width=1440)
    desk.goto("/office/alarms/")
    whole(desk)
    reach(desk, "海兰路17号")
    desk.wait_for_url(f"**/office/alarms/{alarm.id}/")
    reach(desk, "本级已知悉")
    desk.locator(".chip.green", has_text="已知悉").wait_for()
    reach(desk, "开始回电核实")
    desk.locator(".chip", has_text="核实中").first.wait_for()
    reach(desk, "显示电话和救援须知")
    desk.get_by_role("link", name=PHONE).wait_for()
    for _step in range(90):  # The number can be rung up from here too.
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.getAttribute('href')") == f"tel:{PHONE}":
            break
    assert desk.evaluate(HERE).startswith(PHONE) and desk.evaluate(RINGED)
    whole(desk)
    reach(desk, "是误报")
    reach(desk, "做饭油烟", key="Space")
    desk.keyboard.press("Tab")
    desk.keyboard.type("灶上炖菜")
    reach(desk, "是误报")
    desk.locator(".time", has_text="灶上炖菜").wait_for()
    whole(desk)
    assert [one.act for one in Step.objects.order_by("at")] == ["verify", "dismiss"]
    assert Alarm.objects.get().state == "false_alarm" and Acknowledgement.objects.get().level == "township"
