"""The county page: exact numbers, and three clicks from a number to its clause, photo and proof."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shouwang.domains.duties.queries import tallies_of
from shouwang.flows.keep_house import catch_up
from tests.cast import COMMUNITY, COUNTY, NEXT_STREET, STREET
from tests.faces.stage import AFTER, BEFORE, DAY, Stage, reported

# Session, line of areas, parts, tallies, open cases by grade, outlines of the map. Two for letters and steps.
MOST_STATEMENTS = 9


def line(page: str, area: str) -> str:
    """The row of an area, without its tags."""
    row = page.partition(f'<th scope="row"><a href="/board/{area}/')[2].partition("</tr>")[0]
    return re.sub(r"<[^>]+>|\s+", " ", row)


def link(page: str, pattern: str) -> str:
    found = re.search(rf'href="({pattern})"', page)
    assert found, pattern
    return found[1].replace("&amp;", "&")


def test_a_townships_number_moves_when_a_case_is_closed(stage: Stage):
    county = stage.client("hanxue")
    before = line(county.get(f"/board/{COUNTY}/").content.decode(), STREET)
    assert "1/1" in before and "100%" in before
    liming, chief = stage.cast["liming"], stage.cast["piaoyingshun"]
    fixed = reported(
        liming, "combustibles", ago=DAY / 2, now=stage.now, fixed=True, photos=(BEFORE, AFTER), place="三单元"
    )
    from shouwang.flows.advance_hazard import Move, advance_hazard

    advance_hazard(chief, fixed, Move(act="pass"), now=stage.now)
    catch_up(now=stage.now)
    months = {timezone.localtime(stage.now - DAY / 2 + n * DAY).strftime("%Y-%m") for n in (1, 2)}
    lines = [line(county.get(f"/board/{COUNTY}/?month={m}").content.decode(), STREET) for m in months]
    assert any("2/2" in found or "1/1" in found for found in lines)


def test_open_and_overdue_stand_by_grade(stage: Stage):
    page = stage.client("hanxue").get(f"/board/{COUNTY}/").content.decode()
    assert re.search(r"2 +/ +\d", line(page, STREET))
    assert "hot" not in line(page, NEXT_STREET)


def test_three_clicks_from_the_number_to_clause_photo_and_proof(stage: Stage):
    client = stage.client("hanxue")
    county = client.get(f"/board/{COUNTY}/").content.decode()
    duties = client.get(link(county, rf"/board/{STREET}/duties/\?duty=hazard_closed_loop[^\"]*")).content.decode()
    assert "丹江小区2单元" in duties and "按期完成" in duties and "/clauses/07-31/" in duties
    case = client.get(link(duties, rf"/office/hazards/{stage.cases['fixed']}/")).content.decode()
    assert "整改后" in case and "/files/" in case and "/clauses/" in case
    proof = client.get(link(case, rf"/proof/{COUNTY}/[0-9a-f-]+/")).content.decode()
    assert "未被改动" in proof


def test_nobody_looks_at_the_numbers_of_others(stage: Stage):
    assert stage.client("hanxue").get("/board/222401/").status_code == 404
    assert stage.client("hanxue").get("/board/222400/").status_code == 404
    station = stage.client("cuizhe")
    assert station.get(f"/board/{STREET}/").status_code == 200
    for path in (f"{COUNTY}/", f"{NEXT_STREET}/", f"{NEXT_STREET}/duties/", f"{COUNTY}/duties/"):
        assert station.get(f"/board/{path}").status_code == 404
    for login in ("liming", "liuguozhu", "zhoumin", "liuyang", "luoping"):
        client = stage.client(login)
        for path in ("/board/", f"/board/{STREET}/", f"/board/{COMMUNITY}/", f"/board/{STREET}/duties/"):
            assert client.get(path).status_code == 404, (login, path)


def test_the_prefecture_sees_its_counties(stage: Stage):
    client = stage.client("quanzhenhu")
    assert client.get("/board/").headers["Location"] == "/board/222400/"
    page = client.get("/board/222400/").content.decode()
    assert "1/1" in line(page, COUNTY)
    for county in ("222401", "222402", "222404", "222405", "222406", "222424", "222426"):
        assert f"/board/{county}/" in page


def test_a_townships_page_leads_to_each_duty(stage: Stage):
    page = stage.client("cuizhe").get(f"/board/{STREET}/").content.decode()
    owed = tallies_of([STREET], month=timezone.localtime(stage.now).strftime("%Y-%m"))
    assert "hazard_closed_loop" in owed
    assert all(f"/board/{STREET}/duties/?duty={duty}&amp;" in page for duty in owed)


def test_other_months_and_made_up_ones(stage: Stage):
    client = stage.client("hanxue")
    assert "2026" in client.get(f"/board/{COUNTY}/?month=2026-10").content.decode()
    this = client.get(f"/board/{COUNTY}/").content.decode()
    assert "1/1" in line(client.get(f"/board/{COUNTY}/?month=9999-99").content.decode(), STREET)
    assert 'rel="next"' not in this


def test_statements_do_not_grow_with_areas_or_cases(stage: Stage):
    client = stage.client("hanxue")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/board/{COUNTY}/")
    duties = f"/board/{STREET}/duties/?duty=hazard_closed_loop&month="
    month = timezone.localtime(stage.now).strftime("%Y-%m")
    with CaptureQueriesContext(connection) as listed:
        client.get(duties + month)
    for n in range(6):
        reported(stage.cast["liming"], "other", ago=2 * DAY + n * DAY / 100, now=stage.now)
    catch_up(now=stage.now)
    with CaptureQueriesContext(connection) as many:
        client.get(f"/board/{COUNTY}/")
    with CaptureQueriesContext(connection) as longer:
        client.get(duties + month)
    assert 0 < len(many) == len(few) <= MOST_STATEMENTS, [q["sql"][:90] for q in many.captured_queries]
    assert 0 < len(longer) == len(listed) <= 8, [q["sql"][:90] for q in longer.captured_queries]
