"""From a task to the one form that settles it; task forces with the progress of their duty; statements counted."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.domains.duties.models import Standing
from shouwang.flows.delegate_task import Order, answer_delegation, delegate_task
from shouwang.flows.enter_record import Entry, enter_record
from tests.cast import COUNTY, STREET
from tests.task_story import DAY, ZONE, Street

MOST = {
    "/office/tasks/?of=mine": 22, "/office/tasks/?of=area": 24, "/office/tasks/month/": 12, "/office/tasks/year/": 12,
    "/office/tasks/follow-up/": 10, "/office/tasks/notices/": 6, "/office/tasks/forces/": 8, "/phone/tasks/": 14,
}  # fmt: skip


def way(text: str) -> str:
    found = re.search(r'href="(/office/records/[a-z_]+/new/[^"]*)"', text)
    return html.unescape(found[1]) if found else ""


def task_page(street: Street, login: str, standing: Standing) -> str:
    answer = street.client(login).get(f"/office/tasks/{standing.id}/")
    return answer.content.decode() if answer.status_code == 200 else ""


def test_the_link_opens_the_form_of_the_record_with_its_body_and_period(street_today: Street):
    standing = Standing.objects.filter(duty="t_meeting", region=STREET, verdict="overdue").first()
    address = way(task_page(street_today, "cuizhe", standing))
    assert address == f"/office/records/meeting/new/?area={STREET}&period={standing.period}"
    form = street_today.client("cuizhe").get(address).content.decode()
    assert f'value="{standing.period}" selected' in form and "渤海街道" in form
    assert way(task_page(street_today, "hanxue", standing)) == address
    assert way(task_page(street_today, "mali", standing)) == ""


def test_the_delegate_gets_the_form_with_the_task_and_loses_it_with_the_task(street_today: Street):
    cast, now = street_today.cast, street_today.now
    standing = Standing.objects.filter(duty="t_meeting", region=STREET, verdict="overdue").first()
    order = Order(receiver=cast["linmeihua"].id, county=COUNTY)
    given = delegate_task(cast["zhangzhiqiang"], standing.id, order, now=now)
    client, form = street_today.client("linmeihua"), f"/office/records/meeting/new/?area={STREET}"
    assert client.get(form).status_code == 403
    answer_delegation(cast["linmeihua"], given.county, given.id, accept=True, words="", now=now)
    address = way(task_page(street_today, "linmeihua", standing))
    text = client.get(address).content.decode()
    assert "渤海街道" in text and "胜利街道" not in text
    assert client.get(f"/office/records/waiver/new/?area={STREET}").status_code == 403
    assert street_today.client("liuyang").get(address).status_code == 403


def test_a_task_force_shows_head_term_and_how_far_its_duty_has_come(street_today: Street):
    now = street_today.now
    today = now.astimezone(ZONE).date()
    told = {
        "set_up_on": (today - 20 * DAY).isoformat(), "name": "电动自行车整治专班", "task": "楼道充电清零",
        "head": "张志强", "until": (today + 30 * DAY).isoformat(), "duty": "t_meeting",
    }  # fmt: skip
    station = street_today.cast["zhangzhiqiang"]
    enter_record(station, Entry(key="force", type="task_force", region=STREET, values=told), now=now)
    over = {**told, "name": "秋收防火专班", "until": (today - 2 * DAY).isoformat()}
    enter_record(station, Entry(key="over", type="task_force", region=STREET, values=over), now=now)
    page = street_today.client("hanxue").get("/office/tasks/forces/").content.decode()
    assert "电动自行车整治专班" in page and "楼道充电清零" in page and "已到期，未撤销" in page
    assert re.search(r"每月研判会: .*已逾期 2", page)
    for login in ("liuyang", "sunyulan"):
        assert "专班</a></h2>" not in street_today.client(login).get("/office/tasks/forces/").content.decode()


@pytest.mark.parametrize("path", MOST)
def test_statements_of_each_list_are_counted(street_today: Street, path: str):
    client = street_today.client("hanxue" if "area" in path else "cuizhe")
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    assert len(asked) <= MOST[path], [query["sql"][:90] for query in asked]
