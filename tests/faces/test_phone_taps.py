"""The phone in a real browser: three taps, gloves, two languages, narrow screens, and no scripts at all."""

import gzip
import io
from collections.abc import Callable
from random import Random

import pytest
from django.core.signals import request_started
from PIL import Image
from playwright.sync_api import Browser

from shouwang.domains.files.queries import attachments_of
from shouwang.domains.hazards.models import Case
from tests.faces.phone_story import Phone
from tests.faces.stage import AFTER, Stage

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {
    "zh-hans": {"shoot": "拍照", "tile": "通道堵塞", "send": "现场解决不了，上报", "fixed": "已当场整改，拍整改后照片",
                "hand_in": "已整改，提交复核", "choose": "请选择隐患类型。"},
    "ko": {"shoot": "사진 찍기", "tile": "통로 막힘", "send": "현장 해결 불가, 상부 보고",
           "fixed": "현장 조치 완료, 사진 찍기", "hand_in": "조치 완료, 재검사 제출",
           "choose": "어떤 우환인지 선택하십시오."},
}  # fmt: skip
LIMIT = 60 * 1024


@pytest.fixture
def phone(live_server, stage: Stage, screen) -> Callable[..., Phone]:
    def handed(login: str = "liming", language: str = "zh-hans", **options: object) -> Phone:
        held = Phone(screen(live_server.url, **options), stage, live_server.url)
        return held.sign_in(login, language) if login else held.speak(language)

    return handed


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("width", [390, 320])
def test_three_taps_and_it_is_reported(phone, language: str, width: int):
    words, held = WORDS[language], phone(language=language, width=width).open()
    held.photograph(words["shoot"])
    held.tap(words["tile"])
    held.tap(words["send"])
    held.page.wait_for_url("**/phone/done/**")
    assert held.taps == 3
    case = Case.objects.latest("reported_at")
    assert held.says(case.code)
    assert (case.kind, case.state, len(attachments_of(case.county, case.id))) == ("exit_blocked", "assigned", 1)


@pytest.mark.parametrize("language", WORDS)
def test_fixed_on_the_spot_takes_one_photo_more(phone, language: str):
    words, held = WORDS[language], phone(language=language, width=320).open()
    held.photograph(words["shoot"])
    held.tap(words["tile"])
    held.photograph(words["fixed"], AFTER.data)
    held.tap(words["hand_in"])
    held.page.wait_for_url("**/phone/done/**")
    case = Case.objects.latest("reported_at")
    purposes = {file.purpose for file in attachments_of(case.county, case.id)}
    assert held.taps == 4 and case.state == "submitted" and purposes == {"before", "after"}


def test_a_finger_that_trembles_reports_once(phone, stage: Stage):
    held = phone().open()
    held.tap(WORDS["zh-hans"]["tile"])
    held.page.get_by_text(WORDS["zh-hans"]["send"]).dblclick()
    held.page.wait_for_url("**/phone/done/**")
    assert Case.objects.count() == len(stage.cases) + 1


def test_without_a_tile_the_phone_says_so_and_keeps_the_photo(phone, stage: Stage):
    held = phone().open()
    held.photograph("拍照")
    held.page.locator("#before img").wait_for()
    held.tap("现场解决不了，上报")
    assert held.says("请选择隐患类型。") and held.page.locator("#before img").is_visible()
    assert Case.objects.count() == len(stage.cases)


def test_the_place_is_recorded_where_the_person_allows_it_and_can_be_taken_out(phone):
    held = phone(geolocation={"longitude": 128.2317, "latitude": 43.3726, "accuracy": 12},
                 permissions=["geolocation"]).open()  # fmt: skip
    for forgotten in (False, True):
        held.photograph("拍照")
        held.says("位置已记录，误差 12 米")
        if forgotten:
            held.tap("补充地点、时间、说明（可不填）")
            held.tap("不上传定位")
        held.tap("通道堵塞")
        held.tap("现场解决不了，上报")
        held.page.wait_for_url("**/phone/done/**")
        case = Case.objects.latest("reported_at")
        assert (case.lon, case.accuracy) == ((None, None) if forgotten else (128.2317, 12))
        held.open()


def test_a_large_photo_leaves_the_phone_small(phone):
    sent: list[int] = []

    def noted(environ: dict[str, str], **_: object) -> None:
        if environ["REQUEST_METHOD"] == "POST":
            sent.append(int(environ["CONTENT_LENGTH"]))

    request_started.connect(noted)
    held, large = phone().open(), coarse(4000, 3000)
    held.photograph("拍照", large)
    held.tap("通道堵塞")
    held.tap("现场解决不了，上报")
    held.page.wait_for_url("**/phone/done/**")
    request_started.disconnect(noted)
    assert len(sent) == 1 and sent[0] < len(large) / 3


def coarse(width: int, height: int) -> bytes:
    """A photo with as much detail as a wall has."""
    grain, out = Random(7).randbytes(500 * 375 * 3), io.BytesIO()
    Image.frombytes("RGB", (500, 375), grain).resize((width, height)).save(out, "JPEG", quality=95)
    return out.getvalue()


@pytest.mark.parametrize("language", WORDS)
def test_without_scripts_it_is_a_form_like_any_other(live_server, stage: Stage, browser: Browser, language: str):
    words, size = WORDS[language], {"width": 320, "height": 640}
    context = browser.new_context(base_url=live_server.url, viewport=size, java_script_enabled=False)
    held = Phone(context.new_page(), stage, live_server.url).sign_in("liming", language).open()
    picture = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": AFTER.data}
    held.page.set_input_files("input[name=before]", picture)
    held.tap(words["send"])
    held.says(words["choose"])
    held.page.locator("#before img").wait_for()
    held.tap(words["tile"])
    held.tap(words["send"])
    held.page.wait_for_url("**/phone/done/**")
    case = Case.objects.latest("reported_at")
    assert len(attachments_of(case.county, case.id)) == 1
    context.close()


def test_the_first_view_weighs_less_than_sixty_kilobytes(phone):
    held, sizes = phone(), {}
    held.page.on("response", lambda got: sizes.setdefault(got.url, len(gzip.compress(got.body()))))
    held.open().settled()
    assert 0 < sum(sizes.values()) < LIMIT and any(url.endswith("/phone/") for url in sizes)


def test_fixing_and_rechecking_are_done_on_the_phone_too(phone, stage: Stage):
    case = stage.cases["soon"]
    held = phone("cuizhe").open(f"/phone/case/{case}/")
    held.photograph("整改后照片", AFTER.data)
    held.page.locator("#after img").wait_for()
    held.tap("回传整改结果")
    held.says("待复核")
    chief = phone("piaoyingshun", "zh-hans").open(f"/phone/case/{case}/")
    chief.tap("复核不通过")
    chief.page.get_by_label("理由").fill("还有两个纸箱")
    chief.page.locator("form.act:visible button", has_text="复核不通过").click()
    chief.says("还有两个纸箱")
    assert Case.objects.get(id=case).state == "rectifying"
