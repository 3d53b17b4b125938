"""报隐患 in a real browser: three taps, nothing barred, nothing cut off, and no script needed."""

import gzip
import io
import random
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.signals import request_started
from PIL import Image

from shouwang.domains.files.queries import attachments_of
from shouwang.domains.hazards.models import Case
from shouwang.faces.phone.desk import SCRIPTS, SHEETS
from tests.faces.looking import clipped, faults_of
from tests.faces.stage import BEFORE, Stage
from tests.faces.thumb import Phone, Pick

LEAST, FIRST_VIEW = 48, 60_000
PEOPLE = [(390, "zh-hans"), (320, "zh-hans"), (390, "ko"), (320, "ko")]
SMALL = """least => [...document.querySelectorAll("a,button,summary,input,select,textarea,label")]
  .filter(e => e.offsetParent && !e.closest(".sr,.skip,.clause,.small,dd") && !["radio","file"].includes(e.type))
  .filter(e => e.tagName !== "LABEL" || e.querySelector("input"))
  .map(e => [e.getBoundingClientRect(), e]).filter(([box]) => box.width && Math.ceil(box.height) < least)
  .map(([box, e]) => `${e.tagName} ${e.className} ${Math.round(box.height)}: ${e.innerText.slice(0, 30)}`)"""


def newest() -> Case:
    return Case.objects.latest("reported_at")


def test_photo_tile_report_are_three_taps(pick: Pick, stage: Stage):
    phone = pick("liming")
    phone.page.goto("/phone/")
    phone.photo()
    phone.tile("wiring")
    phone.send()
    phone.page.wait_for_url("**/phone/done/**")
    assert phone.taps == 3
    assert Case.objects.count() == len(stage.cases) + 1
    case = newest()
    assert case.kind == "wiring" and len(attachments_of(case.county, case.id)) == 1
    assert phone.page.locator(".code-big").inner_text() == case.code


def test_fixed_on_the_spot_takes_one_more_photo(pick: Pick):
    phone = pick("liming")
    phone.page.goto("/phone/")
    phone.photo()
    phone.tile("combustibles")
    phone.photo_after()
    phone.send()
    phone.page.wait_for_url("**/phone/done/**")
    assert (phone.taps, newest().state) == (4, "submitted")


def test_a_double_tap_reports_once(pick: Pick, stage: Stage):
    phone = pick("liming")
    phone.page.goto("/phone/")
    phone.tile()
    phone.page.locator("#send").dblclick()
    phone.page.wait_for_url("**/phone/done/**")
    phone.page.goto("/phone/")
    assert phone.kept() == 0
    assert Case.objects.count() == len(stage.cases) + 1


def test_the_place_goes_along_when_the_phone_may_tell_it(pick: Pick):
    here = {"latitude": 43.3726, "longitude": 128.2317, "accuracy": 8}
    phone = pick("liming", geolocation=here, permissions=["geolocation"])
    phone.page.goto("/phone/")
    phone.photo()
    phone.page.wait_for_function("document.getElementById('where').textContent.includes('8')")
    phone.tile()
    phone.send()
    phone.page.wait_for_url("**/phone/done/**")
    assert (newest().lon, newest().lat, newest().accuracy) == (128.2317, 43.3726, 8)


def test_a_large_photo_leaves_the_phone_small(pick: Pick):
    sent: list[int] = []

    def noted(environ: dict[str, str], **_: object) -> None:
        if environ["REQUEST_METHOD"] == "POST":
            sent.append(int(environ["CONTENT_LENGTH"]))

    request_started.connect(noted)
    phone, large = pick("liming"), coarse(4000, 3000)
    phone.page.goto("/phone/")
    phone.photo(large)
    phone.tile()
    phone.send()
    phone.page.wait_for_url("**/phone/done/**")
    request_started.disconnect(noted)
    assert len(sent) == 1 and sent[0] < len(large) / 3


def coarse(width: int, height: int) -> bytes:
    """A photo with as much detail as a wall has."""
    grain = random.Random(7).randbytes(500 * 375 * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (500, 375), grain).resize((width, height)).save(out, "JPEG", quality=95)
    return out.getvalue()


def test_without_scripts_the_form_works_the_same(pick: Pick, stage: Stage):
    phone = pick("liming", java_script_enabled=False)
    phone.page.goto("/phone/")
    photo = {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": BEFORE.data}
    phone.page.set_input_files("[name=before]", photo)
    phone.page.locator("#send").click()
    assert "选择隐患" in phone.page.locator("fieldset .fault").inner_text()
    assert phone.page.locator("#before img").is_visible()
    phone.tile("exit_blocked")
    phone.send()
    phone.page.wait_for_url("**/phone/done/**")
    assert newest().kind == "exit_blocked" and len(attachments_of(newest().county, newest().id)) == 1


@pytest.mark.parametrize(("width", "language"), PEOPLE)
def test_nothing_is_barred_small_or_cut_off(pick: Pick, stage: Stage, width: int, language: str):
    phone = pick("liming", width=width, language=language)
    case = stage.cases["late"]
    for address in (
        "/phone/",
        f"/phone/done/{case}/",
        "/phone/mine/",
        f"/phone/case/{case}/",
        "/phone/away/",
    ):
        phone.page.goto(address)
        seen(phone, address)
    doer = pick("cuizhe", width=width, language=language)
    for address in (
        "/phone/",
        "/phone/mine/",
        f"/phone/case/{case}/",
        f"/phone/case/{stage.cases['waiting']}/",
    ):
        doer.page.goto(address)
        for fold in doer.page.locator("details > summary").all():
            fold.click()
        seen(doer, address)


@pytest.mark.parametrize(("width", "language"), PEOPLE)
def test_the_public_page_too(pick: Pick, stage: Stage, width: int, language: str):
    anybody = pick("", width=width, language=language)
    code = Case.objects.get(id=stage.cases["fixed"]).code
    for address in ("/look/", f"/look/{code}/", "/look/?code=abc", "/look/2403-AAAA-AAAA/"):
        anybody.page.goto(address)
        seen(anybody, address)


def seen(phone: Phone, address: str) -> None:
    assert faults_of(phone.page) == [], address
    assert clipped(phone.page) == [], address
    assert phone.page.evaluate(SMALL, LEAST) == [], address


def test_the_first_view_is_light(stage: Stage):
    page = stage.client("liming").get("/phone/").content
    files = [Path(str(finders.find(name))).read_bytes() for name in (*SCRIPTS, *SHEETS)]
    assert sum(len(gzip.compress(one)) for one in (page, *files)) < FIRST_VIEW
