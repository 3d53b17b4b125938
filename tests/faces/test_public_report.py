"""举报隐患: a resident without an account reports in three questions, follows by the own code, and objects once."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from shouwang.domains.files.holding import LASTS, let_go
from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.telling_rows import Contribution
from shouwang.flows.advance_hazard import Move, advance_hazard
from tests.browser import Screen
from tests.cast import STREET
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import AFTER, BEFORE, HOUR, Stage

KIND, PLACE = "exit_blocked", "丹江小区7号楼"
PICTURE = SimpleUploadedFile


@pytest.fixture(autouse=True)
def nobody_has_told() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def asked(client: Client, page, **answers):
    """The next page, as a browser without script sends this one."""
    carried = hidden(page.content.decode())
    carried.pop("csrfmiddlewaretoken", None)
    return client.post("/report/", {**carried, **answers})


def reached_the_last(client: Client, *, place: str = PLACE, kind: str = KIND):
    page = asked(client, client.get("/report/"), kind=kind)
    return asked(client, page, region=STREET, place=place)


def claim_in(page) -> str:
    return re.search(r'class="code-big">([^<]+)<', page.content.decode())[1]


def test_119_comes_first_and_three_questions_make_a_case(stage: Stage, client: Client):
    first = client.get("/report/").content.decode()
    assert first.index("119") < first.index("<form")
    last = reached_the_last(client)
    sent = asked(
        client, last, openness="confidential", name="吕秀英", phone="13812345678", note="推不开门",
        picture=PICTURE("a.jpg", BEFORE.data),
    )  # fmt: skip
    assert sent.status_code == 201 and sent.headers["Cache-Control"] == "private, no-store"
    case = Case.objects.order_by("-reported_at").first()
    assert (case.place, case.region, case.channel, case.reporter) == (PLACE, STREET, "whistleblower", None)
    assert case.code in sent.content.decode() and claim_in(sent)


def test_sent_twice_it_is_one_case_and_the_same_code(stage: Stage, client: Client):
    last, before = reached_the_last(client), Case.objects.count()
    first, again = (asked(client, last, openness="anonymous") for _ in range(2))
    assert claim_in(first) == claim_in(again) and Case.objects.count() == before + 1


def test_a_clock_that_runs_ahead_sends_the_same_twice(stage: Stage, client: Client):
    told = hidden(reached_the_last(client).content.decode())
    told |= {"opened": (timezone.now() + timedelta(hours=2)).isoformat(), "openness": "anonymous"}
    first = client.post("/report/", told)
    again = client.post("/report/", told)
    assert (first.status_code, again.status_code) == (201, 201) and claim_in(first) == claim_in(again)
    case = Case.objects.get(place=PLACE)
    assert case.found_at <= timezone.now()
    assert client.post("/report/", {**told, "note": "别的事"}).status_code == 409


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(stage: Stage, client: Client):
    page = asked(client, client.get("/report/"))
    assert page.status_code == 422 and "kind-fault" in page.content.decode()
    where = asked(client, client.get("/report/"), kind=KIND)
    page = asked(client, where, region="", place=PLACE)
    assert page.status_code == 422 and f'value="{PLACE}"' in page.content.decode()
    last = reached_the_last(client)
    page = asked(client, last, openness="named", note="推不开门", picture=PICTURE("a.jpg", BEFORE.data))
    told = page.content.decode()
    assert page.status_code == 422 and "推不开门" in told and hidden(told)["photo"]
    sent = asked(client, page, openness="named", name="吕秀英", note="推不开门")
    assert sent.status_code == 201
    from shouwang.domains.files.queries import attachments_of

    case = Case.objects.order_by("-reported_at").first()
    assert len(attachments_of(case.county, case.id)) == 1


def test_a_photo_that_waited_too_long_is_asked_for_again_and_not_dropped_in_silence(stage: Stage, client: Client):
    last = reached_the_last(client)
    page = asked(client, last, openness="named", note="推不开门", picture=PICTURE("a.jpg", BEFORE.data))
    let_go(now=timezone.now() + LASTS + HOUR)
    before = Case.objects.count()
    page = asked(client, page, openness="named", name="吕秀英", note="推不开门")
    told = page.content.decode()
    assert page.status_code == 422 and "照片" in told and "推不开门" in told and Case.objects.count() == before
    assert "photo" not in hidden(told)
    assert asked(client, page, openness="named", name="吕秀英").status_code == 201


def test_what_no_browser_sends_is_told_beside_its_field_and_writes_nowhere(stage, client, settings):
    where = asked(client, client.get("/report/"), kind=KIND)
    page = asked(client, where, region=STREET, place="7号\x00楼")
    assert page.status_code == 422 and "place-fault" in page.content.decode()
    page = asked(client, where, region=STREET, place=Case.objects.get(id=stage.cases["next"]).place, key="a\x00b")
    assert page.status_code == 200
    for region in ("../../", "../"):
        sent = {"step": "what", "region": region, "picture": PICTURE("a.jpg", BEFORE.data)}
        assert client.post("/report/", sent).status_code == 422
    assert not [one for folder in (settings.HOME, settings.HOME.parent) for one in folder.glob("?" * 64)]


def test_one_source_lets_forty_photos_wait_in_an_hour_and_no_more(stage: Stage, client: Client):
    last = reached_the_last(client)
    for n in range(41):
        page = asked(client, last, openness="named", picture=PICTURE("a.jpg", BEFORE.data))
        assert page.status_code == 422 and ("photo" in hidden(page.content.decode())) == (n < 40)


def test_back_keeps_what_was_answered(stage: Stage, client: Client):
    page = asked(client, reached_the_last(client), back="where", note="推不开门")
    assert f'value="{PLACE}"' in page.content.decode() and hidden(page.content.decode())["note"] == "推不开门"


def test_a_likely_one_is_offered_before_sending_and_joined_or_not(stage: Stage, client: Client):
    here = stage.cases["next"]
    case = Case.objects.get(id=here)
    page = reached_the_last(client, place=case.place)
    told = page.content.decode()
    assert case.code in told and "就是这一处" in told and "孙玉兰" not in told
    before = Case.objects.count()
    joined = asked(client, asked(client, page, join=case.code), openness="anonymous", note="晚上也堵")
    assert joined.status_code == 201 and Case.objects.count() == before
    assert Contribution.objects.filter(case=case, openness="anonymous").count() == 1
    other = asked(client, asked(client, page, distinct="1"), openness="anonymous", key="another-key")
    assert other.status_code == 201 and Case.objects.count() == before + 1


def test_one_source_is_stopped_after_twenty_in_an_hour_and_its_address_is_kept_nowhere(stage, client, caplog):
    for n in range(20):
        last = reached_the_last(client, place=f"第{n}处", kind="other")
        assert asked(client, last, openness="anonymous", distinct="1").status_code == 201
    last = reached_the_last(client, place="再一处", kind="other")
    stopped = asked(client, last, openness="anonymous")
    assert stopped.status_code == 429 and "12345" in stopped.content.decode()
    assert "127.0.0.1" not in caplog.text
    assert not any("127.0.0.1" in str(key) for key in cache._cache)  # type: ignore[attr-defined]


def test_the_own_code_shows_the_answer_and_disputes_once(stage: Stage, client: Client):
    claim = claim_in(asked(client, reached_the_last(client), openness="confidential", name="吕秀英"))
    case = Case.objects.order_by("-reported_at").first()
    now = case.reported_at
    cuizhe = stage.cast["cuizhe"]
    advance_hazard(cuizhe, case.id, Move(act="submit", photos=(AFTER,)), now=now + HOUR)
    advance_hazard(stage.cast["zhangzhiqiang"], case.id, Move(act="pass"), now=now + 2 * HOUR)
    advance_hazard(cuizhe, case.id, Move(act="answer", note="旧家具已搬走"), now=now + 3 * HOUR)
    own = client.post("/look/", {"code": claim.lower().replace("-", " ")})
    told = own.content.decode()
    assert own.status_code == 200 and "旧家具已搬走" in told and "吕秀英" not in told and "隐患还在" in told
    # The code of the case is shown to whoever reports something like it: it does not open the answer.
    assert "旧家具已搬走" not in client.get(f"/look/{case.code}/").content.decode()
    bare = client.post("/look/own/", {"claim": claim, "note": "还堵着"})
    assert bare.status_code == 409 and "缺少现在的照片" in bare.content.decode() and "还堵着" in bare.content.decode()
    said = client.post("/look/own/", {"claim": claim, "note": "还堵着", "picture": PICTURE("a.jpg", BEFORE.data)})
    assert said.status_code == 200 and "重新打开" in said.content.decode()
    assert Case.objects.get(id=case.id).state == "rectifying"
    assert client.post("/look/own/", {"claim": "2403-AAAA-AAAA-AAAA"}).status_code == 404


@pytest.mark.parametrize("width, tongue", [(320, "ko"), (1440, "zh-hans")])
def test_every_page_is_open_to_all_and_whole_without_script(stage, live_server, screen: Screen, width, tongue):
    page = screen(live_server.url, width=width)
    page.goto(f"/language/{tongue}/?next=/report/")
    assert page.locator("html").get_attribute("lang") == tongue
    whole(page)
    page.locator("label.tile").first.click()
    page.locator("button.go").click()
    expect(page.locator("#place")).to_be_visible()
    whole(page)
    page.select_option("#region", STREET)
    page.fill("#place", "北苑楼道")
    page.locator("button.go").click()
    whole(page)
    if page.locator("button[name=distinct]").count():
        page.locator("button[name=distinct]").click()
    expect(page.locator("#note")).to_be_visible()
    whole(page)
    page.fill("#name", "吕秀英")
    page.locator("button.go").click()
    expect(page.locator(".code-big")).to_be_visible()
    whole(page)
    claim = page.locator(".code-big").inner_text()
    page.goto("/look/")
    page.fill("#code", claim)
    page.locator("button.go").click()
    whole(page)


def whole(page) -> None:
    assert faults_of(page) == []
    assert spilt(page) == []
