"""安装到桌面: the phone's face installs by itself, named in the reader's language, with pictures of our own."""

from io import BytesIO

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from tests.faces.stage import Stage

NAMES = {"zh-hans": "消防守望", "ko": "소방 파수"}


def manifest(language: str) -> dict[str, object]:
    return Client().get(f"/phone/app/{language}.webmanifest").json()


@pytest.mark.parametrize("language", NAMES)
def test_it_is_named_in_the_readers_language(language: str):
    told = manifest(language)
    assert told["short_name"] == NAMES[language] and told["lang"] == language
    assert told["start_url"] == "/phone/" and told["display"] == "standalone"
    assert [shortcut["url"] for shortcut in told["shortcuts"]] == ["/phone/", "/phone/tasks/"]


def test_a_language_that_is_not_spoken_here_has_none():
    assert Client().get("/phone/app/fr.webmanifest").status_code == 404


def test_its_pictures_are_there_in_the_size_they_say():
    for icon in manifest("zh-hans")["icons"]:
        found = finders.find(icon["src"].removeprefix("/static/"))
        assert found and "x".join(map(str, Image.open(found).size)) == icon["sizes"]


def test_a_phone_that_cuts_them_round_cuts_nothing_off():
    """What is drawn stays within the inner 80 %: the border of a maskable picture is one colour."""
    for icon in (one for one in manifest("zh-hans")["icons"] if one["purpose"] == "maskable"):
        with open(finders.find(icon["src"].removeprefix("/static/")), "rb") as file:
            picture = Image.open(BytesIO(file.read())).convert("RGBA")
        edge = picture.width // 10
        seen = {picture.getpixel((x, y)) for x in range(picture.width) for y in (0, edge, picture.height - edge - 1)}
        assert len(seen) == 1


def test_every_page_of_the_phone_names_it(stage: Stage):
    for path in ("/phone/", "/phone/mine/", "/phone/learn/"):
        page = stage.client("liming", "ko").get(path).content.decode()
        assert '<link rel="manifest" href="/phone/app/ko.webmanifest">' in page


def test_what_a_page_may_load_is_allowed_by_name(stage: Stage):
    policy = stage.client("liming").get("/phone/").headers["Content-Security-Policy"]
    assert "manifest-src 'self'" in policy and "worker-src 'self'" in policy and "unsafe" not in policy
