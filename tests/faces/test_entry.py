"""The entry in a browser without scripts: in, on to the page asked for, out; never to another host."""

from datetime import timedelta

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from shouwang.domains.people.demo import DEMO_PASSWORD
from shouwang.domains.people.services import appoint, enrol_person
from shouwang.faces.sign_in import COOKIE
from tests.cast import GRID
from tests.faces.entry_story import ENTRY, KEEPER, PASSWORD, person, seen_by, sign_in, with_codes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_hashing(settings):
    settings.PASSWORD_HASHERS = ["tests.quick_hashing.Quick"]


def test_who_signs_in_is_known_from_then_on(client):
    person("liming")
    answer = sign_in(client, "liming")
    assert (answer.status_code, answer.url) == (302, "/")
    assert seen_by(client) == "李明"


def test_the_token_is_out_of_reach_of_scripts_and_other_sites(client, settings):
    person("liming")
    settings.HTTPS = True
    cookie = sign_in(client, "liming").cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)


def test_a_wrong_password_is_told_beside_its_field_and_nothing_is_handed_over(client):
    person("liming")
    answer = sign_in(client, "liming", "Tumen-2026")
    assert answer.status_code == 422
    assert answer.context["form"].errors["password"] and COOKIE not in answer.cookies
    assert 'aria-describedby="id_password_error"' in answer.content.decode()
    assert PASSWORD not in answer.content.decode() and "Tumen-2026" not in answer.content.decode()


def test_a_token_known_before_signing_in_is_worth_nothing_afterwards(client):
    """Session fixation: a token planted in the browser is not the one that is raised."""
    person("liming")
    client.cookies[COOKIE] = "222403.planted"
    sign_in(client, "liming")
    assert client.cookies[COOKIE].value != "222403.planted"
    thief = Client()
    thief.cookies[COOKIE] = "222403.planted"
    assert seen_by(thief) == ""


def test_signing_in_as_another_ends_the_first_session(client):
    person("liming")
    person("cuizhe")
    sign_in(client, "liming")
    first = client.cookies[COOKIE].value
    sign_in(client, "cuizhe")
    assert seen_by(client) == "崔哲"
    client.cookies[COOKIE] = first
    assert seen_by(client) == ""


def test_a_stranger_comes_back_to_the_page_asked_for(client):
    person("cuizhe")
    asked = client.get("/office/hazards/?state=assigned")
    assert asked.status_code == 302 and asked.url.startswith(ENTRY)
    page = client.get(asked.url)
    assert sign_in(client, "cuizhe", next=page.context["next"]).url == "/office/hazards/?state=assigned"


@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
    ],
)
def test_nobody_is_led_to_another_host(client, evil):
    person("liming")
    assert client.get(ENTRY, {"next": evil}).context["next"] == ""
    assert sign_in(client, "liming", next=evil).url == "/"
    assert client.get(ENTRY, {"next": evil}).url == "/"


def test_signing_out_forgets_the_session_on_both_sides(client):
    person("liming")
    sign_in(client, "liming")
    token = client.cookies[COOKIE].value
    assert client.get("/entry/out/").status_code == 405, "a link must not sign anybody out"
    client.post("/entry/out/")
    assert client.cookies[COOKIE].value == ""
    client.cookies[COOKIE] = token
    assert seen_by(client) == ""


def test_a_form_of_another_site_is_refused():
    strict = Client(enforce_csrf_checks=True)
    person("liming")
    assert sign_in(strict, "liming").status_code == 403


def test_another_system_asks_with_a_bearer_token(client):
    person("liming")
    sign_in(client, "liming")
    answer = Client().get(
        "/entry/account/", headers={"Authorization": f"Bearer {client.cookies[COOKIE].value}"}
    )
    assert answer.status_code == 200


def test_a_bad_bearer_token_is_not_made_good_by_a_cookie(client):
    person("liming")
    sign_in(client, "liming")
    assert client.get("/entry/account/", headers={"Authorization": "Bearer 222403.x"}).status_code == 302


def test_recognising_a_person_takes_one_statement_and_static_files_none(client, django_assert_num_queries):
    person("liming")
    sign_in(client, "liming")
    with django_assert_num_queries(1):
        client.get("/language/ko/")
    with django_assert_num_queries(0):
        client.get("/static/house.css")


