"""门码: what is printed at a door opens its own page without an account, and nothing else; no name stands there."""

import io
import re

import pypdfium2
import pytest
import zxingcpp
from django.core.cache import cache
from django.test import Client

from shouwang.domains.households.door_rows import DoorCode
from shouwang.domains.households.doors import behind, codes_of
from shouwang.domains.households.models import Home
from shouwang.domains.ledger.models import Evidence, Line
from shouwang.domains.patrols.models import SelfCheck
from tests.faces.stage import BEFORE, Stage
from tests.faces.test_homes import SAYS, settled
from tests.faces.test_visits import SEEN

GOOD = {"look:clear_corridor": "ok", "look:close_gas": "bad", "helped": "yes"}


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def printed(stage: Stage) -> str:
    """The address on the sheet, read as a phone's camera reads it."""
    answer = stage.client("liming").post("/phone/homes/doors.pdf")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    page = pypdfium2.PdfDocument(io.BytesIO(answer.content))[0]
    words = page.get_textpage().get_text_range()
    assert "3-17" in words and "海兰路" not in words and "崔" not in words
    (code,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    return "/" + code.text.split("/", 3)[3]


def test_a_resident_scans_looks_and_says_that_the_visit_helped(stage: Stage):
    settled(stage)
    path, stranger = printed(stage), Client()
    page = stranger.get(path)
    words = page.content.decode()
    assert "清走道" in words and "关气源" in words and page.headers["X-Robots-Tag"] == "noindex"
    for secret in (*SAYS.values(), "海兰路", "红旗屯", "老弱病残"):
        assert secret not in words
    key = re.search(r'name="key" value="([^"]+)"', words)[1]
    for _twice in range(2):
        assert "已保存" in stranger.post(path, {"key": key, **GOOD}, follow=True).content.decode()
    check = SelfCheck.objects.get()
    assert (check.answers, check.helped) == ({"clear_corridor": "ok", "close_gas": "bad"}, True)
    assert Evidence.objects.get(kind="selfcheck.done").facts == {"post": "", "households": 1}
    assert Line.objects.get(act="selfcheck").actor is None


def test_the_sheet_printed_again_has_the_same_code_and_a_replaced_one_opens_nothing(stage: Stage):
    home = settled(stage)
    path = printed(stage)
    assert printed(stage) == path and DoorCode.objects.count() == 1
    assert stage.client("sunyulan").post(f"/phone/homes/{home.id}/door/").status_code == 404
    assert stage.client("liming").post(f"/phone/homes/{home.id}/door/").status_code == 303
    assert Client().get(path).status_code == 404 and printed(stage) != path
    assert Client().post(path, {"key": "k", **GOOD}).status_code == 404 and not SelfCheck.objects.exists()


def test_whoever_tries_codes_out_is_stopped(stage: Stage):
    home = settled(stage)
    path, stranger = printed(stage), Client()
    tries = [stranger.get(f"/d/{home.county[2:]}{number:032x}/").status_code for number in range(31)]
    assert tries[0] == 404 and tries[-1] == 429 and stranger.get(path).status_code == 429


def test_what_was_found_there_is_shown_with_its_clock_and_without_names(stage: Stage):
    home = settled(stage)
    client = stage.client("liming")
    visit = client.post(f"/phone/homes/{home.id}/visit/", SEEN).headers["Location"]
    photo = io.BytesIO(BEFORE.data)
    photo.name = "p.jpg"
    client.post(f"{visit}corridor/", {"key": "f", "before": photo})
    words = Client().get(printed(stage)).content.decode()
    assert "通道堵塞" in words and "李明" not in words


def test_enough_is_enough_for_a_day_and_nothing_typed_is_lost(stage: Stage):
    settled(stage)
    path, stranger = printed(stage), Client()
    assert [stranger.post(path, {"key": f"k{n}", **GOOD}).status_code for n in range(7)] == [303] * 6 + [429]
    empty = Client().post(path, {"key": "k", "helped": "no"})
    assert empty.status_code == 422 and 'value="no" checked' in empty.content.decode()


def test_a_thief_of_the_database_has_no_code(stage: Stage):
    settled(stage)
    code = printed(stage).strip("/").split("/")[1]
    row = DoorCode.objects.get()
    assert code not in row.mark and code.encode() not in bytes(row.code)
    assert behind(code) == Home.objects.get() and codes_of([Home.objects.get()])[row.home_id][1] == code
    assert behind("") is None and behind(code[:-1]) is None and behind("x" * 500) is None
