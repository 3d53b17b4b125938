"""The helper stands in a yard without a network: what was found waits on the phone and reaches the desk once.

It carries the time at which it was done; what the desk decided meanwhile is shown, not overwritten.
"""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from shouwang.domains.alarms.models import Alarm, Step
from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.advance_alarm import Go, advance_alarm
from tests.alarm_story import fit, ring
from tests.browser import Screen
from tests.cast import COUNTY
from tests.faces.phone_story import Phone
from tests.faces.stage import Stage
from tests.faces.test_alarms import stage
from tests.faces.test_office_screens import enter
from tests.faces.test_phone_offline import kept_for_later, phone, strip, waiting

__all__ = ["phone", "stage"]
pytestmark = pytest.mark.django_db(transaction=True)
AGO = timedelta(minutes=5)


def rang(stage: Stage, address: str, place: str) -> Alarm:
    ring(fit(address, at=stage.now, place=place), at=timezone.now() - timedelta(minutes=7))
    return Alarm.objects.get(source=address)


def opened(held: Phone, alarm: Alarm) -> str:
    page = f"/phone/alarms/{alarm.id}/"
    held.open(page)
    kept_for_later(held.page, page)
    return page


def acts_on(alarm: Alarm) -> list[tuple[str, datetime]]:
    return list(Step.objects.filter(alarm=alarm).order_by("at").values_list("act", "done_at"))


def test_found_without_a_network_it_is_on_the_desk_once(phone, stage: Stage, live_server, screen: Screen):
    fire, smoke = rang(stage, "901", "海兰路17号"), rang(stage, "902", "海兰路19号")
    held = phone("songshan")
    page, done_at = opened(held, fire), timezone.now() - AGO
    held.page.context.set_offline(True)
    held.page.clock.set_fixed_time(done_at)
    held.tap("我在路上")
    strip(held, "已存 1 条")
    held.page.reload()  # Without a network the page can be opened again, and what was entered is not offered twice.
    held.page.locator(".note.kept").wait_for()
    assert held.page.get_by_role("button", name="我在路上").count() == 0
    held.tap("看到着火")
    strip(held, "已存 2 条")
    assert acts_on(fire) == []

    held.page.clock.set_fixed_time(timezone.now())
    held.page.context.set_offline(False)
    strip(held, "已全部上传")
    held.page.reload()
    held.settled()
    assert [act for act, _at in acts_on(fire)] == ["set_out", "see_fire"]
    assert all(abs(at - done_at) < timedelta(seconds=90) for _act, at in acts_on(fire))
    desk = enter(screen, live_server, stage, "cuizhe", width=1440)
    desk.goto(page.replace("phone", "office"))
    assert desk.locator(".time").get_by_text("实际时间").count() == 2

    page = opened(held, smoke)
    held.page.context.set_offline(True)
    held.tap("看过，没着火")
    held.tap("做饭油烟")
    held.page.locator("details[open] button", has_text="看过，没着火").click()
    strip(held, "已存 1 条")
    advance_alarm(stage.cast["cuizhe"], smoke.id, Go(act="confirm"), now=timezone.now())
    held.page.context.set_offline(False)
    strip(held, "1 条没报成")
    held.open(page)
    assert held.says("崔哲") and held.says("真实火警") and held.says("没有记上")
    assert waiting(held) == 1 and [act for act, _at in acts_on(smoke)] == ["confirm"]
    assert Alarm.objects.get(id=smoke.id).state == "real"
    assert held.faults() == []
    seal_and_fold(now=timezone.now())
    assert verify(COUNTY).faults == []
