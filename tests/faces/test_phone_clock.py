"""A phone whose clock is hours wrong calls the neighbours all the same, and what waited too long still calls nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shouwang.domains.volunteers.models import Call
from tests.faces.stage import Stage
from tests.faces.test_neighbours import settled
from tests.faces.test_phone_offline import kept_for_later, phone, strip

__all__ = ["phone"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_help_is_called_by_the_servers_clock_whatever_the_phones_says(phone, stage: Stage):
    group, held = settled(stage), phone()
    page, clock = held.page, held.page.clock
    call = f"/phone/groups/{group.id}/call/"
    slow, ahead = timezone.now() - timedelta(hours=2), timezone.now() + timedelta(hours=3)
    clock.set_fixed_time(slow)
    held.open(call)
    kept_for_later(page, call)
    page.fill("#place", "3号楼二单元")
    page.locator("main form .btn.go").click()
    page.wait_for_url("**/phone/calls/**")
    assert Call.objects.get().place == "3号楼二单元"

    clock.set_fixed_time(ahead)
    held.open(call)
    page.context.set_offline(True)
    page.fill("#place", "1号楼")
    page.locator("main form .btn.go").click()
    strip(held, "已存 1 条")
    clock.set_fixed_time(ahead + timedelta(hours=1))
    page.context.set_offline(False)
    strip(held, "有 1 条没报成")
    assert Call.objects.count() == 1, "an hour later nobody runs any more"
