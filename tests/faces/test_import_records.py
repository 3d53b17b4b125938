"""A table of ten thousand rows comes in: looked through, taken, and the thirty-seven bad rows given back."""

from datetime import date, timedelta

import pytest
from django.conf import settings as house
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shouwang.domains.ledger.models import Item, Line
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.people.sessions import begin
from shouwang.domains.records.models import Record
from shouwang.faces.sign_in import COOKIE
from shouwang.flows.keep_house import catch_up
from tests.cast import COMMUNITY, COUNTY
from tests.faces.record_books import book, filled, sheets_of
from tests.flows.records_story import MORNING, OWNERS, pack_with, settle_areas

pytestmark = pytest.mark.django_db
ROWS, BAD = 10_000, 37
IMPORT = "/office/records/rented_home/import/"


@pytest.fixture(autouse=True)
def home(settings, tmp_path, db):
    settings.HOME = tmp_path
    settings.PACK = pack_with(tmp_path, OWNERS)
    settle_areas()


def client(actor, language="zh-hans"):
    from django.utils import timezone

    browser = Client()
    browser.cookies[COOKIE] = begin(actor, lasts=timedelta(hours=1), now=timezone.now())
    browser.cookies[house.LANGUAGE_COOKIE_NAME] = language
    return browser


def homes(count):
    """Rows as a village types them: days as days or text, the body by code, name or not at all."""
    day = date.today() - timedelta(days=5)
    return [
        {
            "@body": (f"{COMMUNITY} 红旗社区", None, COMMUNITY)[n % 3],
            "seen_on": day if n % 2 else f"{day:%Y年%m月%d日}",
            "address": f"红旗街{n}号", "rooms": n % 9 + 1, "rent": "1,200元", "owner": "金英顺",
            "phone": 13812345678, "alarmed": "是" if n % 4 else "否", "@external": f"ZF-{n:05d}",
        }
        for n in range(count)
    ]  # fmt: skip


WRONG = (
    {"rooms": "很多"}, {"rooms": 200}, {"owner": ""}, {"phone": "12"}, {"alarmed": "可能"}, {"@body": "北苑社区"},
    {"seen_on": "上周"}, {"grid": "999999999"}, {"rent": "便宜"}, {"@external": "ZF-00001"},
)  # fmt: skip


def table(client):
    """Ten thousand rows, of which 37 are bad in ten ways."""
    rows = homes(ROWS)
    bad = range(100, 100 + 250 * BAD, 250)
    for count, n in enumerate(bad):
        rows[n] |= WRONG[count % len(WRONG)]
    template = client.get("/office/records/rented_home/template.xlsx")
    return filled(template.content, rows), [n + 3 for n in bad]


def sent(client, data, name="出租房屋.xlsx"):
    return client.post(IMPORT, {"table": SimpleUploadedFile(name, data)})


def slip_of(page):
    return page.context["slip"]


@pytest.mark.parametrize(
    "language, words", [("zh-hans", "“间数”要填数字，填的是“很多”"), ("ko", "“칸수”에는 수자를 적어야 함")]
)
def test_ten_thousand_rows_come_in_and_thirty_seven_are_given_back(cast, language, words):
    browser = client(cast["liuguozhu"], language)
    data, bad = table(browser)
    looked = sent(browser, data)
    assert looked.status_code == 200 and not Record.objects.exists()
    assert (len(looked.context["plan"].new), len(looked.context["plan"].refused)) == (ROWS - BAD, BAD)
    assert words in looked.content.decode()

    taken = browser.post(f"{IMPORT}take/", {"slip": slip_of(looked)})
    result = browser.get(taken["Location"])
    assert Record.objects.count() == ROWS - BAD == 9_963
    line = Line.objects.get(act="enter_many")
    assert (line.count, Item.objects.filter(line=line.id).count()) == (9_963, 9_963)

    back = browser.get("/office/records/rented_home/returned.xlsx", {"slip": slip_of(result)})
    machine, _, *rows = next(iter(sheets_of(back.content).values()))
    assert len(rows) == BAD and all(row[0] for row in rows)
    assert words in rows[0][0]
    address = machine.index("address")
    assert [row[address] for row in rows] == [f"红旗街{n - 3}号" for n in bad]


