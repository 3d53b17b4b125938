"""任务清单 in the office: mine and my area's, by post, section and verdict; a task with all that belongs to it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.domains.duties.models import Standing
from tests.cast import NEXT_STREET, STREET
from tests.task_story import Street

# Session, what was passed to one, notices, counts, rows, names of places, passed on, names of people; the pane.
MOST_STATEMENTS = 20
LABEL = re.compile(r'<a class="t"[^>]*>(.*?)</a>')


def page(street: Street, login: str, query: str = "", language: str = "zh-hans") -> str:
    answer = street.client(login, language).get(f"/office/tasks/{query}")
    assert answer.status_code == 200, answer
    return answer.content.decode()


def labels(text: str, group: str = "") -> list[str]:
    part = text.partition(f'<h2 id="{group}">')[2].partition("</section>")[0] if group else text
    return LABEL.findall(part)


def test_the_station_finds_its_own_under_their_headings(street_today: Street):
    text = page(street_today, "cuizhe")
    assert "每月研判会" in labels(text, "overdue")
    assert "有条件的乡镇设置消防水鹤" in labels(text, "unclear")
    assert "每季度联席会议" not in text and "建立村级消防组织" not in text


def test_every_row_says_what_proves_it_and_who_enters_what_is_missing(street_today: Street):
    text = page(street_today, "cuizhe")
    assert "会议记录" in text
    assert "由消防工作站工作人员、消防工作站站长、乡镇(街道)分管领导录入" in text


def test_the_village_head_finds_his_villages_and_nothing_of_the_next(street_today: Street):
    text = page(street_today, "liuguozhu")
    assert "建立村级消防组织" in text and "红旗社区" in text
    assert "北苑社区" not in text and "每月研判会" not in text


def test_a_leader_without_tasks_of_their_own_looks_at_their_area(street_today: Street):
    text = page(street_today, "wangjianguo")
    assert "每月研判会" in labels(text, "overdue") and "建立村级消防组织" in text


def test_the_area_list_goes_by_section_post_level_and_verdict(street_today: Street):
    by_section = page(street_today, "hanxue", "?of=area&section=08")
    assert set(labels(by_section)) == {"每月研判会"}
    by_level = page(street_today, "hanxue", "?of=area&level=village")
    assert set(labels(by_level)) == {"建立村级消防组织"}
    by_post = page(street_today, "hanxue", "?of=area&post=county_office")
    assert set(labels(by_post)) == {"每季度联席会议"}
    met = page(street_today, "hanxue", "?of=area&verdict=met")
    assert labels(met) == ["每月研判会"]


def test_the_area_is_switched_by_the_crumb(street_today: Street):
    whole, part = (page(street_today, "hanxue", f"?of=area&area={area}&level=township") for area in ("", STREET))
    assert "胜利街道" in whole.partition("<main")[2].partition("</main>")[0]
    assert "胜利街道" not in part.partition('<ul class="kpi')[2].partition("</main>")[0]


@pytest.mark.parametrize("login", ["cuizhe", "liuguozhu"])
def test_an_area_out_of_reach_does_not_exist(street_today: Street, login: str):
    client = street_today.client(login)
    assert client.get(f"/office/tasks/?of=area&area={NEXT_STREET}").status_code == 404


def test_the_outsider_sees_nothing(street_today: Street):
    assert labels(page(street_today, "liuyang")) == []
    client = street_today.client("liuyang")
    for standing in Standing.objects.all()[:20]:
        assert client.get(f"/office/tasks/{standing.id}/").status_code == 404
    assert client.get("/office/tasks/month/").status_code == 200
    assert "每月研判会" not in client.get("/office/tasks/follow-up/").content.decode()


def test_a_task_tells_the_plan_the_verdict_the_values_and_its_other_periods(street_today: Street):
    standing = Standing.objects.filter(duty="t_meeting", region=STREET, verdict="overdue").first()
    text = street_today.client("cuizhe").get(f"/office/tasks/{standing.id}/").content.decode()
    assert "已过期限，没有完成记录" in text and "/clauses/08-02/" in text
    assert "县(市)消防救援委员会办公室" in text and "按期完成" in text
    assert "不需要也不能打勾" in text


def test_what_met_it_leads_to_its_proof(street_today: Street):
    standing = Standing.objects.get(duty="t_meeting", region=STREET, verdict="met")
    text = street_today.client("hanxue").get(f"/office/tasks/{standing.id}/").content.decode()
    assert f"/proof/222403/{standing.met_by}/" in text


def test_htmx_gets_the_pane_alone(street_today: Street):
    standing = Standing.objects.filter(duty="t_meeting", region=STREET).first()
    headers = {"HX-Request": "true", "HX-Target": "pane"}
    pane = street_today.client("cuizhe").get(f"/office/tasks/?task={standing.id}", headers=headers).content.decode()
    assert pane.lstrip().startswith('<p class="narrow-only">') and "<html" not in pane


def test_pages_by_key_show_every_task_once(street_today: Street):
    client, address, seen = street_today.client("hanxue"), "/office/tasks/?of=area&group=overdue", []
    from shouwang.faces.tasks import listing

    rows, listing.ROWS = listing.ROWS, 3
    try:
        while address:
            text = client.get(address).content.decode()
            seen += re.findall(r'task=([0-9a-f-]{36})" hx-get', text)
            following = re.search(r'rel="next" href="([^"]+)"', text)
            address = following[1].replace("&amp;", "&") if following else ""
    finally:
        listing.ROWS = rows
    assert len(seen) == len(set(seen)) == Standing.objects.filter(county="222403", verdict="overdue").count() > 6


def test_statements_do_not_grow_with_the_tasks(street_today: Street):
    client = street_today.client("hanxue")
    client.get("/office/tasks/?of=area")
    with CaptureQueriesContext(connection) as few:
        client.get("/office/tasks/?of=area&section=08")
    with CaptureQueriesContext(connection) as many:
        client.get("/office/tasks/?of=area")
    assert len(many) <= len(few) + 1 <= MOST_STATEMENTS + 1, [q["sql"][:100] for q in many.captured_queries]


def test_nobody_can_tick_a_task(street_today: Street):
    standing = Standing.objects.filter(duty="t_meeting", region=STREET, verdict="overdue").first()
    client = street_today.client("cuizhe")
    for path in (f"/office/tasks/{standing.id}/", "/office/tasks/"):
        client.post(path, {"verdict": "met", "done": "yes", "task": str(standing.id)})
    standing.refresh_from_db()
    assert standing.verdict == "overdue"
