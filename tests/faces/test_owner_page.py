"""场所: a grid member enters a shop and hands over its code; the owner does there what is theirs on a bare phone."""

import io
import re

import pypdfium2
import pytest
import zxingcpp
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shouwang.domains.hazards.models import Case, Transition
from shouwang.domains.ledger.models import Evidence
from shouwang.domains.patrols.models import Visit
from shouwang.domains.sites.codes import code_of
from shouwang.domains.sites.models import Round, Site, Taught
from tests.browser import Screen
from tests.cast import GRID
from tests.faces.looking import SPILLS, clipped, faults_of
from tests.faces.phone_story import SMALL
from tests.faces.stage import AFTER, Stage
from tests.faces.test_office_screens import enter

SHOP = {"region": GRID, "mark": "铺-8", "name": "福寿养老院", "kind": "elderly_home", "person": "崔老四",
        "phone": "13904331234"}  # fmt: skip
LOOKED = {"key": "v1", "checklist": "place_patrol", "version": "1", "look:exits": "bad", "look:wires": "ok"}


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def settled(stage: Stage) -> Site:
    client = stage.client("liming")
    for _twice in range(2):
        assert client.post("/phone/sites/new/", {"key": "s1", **SHOP}).status_code == 303
    site = Site.objects.get()
    done = client.post(f"/phone/sites/{site.id}/patrol/", LOOKED)
    visit = Visit.objects.get()
    assert done.status_code == 303 and (visit.at_site, visit.place) == (site.id, SHOP["name"])
    assert client.post(f"{done.headers['Location']}exits/", {"key": "f"}).status_code == 303
    return site


def test_the_owner_does_with_the_printed_code_what_is_theirs(stage: Stage):
    site = settled(stage)
    sheet = pypdfium2.PdfDocument(io.BytesIO(stage.client("liming").post("/phone/sites/codes.pdf").content))[0]
    (code,) = zxingcpp.read_barcodes(sheet.render(scale=3).to_pil())
    path, owner = "/" + code.text.split("/", 3)[3], Client()
    page = owner.get(path)
    words = page.content.decode()
    assert "福寿养老院" in words and "须有防火巡查记录" in words and "单位定期全员培训" in words
    assert "崔老四" not in words and SHOP["phone"] not in words and page.headers["X-Robots-Tag"] == "noindex"
    key = re.search(r'name="key" value="([^"]+)"', words)[1]
    for _twice in range(2):
        assert "已保存" in owner.post(path, {"key": key, "look:exits": "bad"}, follow=True).content.decode()
    assert Round.objects.get().answers == {"exits": "bad"}
    told = {"key": "t1", "kind": "regular", "topic": "灭火器怎么用", "on": "2026-01-06", "people": "金哲\n朴顺子"}
    back = owner.post(f"{path}taught/", {**told, "on": "昨天"})
    assert back.status_code == 422 and "朴顺子" in back.content.decode() and not Taught.objects.exists()
    page = owner.post(f"{path}taught/", told, follow=True).content.decode()
    assert "2人" in page and "朴顺子" not in page and Taught.objects.get().persons == 2
    case = Case.objects.get(id=re.search(r"fix/([-0-9a-f]{36})/", words)[1])
    fix = f"{path}fix/{case.id}/"
    for lacks, status in (({"key": "f1"}, 409), ({}, 422)):
        back = owner.post(fix, {"note": "开了锁", **lacks})
        assert back.status_code == status and 'name="note" maxlength="500" value="开了锁"' in back.content.decode()
    picture = SimpleUploadedFile("after.jpg", AFTER.data, content_type="image/jpeg")
    assert owner.post(fix, {"key": "f1", "note": "开了锁", "after": picture}, follow=True).status_code == 200
    gone = owner.post(fix, {"key": "f2", "note": "又换了一把", "after": picture})
    assert gone.status_code == 409 and '<p class="quote" data-general>又换了一把</p>' in gone.content.decode()
    case.refresh_from_db()
    assert (case.state, case.submitter) == ("submitted", site.id)
    assert stage.client("liming").post(f"/phone/sites/{site.id}/verify/").status_code == 303
    assert Evidence.objects.get(kind="site.verified").subject == site.id
    seen = stage.client("cuizhe").get(f"/phone/sites/{site.id}/").content.decode()
    assert "朴＊＊" in seen and "朴顺子" not in seen and "有问题" in seen


def test_in_a_browser_the_photo_of_what_was_fixed_is_handed_in(stage: Stage, live_server, screen: Screen):
    """With the browser's own word of where a form comes from."""
    site = settled(stage)
    page = screen(live_server.url, width=320, java_script_enabled=False)
    page.goto(f"/u/{code_of(site)}/")
    picture = {"name": "after.jpg", "mimeType": "image/jpeg", "buffer": AFTER.data}
    page.set_input_files("input[name=after]", picture)
    page.locator("form[action*='/fix/'] .btn.go").click()
    page.wait_for_url("**kept**")
    assert Case.objects.get(submitter=site.id).state == "submitted"


@pytest.mark.parametrize("login", ["sunyulan", "liuyang", "zhoumin"])
def test_others_find_no_such_place(stage: Stage, login: str):
    site, client = settled(stage), stage.client(login)
    assert SHOP["name"] not in client.get("/phone/sites/").content.decode()
    assert client.post(f"/phone/sites/{site.id}/verify/").status_code == 404
    for path in ("", "patrol/"):
        assert client.get(f"/phone/sites/{site.id}/{path}").status_code == 404
    assert client.post(f"/phone/sites/{site.id}/code/").status_code == 404
    code = code_of(site)
    other = code[:-1] + ("1" if code.endswith("0") else "0")
    assert Client().get(f"/u/{other}/").status_code == 404