def test_the_ledger_proves_each_row_of_the_table(cast):
    browser = client(cast["liuguozhu"])
    template = browser.get("/office/records/rented_home/template.xlsx").content
    looked = sent(browser, filled(template, homes(40)))
    browser.post(f"{IMPORT}take/", {"slip": slip_of(looked)})
    catch_up(now=MORNING)
    assert verify(COUNTY).faults == []


def test_the_mended_table_brings_in_only_what_was_missing(cast):
    browser = client(cast["liuguozhu"])
    template = browser.get("/office/records/rented_home/template.xlsx").content
    rows = homes(20)
    rows[3]["rooms"] = "很多"
    first = sent(browser, filled(template, rows))
    browser.post(f"{IMPORT}take/", {"slip": slip_of(first)})
    rows[3]["rooms"], rows[7]["rent"] = 2, 950
    again = sent(browser, filled(template, rows))
    plan = again.context["plan"]
    assert (len(plan.new), len(plan.changed), len(plan.same), len(plan.refused)) == (1, 1, 18, 0)
    browser.post(f"{IMPORT}take/", {"slip": slip_of(again)})
    assert Record.objects.count() == 20
    assert Record.objects.get(external_id="ZF-00007").values["rent"] == "950.00"
    assert Line.objects.filter(act="amend").count() == 1
    assert len(sent(browser, filled(template, rows)).context["plan"].same) == 20


def test_a_table_is_taken_once_however_often_the_button_is_pressed(cast):
    browser = client(cast["liuguozhu"])
    template = browser.get("/office/records/rented_home/template.xlsx").content
    looked = sent(browser, filled(template, homes(5)))
    for _ in range(2):
        assert browser.post(f"{IMPORT}take/", {"slip": slip_of(looked)}).status_code == 302
    assert Record.objects.count() == 5


def test_a_slip_opens_nothing_to_anybody_else(cast):
    browser, other = client(cast["liuguozhu"]), client(cast["xushulan"])
    template = browser.get("/office/records/rented_home/template.xlsx").content
    rows = homes(3)
    rows[0]["rooms"] = 200
    looked = sent(browser, filled(template, rows))
    for stranger in (other, client(cast["linmeihua"])):
        assert stranger.post(f"{IMPORT}take/", {"slip": slip_of(looked)}).status_code in (404, 409)
        back = stranger.get("/office/records/rented_home/returned.xlsx", {"slip": looked.context["back"]})
        assert back.status_code == 404
    assert not Record.objects.exists()


@pytest.mark.parametrize("login", ["liuyang", "cuizhe", "mali", "hanxue"])
def test_who_enters_no_such_records_finds_no_import(cast, login):
    browser = client(cast[login])
    for path in (IMPORT, "/office/records/rented_home/template.xlsx"):
        assert browser.get(path).status_code == 404
    assert sent(browser, book([["地址"], ["x"]])).status_code == 404


def test_rows_of_the_next_village_are_not_taken(cast):
    browser = client(cast["liuguozhu"])
    template = browser.get("/office/records/rented_home/template.xlsx").content
    looked = sent(browser, filled(template, [homes(1)[0] | {"@body": "222403001002"}]))
    assert list(looked.context["plan"].refused) == [3]
    assert "该单位不在您的辖区" in looked.content.decode()


@pytest.mark.parametrize(
    "name, data, words",
    [
        ("a.xlsx", b"", "不是Excel"),
        ("a.csv", "地址,间数".encode(), "不是Excel"),
        ("a.xlsx", b"x" * (10 * 1024 * 1024 + 1), "10 MB"),
    ],
)
def test_a_file_that_is_no_table_says_so(cast, name, data, words):
    answer = sent(client(cast["liuguozhu"]), data, name)
    assert answer.status_code == 422 and words in answer.content.decode()


def test_personal_values_wait_encrypted(cast, tmp_path):
    browser = client(cast["liuguozhu"])
    template = browser.get("/office/records/rented_home/template.xlsx").content
    data = filled(template, homes(2))
    sent(browser, data)
    held = [path.read_bytes() for path in (tmp_path / "held").glob("*/*")]
    assert held and all(data not in one and b"PK\x03\x04" not in one[:8] for one in held)
