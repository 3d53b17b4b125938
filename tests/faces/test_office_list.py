"""The whole list: pages by key, filters, and a table for Excel that never leaves the person's territory."""

import csv
import io
import re
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import GRID, STREET
from tests.faces.stage import Stage, reported

# Session, crumb (line, parts), cases, places.
MOST_STATEMENTS = 6


def rows(page: str) -> list[str]:
    return re.findall(r'<a class="t" href="/office/hazards/([0-9a-f-]{36})/"', page)


def table(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_every_case_stands_on_exactly_one_page(stage: Stage):
    for n in range(60):
        reported(stage.cast["liming"], "wiring", ago=timedelta(hours=n + 100), now=stage.now, region=GRID)
    client = stage.client("cuizhe")
    first = client.get("/office/hazards/").content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', first)
    second = client.get(following[1].replace("&amp;", "&")).content.decode()
    assert (len(rows(first)), len(rows(second))) == (50, 16)
    assert not set(rows(first)) & set(rows(second))
    assert 'rel="next"' not in second


def test_a_page_key_somebody_made_up_shows_the_start(stage: Stage):
    client = stage.client("cuizhe")
    assert rows(client.get("/office/hazards/?after=yesterday~1").content.decode()) == rows(
        client.get("/office/hazards/").content.decode()
    )


def test_filters_narrow_the_list(stage: Stage):
    client = stage.client("cuizhe")
    closed = client.get("/office/hazards/?state=closed").content.decode()
    assert rows(closed) == [str(stage.cases["fixed"])]
    assert rows(client.get("/office/hazards/?state=closed&kind=wiring").content.decode()) == []


def test_statements_of_the_list_do_not_grow(stage: Stage):
    client = stage.client("cuizhe")
    with CaptureQueriesContext(connection) as few:
        client.get("/office/hazards/")
    for n in range(8):
        reported(stage.cast["liming"], "other", ago=timedelta(hours=n + 50), now=stage.now)
    with CaptureQueriesContext(connection) as many:
        client.get("/office/hazards/")
    assert 0 < len(many) == len(few) <= MOST_STATEMENTS, [q["sql"][:90] for q in many.captured_queries]


def test_the_table_holds_what_the_list_holds(stage: Stage):
    found = table(stage.client("zhangzhiqiang").get("/office/hazards.csv"))
    assert len(found) == 6
    assert {"福寿养老院二层", "北苑楼道"} <= {row["具体位置"] for row in found}
    assert {row["状态"] for row in table(stage.client("zhangzhiqiang").get("/office/hazards.csv?state=closed"))} == {
        "已销案"
    }


def test_only_posts_that_may_take_data_out_get_the_table(stage: Stage):
    for login in ("cuizhe", "liming", "zhoumin", "liuyang"):
        assert stage.client(login).get("/office/hazards.csv").status_code == 403
    assert stage.client("zhangzhiqiang").get("/office/hazards.csv?area=222403002").status_code == 404
    assert "导出" not in stage.client("cuizhe").get("/office/hazards/").content.decode()


def test_what_a_villager_typed_never_runs_as_a_formula(stage: Stage):
    reported(stage.cast["liming"], "other", ago=timedelta(hours=5), now=stage.now, place='=HYPERLINK("x")')
    found = table(stage.client("hanxue").get(f"/office/hazards.csv?area={STREET}"))
    assert "'=HYPERLINK(\"x\")" in {row["具体位置"] for row in found}
