"""我的: what is mine to fix, what awaits a re-check, what I reported, in few statements; cases and their photos."""

import re
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.domains.files.queries import attachments_of
from shouwang.domains.hazards.models import Case
from tests.cast import GRID
from tests.faces.stage import AFTER, Stage, reported

# The session, three lists, the names of their places.
MOST_STATEMENTS = 6


def rows(page: str, name: str) -> list[str]:
    part = page.partition(f'id="list-{name}"')[2].partition("</section>")[0]
    return re.findall(r'<a class="t"[^>]*>(.*?)</a>', part)


def mine(stage: Stage, login: str, query: str = "") -> str:
    return stage.client(login).get(f"/phone/mine/{query}").content.decode()


def test_a_grid_member_finds_what_they_reported_newest_first(stage: Stage):
    page = mine(stage, "liming")
    assert [title.split(" · ")[-1] for title in rows(page, "reported")] == [
        "新安路北口", "老四粮油店", "丹江小区2单元", "白山小区3号楼", "福寿养老院二层",
    ]  # fmt: skip
    assert rows(page, "given") == rows(page, "recheck") == []


def test_the_station_finds_what_was_given_to_it_the_most_pressing_first(stage: Stage):
    page = mine(stage, "cuizhe")
    given = [title.split(" · ")[-1] for title in rows(page, "given")]
    assert given == ["福寿养老院二层", "白山小区3号楼", "北苑楼道", "新安路北口"]
    assert [title.split(" · ")[-1] for title in rows(page, "recheck")] == ["老四粮油店"]
    assert rows(page, "reported") == []


def test_the_next_grid_finds_nothing_of_this_one(stage: Stage):
    page = mine(stage, "sunyulan")
    assert [title.split(" · ")[-1] for title in rows(page, "reported")] == ["北苑楼道"]
    assert "老四粮油店" not in page and "新安路" not in page


def test_without_a_post_there_is_nothing_and_the_page_says_so(stage: Stage):
    assert "没有等您办的事" in mine(stage, "liuyang")


def test_six_statements_however_long_the_lists(stage: Stage):
    client = stage.client("cuizhe")
    client.get("/phone/mine/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/phone/mine/")
    assert len(asked) <= MOST_STATEMENTS, [query["sql"][:90] for query in asked]


def test_a_long_list_is_read_page_by_page_and_no_case_twice(stage: Stage):
    liming = stage.cast["liming"]
    for n in range(40):
        reported(liming, "other", ago=timedelta(days=5, minutes=n), now=stage.now, photos=(), place=f"第{n}处")
    client, address, seen = stage.client("liming"), "/phone/mine/?list=reported", []
    while address:
        page = client.get(address).content.decode()
        seen += rows(page, "reported")
        following = re.search(r'href="(/phone/mine/\?list=reported&amp;after=[^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == 45 and len({title for title in seen if "处" in title}) == 40


def test_a_photo_is_for_those_who_see_the_case(stage: Stage):
    case = Case.objects.get(id=stage.cases["soon"])
    photo = attachments_of(case.county, case.id)[0]
    address = f"/files/{case.id}/{photo.id}/"
    seen = stage.client("liming").get(address)
    assert seen.headers["Content-Type"] == "image/jpeg" and seen.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in seen.headers["Cache-Control"] and "inline" in seen.headers["Content-Disposition"]
    again = stage.client("liming").get(address, headers={"If-None-Match": seen.headers["ETag"]})
    assert again.status_code == 304
    assert stage.client("sunyulan").get(address).status_code == 404
    assert stage.client("liuyang").get(address).status_code == 404


def test_a_photo_does_not_open_under_the_name_of_another_case(stage: Stage):
    mine_, other = stage.cases["next"], Case.objects.get(id=stage.cases["soon"])
    photo = attachments_of(other.county, other.id)[0]
    assert stage.client("sunyulan").get(f"/files/{mine_}/{photo.id}/").status_code == 404


def test_a_case_of_the_next_grid_does_not_exist(stage: Stage):
    for path in (f"/phone/case/{stage.cases['soon']}/", f"/phone/done/{stage.cases['soon']}/"):
        assert stage.client("sunyulan").get(path).status_code == 404
    assert stage.client("sunyulan").post(f"/phone/case/{stage.cases['soon']}/acts/start/").status_code == 404


def test_an_act_without_its_photo_is_refused_with_the_reason_and_what_was_typed(stage: Stage):
    page = stage.client("cuizhe").post(f"/phone/case/{stage.cases['soon']}/acts/submit/", {"note": "已清走"})
    text = page.content.decode()
    assert page.status_code == 409 and "缺少整改后的照片" in text and "已清走" in text


def test_a_case_that_somebody_else_moved_first_is_shown_anew(stage: Stage):
    client, case = stage.client("cuizhe"), stage.cases["soon"]
    assert client.post(f"/phone/case/{case}/acts/start/", {"version": "1"}).status_code == 303
    late = client.post(f"/phone/case/{case}/acts/submit/", {"version": "1", "after": as_file(AFTER.data)})
    text = late.content.decode()
    assert late.status_code == 409 and "别人已先办理" in text and 'name="held_after"' in text


def test_whoever_fixed_it_does_not_recheck_it(stage: Stage):
    chief = stage.cast["piaoyingshun"]
    own = reported(chief, "wiring", ago=timedelta(hours=1), now=stage.now, region=GRID, fixed=True, photos=(AFTER,))
    page = stage.client("piaoyingshun").get(f"/phone/case/{own}/").content.decode()
    assert "复核通过并销案" not in page
    refused = stage.client("piaoyingshun").post(f"/phone/case/{own}/acts/pass/")
    assert refused.status_code == 409 and "不能是同一人" in refused.content.decode()


def as_file(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("after.jpg", data, "image/jpeg")
