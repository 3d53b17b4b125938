"""今日事项: what presses, in the right group, within the reader's territory, in few statements."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import COMMUNITY, COUNTY, GRID, NEXT_STREET, STREET
from tests.faces.stage import BEFORE, Stage, reported

# Session, three counts and lists, places, the month, and the open case with its files, steps and names,
# the departments called to it, the steps and letters that followed; the letters that wait.
MOST_STATEMENTS = 35


def titles(page: str, group: str) -> list[str]:
    """Titles of the rows under a heading."""
    part = page.partition(f'id="{group}"')[2].partition("</section>")[0]
    return re.findall(r'<a class="t"[^>]*>(.*?)</a>', part)


def test_the_station_sees_its_street_sorted_by_what_presses(stage: Stage):
    page = stage.client("cuizhe").get("/office/").content.decode()
    assert titles(page, "overdue") == ["安全出口上锁 · 福寿养老院二层", "电动车充电 · 白山小区3号楼"]
    assert titles(page, "recheck") == ["私拉电线 · 老四粮油店"]
    assert "丹江小区" not in page


def test_numbers_at_the_top_are_those_of_the_groups(stage: Stage):
    page = stage.client("hanxue").get("/office/").content.decode()
    figures = re.findall(r'<a href="#(\w+)">[^<]*<b[^>]*>(\d+)</b>', page)
    assert dict(figures) == {"overdue": "2", "today": str(len(titles(page, "today"))), "recheck": "1"}
    assert "100%" in page and "1 / 1" in page


def test_an_overdue_case_says_so_in_days_and_in_the_readers_language(stage: Stage):
    assert re.search(r"逾期 \d+ 天", stage.client("cuizhe").get("/office/").content.decode())
    assert re.search(r"\d+일 초과", stage.client("cuizhe", "ko").get("/office/").content.decode())


def test_the_crumb_narrows_the_page_and_never_widens_it(stage: Stage):
    county = stage.client("hanxue")
    assert titles(county.get(f"/office/?area={STREET}").content.decode(), "overdue")
    assert not titles(county.get(f"/office/?area={NEXT_STREET}").content.decode(), "overdue")
    station = stage.client("cuizhe")
    assert station.get(f"/office/?area={COMMUNITY}").status_code == 200
    assert station.get(f"/office/?area={NEXT_STREET}").status_code == 404
    assert station.get("/office/?area=222401").status_code == 404
    assert station.get("/office/?area=nonsense").status_code == 404
    assert station.get(f"/office/?area={COUNTY}").status_code == 404


def test_who_holds_parts_stands_above_them_and_sees_the_parts_only(stage: Stage):
    """金浩's station covers a street and communities of the next: his page begins at the county."""
    client = stage.client("jinhao")
    assert client.get(f"/office/?area={COUNTY}").status_code == 200
    listed = client.get("/office/").content.decode()
    assert f"?area={NEXT_STREET}" in listed
    assert "?area=222403003" not in listed


def test_filters_stand_in_the_address(stage: Stage):
    page = stage.client("cuizhe").get("/office/?kind=ebike_charging").content.decode()
    assert titles(page, "overdue") == ["电动车充电 · 白山小区3号楼"]
    assert titles(page, "recheck") == []
    assert "kind=ebike_charging&amp;case=" in page
    assert f'href="?kind=ebike_charging&amp;area={COMMUNITY}"' in page


def test_the_pane_alone_is_sent_to_htmx(stage: Stage):
    client = stage.client("cuizhe")
    address = f"/office/?case={stage.cases['late']}"
    pane = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "白山小区3号楼" in pane and "<html" not in pane
    whole = client.get(address, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in whole.content.decode()


def test_a_case_out_of_sight_does_not_exist(stage: Stage):
    client = stage.client("sunyulan")
    assert client.get(f"/office/?case={stage.cases['overdue']}").status_code == 404
    assert client.get(f"/office/hazards/{stage.cases['overdue']}/").status_code == 404


def test_the_outsider_sees_an_empty_page(stage: Stage):
    page = stage.client("liuyang").get("/office/").content.decode()
    assert titles(page, "overdue") == titles(page, "recheck") == []
    assert 'data-case="' not in page


def test_a_stranger_is_sent_to_sign_in_and_back(stage: Stage, client):
    answer = client.get(f"/office/?area={STREET}")
    assert answer.status_code == 302
    assert "next=%2Foffice%2F%3Farea" in answer.headers["Location"]


def test_a_pane_asked_for_after_the_session_ended_leads_the_whole_page_to_sign_in(stage: Stage, client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/office/?kind=wiring"}
    answer = client.get(f"/office/?case={stage.cases['late']}", headers=headers)
    assert answer.headers["HX-Redirect"] == "/entry/?next=%2Foffice%2F%3Fkind%3Dwiring"


@pytest.mark.parametrize("login", ["cuizhe", "hanxue", "quanzhenhu"])
def test_statements_do_not_grow_with_the_list(stage: Stage, login: str):
    client = stage.client(login)
    client.get("/office/")
    with CaptureQueriesContext(connection) as few:
        client.get("/office/")
    for n in range(6):
        reported(stage.cast["liming"], "wiring", ago=timedelta(days=50 + n), now=stage.now, region=GRID)
    with CaptureQueriesContext(connection) as many:
        client.get("/office/")
    assert 5 < len(many) == len(few) <= MOST_STATEMENTS, [q["sql"][:90] for q in many.captured_queries]


def test_the_page_of_a_case_names_who_did_what_and_why(stage: Stage):
    page = stage.client("cuizhe").get(f"/office/hazards/{stage.cases['waiting']}/").content.decode()
    for words in ("网格员 李明", "消防工作站工作人员 崔哲", "回传整改结果", "冷柜插座从窗户拉线", "发现时", "整改后"):
        assert words in page
    assert BEFORE.data[:3] == b"\xff\xd8\xff"
    source = re.search(r'<img src="(/files/[^"]+)"', page)
    assert source
    photo = stage.client("cuizhe").get(source[1])
    assert photo.headers["Content-Type"] == "image/jpeg"
    assert stage.client("sunyulan").get(source[1]).status_code == 404
