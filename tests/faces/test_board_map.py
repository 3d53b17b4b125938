"""The map of the prefecture: a tile for each county, its outline where somebody brought it; numbers as in the table."""

import gzip
import re
from dataclasses import replace

import pytest
from django.utils import timezone

from shouwang.domains.areas.boundaries import Given, import_boundaries
from shouwang.domains.areas.services import Importer
from shouwang.flows.place_astray import astray
from shouwang.kernel.geo import Datum, Point
from tests.browser import Screen
from tests.cast import COUNTY, GRID
from tests.domains.test_areas_boundaries import REAL, feature, geojson, square
from tests.faces.looking import SPILLS, clipped, faults_of
from tests.faces.stage import HOUR, Stage, reported
from tests.faces.test_office_screens import enter

COUNTIES = 8
# Text in a drawing has no box to spill from: it must lie within the drawing.
OFF_THE_MAP = """() => [...document.querySelectorAll("svg.outlines text")].filter(text => {
  const of = text.getBoundingClientRect(), whole = text.closest("svg").getBoundingClientRect()
  return of.width && (of.left < whole.left || of.right > whole.right || of.top < whole.top || of.bottom > whole.bottom)
}).map(text => text.textContent)"""
SAID = Given(datum=Datum.WGS84, said_datum="wgs84", source="敦化市自然资源局")


def brought(content: bytes, given: Given = SAID) -> None:
    by = Importer(actor=None, post="system_admin", pack="p", areas=("222400",))
    import_boundaries(content, given, by=by, on=timezone.localdate(), at=timezone.now())


def page(stage: Stage, login: str = "quanzhenhu", area: str = "222400", tongue: str = "zh-hans") -> str:
    return stage.client(login, tongue).get(f"/board/{area}/").content.decode()


def test_every_county_is_a_tile_with_the_number_of_its_row_and_leads_to_its_page(stage: Stage):
    text = page(stage)
    tiles = re.findall(r'<li class="c(\d) r(\d)"><a[^>]* href="/board/(\d+)/[^>]*>(.*?)</a>', text)
    assert len(tiles) == COUNTIES == len({(column, row) for column, row, *_ in tiles})
    where = {code: (int(column), int(row)) for column, row, code, _ in tiles}
    assert where["222403"] < where["222401"] < where["222404"]  # 敦化 lies west of 延吉, 珲春 east of it
    told = next(words for _, _, code, words in tiles if code == COUNTY)
    row = text.partition(f'<th scope="row"><a href="/board/{COUNTY}/')[2].partition("</tr>")[0]
    open_now = re.search(r"<b>(\d+)</b>", told)
    assert open_now and f">{open_now[1]}</a>" in row and int(open_now[1]) > 0
    assert "逾期" in told and "示意图" in text


def test_a_county_without_outlines_has_no_map_of_its_townships(stage: Stage):
    assert "tilemap" not in page(stage, "hanxue", COUNTY)


def test_with_outlines_the_same_numbers_stand_in_them_under_their_source(stage: Stage):
    brought(geojson(feature(square(127.5, 43.0, 1.0), code=COUNTY), feature(square(129.4, 42.8), code="222401")))
    text = page(stage)
    assert text.count('class="land"') == 2 and "tilemap instead" in text
    assert "敦化市自然资源局" in text and "无审图号，仅限内部使用" in text
    brought(geojson(feature(square(127.5, 43.0, 1.0), code=COUNTY)), replace(SAID, approval="吉S(2026)012号"))
    assert "审图号：吉S(2026)012号" in page(stage)


def test_a_place_outside_the_chosen_area_is_warned_of_and_never_refused(stage: Stage):
    brought(geojson(feature(square(127.5, 43.0, 1.0), code=COUNTY), feature(square(129.4, 42.8), code="222401")))
    far = reported(stage.cast["liming"], "wiring", ago=HOUR, now=stage.now, lon=129.5, lat=42.9, place="二楼")
    near = reported(stage.cast["liming"], "other", ago=HOUR, now=stage.now, lon=127.9, lat=43.4, place="三楼")
    warned = stage.client("liming").get(f"/phone/done/{far}/").content.decode()
    assert "所报位置在延吉市境内" in warned and "敦化市" in warned
    assert "所报位置" in stage.client("cuizhe").get(f"/office/hazards/{far}/").content.decode()
    assert "所报位置" not in stage.client("liming").get(f"/phone/done/{near}/").content.decode()


def test_where_nobody_brought_an_outline_nobody_is_warned(stage: Stage):
    assert astray(GRID, Point(129.5, 42.9)) is None
    brought(geojson(feature(square(127.5, 43.0, 1.0), code=COUNTY)))
    assert astray(GRID, Point(128.501, 43.5)) is None  # 81 m beyond: nearer than outlines are sure
    found = astray(GRID, Point(128.6, 43.5))
    assert found is not None and (found.chosen, found.holds) == (COUNTY, "") and 7_000 < found.metres < 9_000
    assert astray(GRID, Point(128.6, 43.5), accuracy=9_000) is None


def rough() -> bytes:
    """Four counties as rough shapes, so that this runs where no map lies."""
    shapes = {COUNTY: (127.5, 43.0, 1.0), "222424": (129.5, 43.1, 0.8), "222401": (129.3, 42.8, 0.3),
              "222404": (130.1, 42.6, 0.8)}  # fmt: skip
    return geojson(*(feature(square(*where), code=code) for code, where in shapes.items()))


@pytest.mark.parametrize(("width", "tongue"), [(1440, "zh-hans"), (320, "ko")])
def test_the_map_is_open_to_all_and_whole(stage: Stage, live_server, screen: Screen, width: int, tongue: str):
    screens = enter(screen, live_server, stage, "quanzhenhu", width=width, tongue=tongue)
    for content in (None, rough()):
        if content:
            brought(content)
        screens.goto("/board/222400/")
        assert faults_of(screens) == []
        spilt = [one for one in screens.evaluate(SPILLS) if not one.startswith("text.")]
        assert clipped(screens) + spilt + screens.evaluate(OFF_THE_MAP) == []
    screens.locator(f".map a[href*='{COUNTY}']:visible").first.focus()
    screens.keyboard.press("Enter")
    screens.wait_for_url(f"**/board/{COUNTY}/**")


@pytest.mark.skipif(not REAL.exists(), reason=f"{REAL} is not on this machine; it is not ours to ship")
def test_with_the_real_outlines_the_first_view_stays_small(stage: Stage):
    brought(REAL.read_bytes(), Given(datum=Datum.GCJ02, said_datum="gcj02", source="试验用图"))
    text = page(stage)
    assert text.count('class="land"') == COUNTIES
    assert len(gzip.compress(text.encode())) < 60_000
