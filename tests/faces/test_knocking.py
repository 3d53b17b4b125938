"""敲门名单、网格事项 on the phone: doors to knock at, as a sheet too, without a name; and what the grid does."""

import io

import pypdfium2

from tests.browser import Screen
from tests.cast import GRID
from tests.faces.looking import faults_of, spilt
from tests.faces.phone_story import SMALL
from tests.faces.stage import Stage
from tests.faces.test_homes import SAYS, settled
from tests.faces.test_office_screens import enter
from tests.faces.test_visits import SEEN


def test_the_list_and_the_sheet_tell_marks_and_nothing_else(stage: Stage):
    home, client = settled(stage), stage.client("liming")
    page = client.get("/phone/knock/").content.decode()
    sheet = client.get("/phone/knock.pdf")
    printed = pypdfium2.PdfDocument(io.BytesIO(sheet.content))[0].get_textpage().get_text_range()
    assert home.mark in page and home.mark in printed
    for secret in (*SAYS.values(), "海兰路", "老弱病残"):
        assert secret not in page and secret not in printed
    early = client.post("/phone/knock/", {"area": GRID, "key": "k1"})
    assert early.status_code == 422 and "还没有给哪一家讲过" in early.content.decode()
    client.post(f"/phone/homes/{home.id}/visit/", {**SEEN, "taught": "1"})
    done = client.post("/phone/knock/", {"area": GRID, "key": "k1"}, follow=True)
    assert "敲门行动已登记" in done.content.decode()
    for login in ("sunyulan", "liuyang"):
        assert stage.client(login).get("/phone/knock/", {"area": GRID}).status_code == 404
        assert stage.client(login).get("/phone/knock.pdf", {"area": GRID}).status_code == 404


def test_doors_and_items_are_open_to_all_and_whole(stage, live_server, screen: Screen):
    settled(stage)
    page = enter(screen, live_server, stage, "liming", width=320, tongue="ko")
    for path in ("knock/", "items/"):
        page.goto(f"/phone/{path}")
        assert (path, faults_of(page)) == (path, [])
        assert (path, spilt(page)) == (path, [])
        assert (path, page.evaluate(SMALL)) == (path, [])
