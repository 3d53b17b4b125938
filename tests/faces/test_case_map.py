"""隐患地图: clusters that open to the list, single cases where few are open; nothing of another place, no script."""

import os
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import expect

from shouwang.faces.office.mapping import FEW
from tests.browser import Screen
from tests.cast import COUNTY, GRID, NEXT_STREET, OUTSIDER, STREET
from tests.domains.test_areas_boundaries import feature, geojson, square
from tests.faces.looking import SPILLS, clipped, faults_of
from tests.faces.stage import HOUR, Stage, reported
from tests.faces.test_board_map import OFF_THE_MAP, brought
from tests.faces.test_office_screens import enter

MAP, LIST = "/office/hazards/map/", "/office/hazards/"
# Of the street: overdue, late, soon, waiting, and one of the next community.
OPEN_HERE = 5
PICTURES = os.environ.get("PICTURES", "")
# Session, crumb (line, parts), outlines, counts, single cases and their places.
MOST_STATEMENTS = 8
CLUSTER = re.compile(r'<a[^>]* href="([^"]*\?[^"]*area=(\d+))"><span class="name">[^<]*</span><b>(\d+)</b>')


def page(stage: Stage, login: str, **asked: str) -> str:
    answer = stage.client(login).get(MAP, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def clusters(text: str) -> dict[str, tuple[str, int]]:
    return {area: (href.replace("&amp;", "&"), int(n)) for href, area, n in CLUSTER.findall(text)}


def two_streets_drawn() -> None:
    shapes = {STREET: square(128.0, 43.2, 0.4), NEXT_STREET: square(128.4, 43.2, 0.4)}
    brought(geojson(*(feature(shape, code=code) for code, shape in shapes.items())))


def lie_apart(stage: Stage, n: int) -> None:
    for one in range(n):
        at = {"lon": 128.20 + one % 6 * 0.01, "lat": 43.30 + one // 6 * 0.01}
        reported(stage.cast["liming"], "wiring", ago=HOUR + timedelta(minutes=one), now=stage.now, **at)


def test_a_cluster_opens_to_the_list_with_just_so_many_cases(stage: Stage):
    found = clusters(page(stage, "hanxue", area=COUNTY))
    assert {area: n for area, (_, n) in found.items()} == {STREET: OPEN_HERE}
    for href, n in found.values():
        assert href.startswith(LIST) and "state=open" in href
        assert len(stage.client("hanxue").get(href).context["rows"]) == n


def test_filters_stand_in_the_address_of_every_cluster(stage: Stage):
    found = clusters(page(stage, "hanxue", area=COUNTY, kind="wiring", state="submitted"))
    assert list(found) == [STREET]
    href, n = found[STREET]
    assert "kind=wiring" in href and "state=submitted" in href
    assert len(stage.client("hanxue").get(href).context["rows"]) == n == 1
    late = clusters(page(stage, "hanxue", area=COUNTY, late="1"))
    assert {area: n for area, (_, n) in late.items()} == {STREET: 2}


def test_what_is_closed_is_not_on_the_map_whatever_the_address_says(stage: Stage):
    text = page(stage, "hanxue", area=COUNTY, state="closed")
    assert sum(n for _, n in clusters(text).values()) == OPEN_HERE
    assert str(stage.cases["fixed"]) not in text
    assert 'value="closed"' not in text


def test_the_list_leads_to_the_map_and_back_with_its_filters(stage: Stage):
    listed = stage.client("hanxue").get(LIST, {"area": STREET, "kind": "wiring"}).content.decode()
    there = re.search(r'href="(/office/hazards/map/\?[^"]+)">地图', listed)
    assert there and "kind=wiring" in there[1]
    onward = stage.client("hanxue").get(there[1].replace("&amp;", "&")).content.decode()
    back = re.search(r'href="(/office/hazards/\?[^"]+)">列表', onward)
    assert back and f"area={STREET}" in back[1] and "kind=wiring" in back[1]


def test_few_cases_are_marked_each_and_near_ones_share_a_mark(stage: Stage):
    lie_apart(stage, 6)
    reported(stage.cast["liming"], "other", ago=2 * HOUR, now=stage.now, lon=128.2, lat=43.3, place="同处")
    drawing = stage.client("cuizhe").get(MAP).context["map"]
    marked = sorted(n for spot in drawing.spots for n in spot.numbers)
    assert len(marked) == 7 and drawing.unmarked == OPEN_HERE
    (shared,) = [spot for spot in drawing.spots if len(spot.numbers) > 1]
    assert shared.href == f"#case-{shared.numbers[0]}" and len(shared.numbers) == 2
    assert all(spot.href.startswith(LIST) for spot in drawing.spots if spot is not shared)


def test_many_cases_are_not_marked_but_counted(stage: Stage):
    lie_apart(stage, FEW)
    answer = stage.client("cuizhe").get(MAP)
    assert answer.context["map"].spots == [] and answer.context["whole"].n == FEW + OPEN_HERE
    assert f"不超过{FEW}件" in answer.content.decode()


def test_nobody_sees_another_place_on_the_map(stage: Stage):
    lie_apart(stage, 3)
    assert str(stage.cases["next"]) in page(stage, "cuizhe")
    told = page(stage, "liuguozhu")
    assert str(stage.cases["next"]) not in told and str(stage.cases["soon"]) in told
    mine = page(stage, OUTSIDER.login)
    assert clusters(mine) == {} and "case-1" not in mine
    assert stage.client("cuizhe").get(MAP, {"area": NEXT_STREET}).status_code == 404


def test_statements_do_not_grow_with_what_is_marked(stage: Stage):
    client = stage.client("cuizhe")
    lie_apart(stage, 1)
    with CaptureQueriesContext(connection) as few:
        client.get(MAP)
    lie_apart(stage, 9)
    with CaptureQueriesContext(connection) as many:
        client.get(MAP)
    assert 0 < len(many) == len(few) <= MOST_STATEMENTS, [one["sql"][:90] for one in many.captured_queries]


def test_with_outlines_clusters_lie_in_them_under_their_source(stage: Stage):
    two_streets_drawn()
    lie_apart(stage, FEW)
    reported(stage.cast["jinhao"], "wiring", ago=3 * HOUR, now=stage.now, region=f"{NEXT_STREET}003")
    text = page(stage, "hanxue", area=COUNTY)
    assert text.count('<circle class="cluster"') == 2 and "敦化市自然资源局" in text
    assert f'{LIST}?state=open&amp;area={STREET}" aria-label="' in text


@pytest.mark.parametrize(
    ("width", "tongue", "scheme"),
    [(1440, "zh-hans", "light"), (320, "ko", "dark")],
)
def test_the_map_is_open_to_all_and_whole_without_any_script(
    stage: Stage, live_server, screen: Screen, width: int, tongue: str, scheme: str
):
    lie_apart(stage, 5)
    seen = enter(screen, live_server, stage, "hanxue", width=width, tongue=tongue, color_scheme=scheme)
    for step, area in enumerate((COUNTY, STREET, GRID, COUNTY, COUNTY)):
        if step == 3:
            two_streets_drawn()
        if step == 4:
            lie_apart(stage, FEW)
        seen.goto(f"{MAP}?area={area}")
        assert (step, faults_of(seen)) == (step, [])
        spilt = [one for one in seen.evaluate(SPILLS) if not one.startswith(("text.", "svg"))]
        assert (step, clipped(seen) + spilt + seen.evaluate(OFF_THE_MAP)) == (step, [])
        if PICTURES:
            seen.screenshot(path=f"{PICTURES}/map_{width}_{tongue}_{step}.png", full_page=True)


def test_clusters_and_marks_open_without_any_script(stage: Stage, live_server, screen: Screen):
    lie_apart(stage, 2)
    seen = enter(screen, live_server, stage, "hanxue", width=390, java_script_enabled=False)
    seen.goto(f"{MAP}?area={COUNTY}")
    seen.locator(f".tilemap a[href*='area={STREET}']").click()
    expect(seen).to_have_url(re.compile(rf"/office/hazards/\?state=open&area={STREET}"))
    seen.goto(f"{MAP}?area={STREET}")
    seen.locator("svg a").first.click()
    expect(seen).to_have_url(re.compile(r"/office/hazards/[0-9a-f-]{36}/"))