def test_the_list_of_places_turns_its_pages_with_few_questions(stage: Stage):
    client = stage.client("liming")
    for number in range(32):
        client.post("/phone/sites/new/", {**SHOP, "key": f"s{number}", "mark": f"铺-{number:02}"})
    client.get("/phone/sites/")
    with CaptureQueriesContext(connection) as asked:
        first = client.get("/phone/sites/").content.decode()
    assert len(asked) <= 4, [one["sql"][:120] for one in asked]
    assert "铺-29" in first and "铺-30" not in first
    assert "铺-31" in client.get("/phone/sites/", {"after": f"{GRID}~铺-29"}).content.decode()


@pytest.mark.parametrize("width, tongue", [(320, "zh-hans"), (1440, "ko")])
def test_places_are_open_to_all_and_whole(stage, live_server, screen: Screen, width, tongue):
    site = settled(stage)
    page = enter(screen, live_server, stage, "liming", width=width, tongue=tongue)
    for path in (f"/u/{code_of(site)}/", "/phone/sites/", f"/phone/sites/{site.id}/", "/phone/sites/new/"):
        page.goto(path)
        assert (path, faults_of(page)) == (path, [])
        assert (path, clipped(page) + page.evaluate(SPILLS)) == (path, [])
        assert (path, page.evaluate(SMALL) if width < 400 else []) == (path, [])


def stood_on(response) -> str:
    return re.search(r'name="stood" value="([0-9a-f]+)"', response.content.decode())[1]


def test_whoever_amends_a_place_second_reads_what_the_first_left_before_anything_is_replaced(stage: Stage):
    site, client = settled(stage), stage.client("liming")
    path, read = f"/phone/sites/{site.id}/", stood_on(client.get(f"/phone/sites/{site.id}/"))
    first, second = ({**SHOP, "name": name, "stood": read} for name in ("福寿园养老院", "福寿园"))
    assert client.post(f"{path}amend/", {**second, "stood": ""}).status_code == 409, "a form that says nothing of it"
    assert client.post(f"{path}amend/", first).status_code == 303
    late = client.post(f"{path}amend/", {**second, "phone": "13900001111"})
    words = late.content.decode()
    assert late.status_code == 409 and "别人先改了这个场所" in words
    assert 'value="福寿园"' in words and 'value="13900001111"' in words, "what was typed stays"
    assert "现在登记的是：</b> 福寿园养老院" in words
    site.refresh_from_db()
    assert site.name == "福寿园养老院"
    assert client.post(f"{path}amend/", {**second, "stood": stood_on(late)}).status_code == 303, "knowing it now"
    site.refresh_from_db()
    assert site.name == "福寿园"


def test_a_place_is_put_right_and_closed_on_its_page_and_the_code_says_so(stage: Stage):
    site, client = settled(stage), stage.client("liming")
    path, told = f"/phone/sites/{site.id}/", {**SHOP, "name": "福寿园养老院"}
    told["stood"] = stood_on(client.get(path))
    back = client.post(f"{path}amend/", {**told, "name": "", "person": "崔老五"})
    assert back.status_code == 422 and "崔老五" in back.content.decode()
    assert "福寿园养老院" in client.post(f"{path}amend/", told, follow=True).content.decode()
    code, owner = code_of(site), Client()
    assert owner.get(f"/u/{code}/").status_code == 200
    today = timezone.localdate().isoformat()
    assert client.post(f"{path}close/", {"why": "", "closed_on": today}).status_code == 422
    page = client.post(f"{path}close/", {"why": "shut", "closed_on": today}, follow=True).content.decode()
    assert f"自{today}起已注销" in page and "不再经营" in page
    assert "patrol/" not in page and SHOP["person"] not in page
    assert SHOP["mark"] not in client.get("/phone/sites/").content.decode()
    shut = owner.get(f"/u/{code}/")
    assert shut.status_code == 410 and f"自{today}起已注销" in shut.content.decode()
    assert owner.post(f"/u/{code}/", {"key": "k", "look:exits": "bad"}).status_code == 410
    assert not Round.objects.exists()
    for login in ("sunyulan", "liuyang"):
        assert stage.client(login).post(f"{path}close/", {"why": "shut"}).status_code == 404


@pytest.mark.slow
def test_a_fix_handed_in_without_a_network_arrives_once_and_says_when_it_was_done(stage, live_server, screen: Screen):
    site = settled(stage)
    page = screen(live_server.url, width=320, told_no="net::ERR_INTERNET_DISCONNECTED")
    page.goto(f"/u/{code_of(site)}/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.set_input_files("input[name=after]", {"name": "after.jpg", "mimeType": "image/jpeg", "buffer": AFTER.data})
    page.locator("form[action*='/fix/'] .btn.go").click()
    page.locator("#later:visible", has_text="1 条").wait_for()
    assert not Case.objects.filter(submitter=site.id).exists()
    page.context.set_offline(False)
    page.locator("#later.green:visible").wait_for()
    page.goto(f"/u/{code_of(site)}/")
    page.locator("h1").wait_for()
    case = Case.objects.get(submitter=site.id)
    assert case.state == "submitted" and Transition.objects.filter(case=case, act="submit").count() == 1
