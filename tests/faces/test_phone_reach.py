"""人人够得着: the pages of the phone and of the public at 320 px, in large text, by keyboard, by ear."""

import pytest
from playwright.sync_api import Page

from shouwang.domains.hazards.models import Case
from shouwang.domains.patrols.models import Visit
from tests.faces.phone_story import Phone
from tests.faces.reaching import CHECKS, by_keyboard, tab_to
from tests.faces.stage import Stage
from tests.faces.test_doors import printed
from tests.faces.test_visits import SEEN, visited

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def pages_of(stage: Stage) -> dict[str, list[str]]:
    visit, soon = visited(stage), stage.cases["soon"]
    home, fixed = f"/phone/homes/{visit.home}/", Case.objects.get(id=stage.cases["fixed"]).code
    against = {**SEEN, "key": "other", "look:detector": "bad"}
    stage.client("piaoyingshun").post(f"{home}visit/", against)
    door = printed(stage)
    return {
        "liming": [
            "/phone/", "/phone/today/", "/phone/place/", "/phone/mine/", "/phone/tasks/", "/phone/learn/",
            "/phone/learn/quiz/visiting/", "/phone/kept/", "/phone/away/", f"/phone/done/{soon}/", "/phone/homes/",
            "/phone/homes/new/", "/phone/homes/table/", home, f"{home}visit/", f"{home}people/", f"{home}detector/",
            f"/phone/visits/{visit.id}/", f"/phone/case/{stage.cases['waiting']}/",
        ],
        "cuizhe": [f"/phone/case/{soon}/", "/phone/mine/?list=given"],
        "piaoyingshun": [f"/phone/case/{stage.cases['waiting']}/"],
        "": ["/", "/look/", f"/look/{fixed}/", "/report/", "/learn/", "/learn/escape/", door, "/suggest/", "/manuals/"],
    }  # fmt: skip


def faults_at(phone: Phone, path: str, tongue: str) -> list[str]:
    answer = phone.page.goto(path)
    assert answer is not None and answer.status == 200, (path, answer and answer.status)
    phone.settled()
    found = phone.faults() + [fault for check in CHECKS for fault in check(phone.page)]
    return found + (by_keyboard(phone.page) if tongue == "zh-hans" else [])


SPOILT = """<!doctype html><title>x</title><style>.bar { position: fixed; inset: auto 0 0 0; height: 90px }
.bar { background: red } :focus { outline: none } a { position: relative }</style><main>
<p style="white-space: nowrap; font-size: 1rem">a line of many words that does not fit this screen at all</p>
<button style="height: 20px"></button><div draggable="true">x</div>
<a href="#a">one</a><a href="#b" style="left: -1em">two</a><p style="height: 500px"></p><a href="#c">below</a></main>
<div class=bar></div>"""


def test_the_checks_themselves_see_what_is_wrong(screen):
    page = screen("http://x.test", width=320)
    page.set_content(SPOILT)
    told = " ".join([fault for check in CHECKS for fault in check(page)] + by_keyboard(page))
    assert all(one in told for one in ("large text, HTML is", "over each other", "no name: button")), told
    assert all(one in told for one in ("to be dragged", "tiny: 20", "not marked", "covered")), told


@pytest.mark.parametrize("tongue", ["zh-hans", "ko"])
def test_nobody_is_kept_out(stage: Stage, live_server, screen, tongue: str):
    faults = {}
    for login, paths in pages_of(stage).items():
        phone = Phone(screen(live_server.url, width=320), stage, live_server.url)
        phone.sign_in(login, tongue) if login else phone.speak(tongue)
        for path in paths:
            faults[login, path] = faults_at(phone, path, tongue)
    told = [f"{login} {path}: {fault}" for (login, path), found in faults.items() for fault in found]
    assert not told, "\n".join(told)


def chosen(page: Page, selector: str, presses: int = 0) -> None:
    """A group of choices is one stop of Tab; arrows go on within it."""
    tab_to(page, selector)
    page.keyboard.press("Space")
    for _ in range(presses):
        page.keyboard.press("ArrowRight")


def test_a_report_and_a_visit_are_made_without_ever_touching_the_screen(stage: Stage, live_server, screen):
    home = visited(stage).home
    phone = Phone(screen(live_server.url, width=320), stage, live_server.url).sign_in("liming").open()
    page = phone.settled().page
    chosen(page, "input[name=kind]", presses=1)
    tab_to(page, "#send")
    page.keyboard.press("Enter")
    page.wait_for_url("**/phone/done/**")
    tiles = Case.objects.latest("reported_at").kind
    assert Case.objects.count() == len(stage.cases) + 1 and tiles

    page = phone.open(f"/phone/homes/{home}/visit/").settled().page
    chosen(page, "input[name='look:corridor']")
    chosen(page, "input[name='look:detector']", presses=1)
    tab_to(page, "input[name=taught]")
    page.keyboard.press("Space")
    tab_to(page, "form[data-outbox=visit] > .btn.go")
    page.keyboard.press("Enter")
    page.wait_for_url("**/phone/visits/**")
    made = Visit.objects.latest("recorded_at")
    assert made.taught and made.answers == {"corridor": "ok", "detector": "bad"}
