"""宣传工具: one lesson gives the text of the loudspeaker, the file, the leaflet, and the record begun."""

import io
from urllib.parse import parse_qs, urlparse
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from shouwang.flows.sight import pack
from shouwang.kernel.cap import NAMESPACE
from shouwang.policy import load
from shouwang.rules.broadcasts import seconds, spoken
from tests.browser import Screen
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import Stage
from tests.faces.test_office_screens import enter

PAGE = "/office/publicity/field_fires/"


def test_the_text_stands_in_both_languages_and_can_be_read_in_a_minute(stage: Stage):
    page = stage.client("cuizhe").get(PAGE).content.decode()
    lesson = pack().lessons["field_fires"]
    assert lesson.cards[0].zh in page and lesson.cards[0].ko in page
    for one in pack().lessons.values():
        assert seconds(spoken(one, "zh"), "zh") <= 60 and seconds(spoken(one, "ko"), "ko") <= 60, one.id


def test_the_record_is_begun_with_all_that_is_known(stage: Stage):
    page = stage.client("cuizhe").get(PAGE)
    address = page.context["record"]
    said = parse_qs(urlparse(address).query)
    assert said["v.about"] == [pack().lessons["field_fires"].label.zh] and said["v.kind"] == ["season"]
    form = stage.client("cuizhe").get(address).content.decode()
    assert pack().lessons["field_fires"].label.zh in form
    assert stage.client("liming").get(PAGE).context["record"] == ""


def test_the_file_is_cap_in_both_languages_for_the_readers_own_body(stage: Stage):
    answer = stage.client("cuizhe").get("/office/publicity/field_fires.cap.xml")
    root = ET.fromstring(answer.content)
    languages = [one.text for one in root.iter(f"{{{NAMESPACE}}}language")]
    assert languages == ["zh-CN", "ko-KR"] and answer.headers["Content-Type"] == "application/cap+xml"
    assert root.findtext(f"{{{NAMESPACE}}}status") == "Draft"
    assert {one.text for one in root.iter(f"{{{NAMESPACE}}}value")} == {stage.cast["cuizhe"].posts[0].region}


@pytest.mark.parametrize("name", sorted(load("yanbian-2023").lessons))
def test_every_leaflet_is_one_page_with_its_code_and_119(db, name: str):
    answer = Client().get(f"/learn/{name}.pdf")
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    text = document[0].get_textpage().get_text_range()
    pages = len(document)
    document.close()
    assert pages == 1 and "119" in text
    assert load("yanbian-2023").lessons[name].label.zh in text.replace("\r\n", "")


def test_every_drawing_has_its_picture_for_paper():
    for name in ("yanbian-2023", "jiye-2025"):
        for lesson in load(name).lessons.values():
            assert finders.find(f"lessons/{lesson.picture}.png"), lesson.id


@pytest.mark.parametrize("width, tongue", [(1440, "zh-hans"), (390, "ko")])
def test_the_pages_are_open_to_all_and_whole(stage, live_server, screen: Screen, width, tongue):
    page = enter(screen, live_server, stage, "cuizhe", width=width, tongue=tongue)
    for path in ("/office/publicity/", PAGE):
        page.goto(path)
        assert (path, faults_of(page)) == (path, [])
        assert (path, spilt(page)) == (path, [])
