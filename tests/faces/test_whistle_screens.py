"""吹哨 in a real browser: whistled on the phone, confirmed there; nothing barred to anybody, nothing cut off."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import Screen
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import Stage
from tests.faces.test_office_screens import enter
from tests.faces.whistle_stage import NEED, called, with_whistles

# Every form and story of the calls, as if each had been opened.
OPENED = """document.querySelectorAll(
    '.muster details, details.whistle, details.whistle details, details.more, details[name=clock]'
  ).forEach(one => { one.open = true })"""
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def whistled(stage: Stage) -> Stage:
    return with_whistles(stage)


def shot(page, name: str) -> None:
    """Kept only where somebody asks to look: SHOTS names the folder."""
    import os

    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize(
    "width, tongue, scheme",
    [(1440, "zh-hans", "light"), (320, "ko", "dark")],
)
def test_every_page_of_a_whistle_is_open_to_all_and_whole(
    whistled: Stage, live_server, screen: Screen, width: int, tongue: str, scheme: str
):
    late, soon = whistled.cases["late"], whistled.cases["soon"]
    for login, addresses in {
        "hanxue": ("/office/whistles/", "/office/whistles/called/?view=all", f"/office/hazards/{late}/"),
        "mengchao": ("/office/whistles/called/", f"/office/hazards/{soon}/"),
        "cuizhe": (f"/office/hazards/{soon}/",),
        "liming": (f"/phone/case/{late}/", f"/phone/case/{soon}/", "/office/whistles/called/"),
    }.items():
        page = enter(screen, live_server, whistled, login, width=width, tongue=tongue, color_scheme=scheme)
        for path in addresses:
            page.goto(path)
            page.evaluate(OPENED)
            shot(page, f"{login}-{tongue}-{width}-{path.strip('/').replace('/', '_')[:40]}")
            assert (path, faults_of(page)) == (path, [])
            assert (path, spilt(page)) == (path, [])


def test_a_grid_member_whistles_and_confirms_with_the_thumb(stage: Stage, live_server, screen: Screen):
    page = enter(screen, live_server, stage, "liming", width=360)
    page.goto(f"/phone/case/{stage.cases['soon']}/")
    page.locator("details.whistle > summary").click()
    page.locator("input[value=police]").check()
    page.locator("#need").fill(NEED)
    page.locator("details.whistle button.go").click()
    expect(page.locator(".muster")).to_contain_text("公安(派出所)")
    page.get_by_role("button", name="确认到场").click()
    expect(page.locator(".muster")).to_contain_text("已报到")
    assert called(stage, "soon")["police"].state == "arrived"