def test_an_office_gives_its_code_and_sees_nothing_before(client):
    _, phone = with_codes("hanxue")
    answer = sign_in(client, "hanxue", next="/office/")
    assert answer.url == "/entry/code/?next=%2Foffice%2F"
    assert client.get("/office/").status_code == 302 and seen_by(client) == ""
    assert client.get("/entry/password/").url == "/entry/code/"
    half = client.cookies[COOKIE].value
    done = client.post(answer.url, {"code": phone.at(timezone.now()), "next": "/office/"})
    assert done.url == "/office/" and client.cookies[COOKIE].value != half
    assert seen_by(client) == "韩雪"


def test_a_wrong_code_is_told_and_the_page_stays(client):
    with_codes("hanxue")
    sign_in(client, "hanxue")
    answer = client.post("/entry/code/", {"code": "not it"})
    assert answer.status_code == 422 and answer.context["form"].errors["code"]


def test_an_office_without_codes_is_shown_a_picture_to_scan(client):
    person("hanxue")
    answer = client.get(sign_in(client, "hanxue").url)
    offer = answer.context["offer"]
    assert answer.context["picture"].startswith("data:image/svg+xml")
    wrong = client.post("/entry/enrol/", {"code": "000", "sealed": offer.sealed})
    assert wrong.status_code == 422 and wrong.context["offer"].secret == offer.secret
    right = pyotp.TOTP(offer.secret).at(timezone.now())
    assert client.post("/entry/enrol/", {"code": right, "sealed": offer.sealed}).url == "/"
    assert seen_by(client) == "韩雪"


def test_a_sealed_key_that_was_tampered_with_leads_nowhere(client):
    person("hanxue")
    sign_in(client, "hanxue")
    assert client.post("/entry/enrol/", {"code": "000000", "sealed": "AAAA"}).status_code == 302


def test_an_old_password_is_changed_on_the_way_in(client):
    person("liming", age=timedelta(days=91))
    assert sign_in(client, "liming").url == "/entry/password/"
    unlike = {"old": PASSWORD, "new": "Hailan-River-7", "again": "Hailan-River-8"}
    assert client.post("/entry/password/", unlike).context["form"].errors["again"]
    assert client.post("/entry/password/", {**unlike, "again": "Hailan-River-7"}).url == "/"
    assert seen_by(client) == "李明"


def test_without_a_session_the_steps_lead_to_the_sign_in(client):
    for step in ("code", "enrol", "password", "account"):
        assert client.get(f"/entry/{step}/").url.startswith(ENTRY)


def test_the_page_then_speaks_the_language_of_the_account(client):
    person("piaoyingshun")
    sign_in(client, "piaoyingshun")
    assert client.get("/entry/account/").headers["Content-Language"] == "ko"


def test_a_language_chosen_before_is_kept(client):
    person("piaoyingshun")
    client.get("/language/en/")
    sign_in(client, "piaoyingshun")
    assert client.get("/entry/account/").headers["Content-Language"] == "en"


def test_entry_pages_are_kept_by_no_cache(client):
    person("liming")
    assert "no-store" in client.get(ENTRY).headers["Cache-Control"]
    sign_in(client, "liming")
    assert "no-store" in client.get("/entry/account/").headers["Cache-Control"]


def test_a_demo_offers_its_accounts_and_each_opens_with_one_click(client, settings):
    now = timezone.now()
    shown = enrol_person(
        login="demo", name="金花", region=GRID, by=KEEPER, at=now, password=DEMO_PASSWORD, demo="5 网格员"
    )
    appoint(shown, kind="grid_member", department="grid", region=GRID, territory=(GRID,),
            since=timezone.localdate(now), by=KEEPER, at=now)  # fmt: skip
    settings.DEMO = False
    assert "金花" not in client.get(ENTRY).content.decode()
    settings.DEMO = True
    page = client.get(ENTRY)
    assert "金花" in page.content.decode() and DEMO_PASSWORD in page.content.decode()
    sign_in(client, "demo", page.context["offered"].password)
    assert seen_by(client) == "金花"
