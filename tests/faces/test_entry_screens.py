"""The entry in a real browser: a hand at the keys gets in, nothing is barred to anybody, nothing cut off."""

import pyotp
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from shouwang.domains.people.demo import DEMO_PASSWORD
from shouwang.domains.people.services import appoint, enrol_person
from tests.browser import Screen
from tests.cast import COUNTY, GRID, PREFECTURE, STREET
from tests.faces.entry_story import KEEPER, PASSWORD, person
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import bring_in_the_areas

pytestmark = pytest.mark.django_db(transaction=True)
SHOWN = (
    ("zhou", "全镇虎", PREFECTURE, "prefecture_office", "1 州消委办"),
    ("ban", "韩雪", COUNTY, "county_office", "2 县(市)消委办"),
    ("zhan", "崔哲", STREET, "station_staff", "4 消防工作站"),
    ("ge", "李明", GRID, "grid_member", "5 网格员"),
)


@pytest.fixture
def demo(settings):
    """The sign-in page of a demo, with accounts of every level."""
    settings.DEMO = True
    settings.OIDC_ISSUER = "https://id.example"
    now = timezone.now()
    bring_in_the_areas(now)
    for login, name, region, kind, label in SHOWN:
        one = enrol_person(
            login=login, name=name, region=region, password=DEMO_PASSWORD, demo=label, by=KEEPER, at=now
        )
        appoint(one, kind=kind, department="", region=region, territory=(region,),
                since=timezone.localdate(now), by=KEEPER, at=now)  # fmt: skip


def spoken(screen: Screen, server, tongue: str, **how):
    page = screen(server.url, **how)
    page.goto(f"/language/{tongue}/?next=/entry/")
    return page


@pytest.mark.parametrize(
    "width, tongue, scheme",
    [(1440, "zh-hans", "dark"), (320, "ko", "light")],
)
def test_every_page_of_the_entry_is_open_to_all_and_whole(demo, live_server, screen, width, tongue, scheme):
    person("hanxue")
    page = spoken(screen, live_server, tongue, width=width, color_scheme=scheme)
    _whole(page)
    _sign_in(page, "hanxue")
    expect(page).to_have_url(f"{live_server.url}/entry/enrol/")
    page.locator("details summary").click()
    _whole(page)
    secret = page.locator("code.hash").inner_text()
    _give(page, pyotp.TOTP(secret).at(timezone.now()))
    expect(page).not_to_have_url(f"{live_server.url}/entry/enrol/")
    for path in ("/entry/account/", "/entry/password/"):
        page.goto(path)
        _whole(page)
    page.goto("/entry/account/")
    page.locator("form[action='/entry/out/'] button").click()
    expect(page).not_to_have_url(f"{live_server.url}/entry/account/")
    page.goto("/entry/")
    _sign_in(page, "hanxue")
    expect(page).to_have_url(f"{live_server.url}/entry/code/")
    _whole(page)
    _give(page, pyotp.TOTP(secret).at(timezone.now().timestamp() + 30))
    expect(page).not_to_have_url(f"{live_server.url}/entry/code/")


def test_one_click_signs_in_to_the_demo(demo, live_server, screen):
    page = spoken(screen, live_server, "zh-hans", width=1440)
    page.get_by_role("button", name="韩雪").click()
    expect(page).not_to_have_url(f"{live_server.url}/entry/")
    page.goto("/entry/account/")
    expect(page.locator("h1")).to_have_text("韩雪")


def _sign_in(page, login: str, password: str = PASSWORD):
    page.locator("#id_login").fill(login)
    page.locator("#id_password").fill(password)
    page.keyboard.press("Enter")


def _give(page, code: str):
    page.locator("#id_code").fill(code)
    page.keyboard.press("Enter")


def _whole(page):
    assert (page.url, faults_of(page)) == (page.url, [])
    assert (page.url, spilt(page)) == (page.url, [])
