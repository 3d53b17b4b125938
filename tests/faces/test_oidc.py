"""The unified sign-in, against a real OpenID Connect provider on this machine."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.test import Client
from django.utils import timezone
from oidc_provider_mock import User, run_server_in_thread

from shouwang.domains.people.services import link
from shouwang.faces.sign_in import COOKIE
from tests.faces.entry_story import KEEPER, person, seen_by, with_codes

pytestmark = pytest.mark.django_db
HERE = "http://testserver/entry/oidc/back/"


@pytest.fixture
def provider(settings, monkeypatch):
    """A provider that knows two people; it believes only clients that name themselves."""
    monkeypatch.setenv("NO_PROXY", "localhost")
    known = [User(sub="8f2c", claims={"name": "李明", "work_card": "YB-0017"}), User(sub="9a11", claims={})]
    with run_server_in_thread(require_nonce=True, user_claims=known) as server:
        address = f"http://localhost:{server.server_port}"
        settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = (
            address,
            "shouwang",
            "secret",
        )
        settings.OIDC_CLAIM = "sub"
        yield address


@pytest.fixture(autouse=True)
def quick_hashing(settings):
    settings.PASSWORD_HASHERS = ["tests.quick_hashing.Quick"]


def sent_away(client, **asked):
    """Where the browser is sent, and what it is told to say there."""
    answer = client.get("/entry/oidc/", asked)
    assert answer.status_code == 302
    return answer.url, {name: values[0] for name, values in parse_qs(urlsplit(answer.url).query).items()}


def vouched(url, sub="8f2c"):
    """The person agrees at the provider, which sends the browser back with a code."""
    answer = httpx.post(url, data={"sub": sub}, trust_env=False)
    assert answer.status_code == 302, answer.text
    back = answer.headers["location"]
    assert back.startswith(HERE)
    return back


def test_who_is_linked_comes_in_and_on_to_the_page_asked_for(client, provider):
    link(person("liming"), "oidc:8f2c", by=KEEPER, at=timezone.now())
    url, _ = sent_away(client, next="/phone/")
    assert client.get(vouched(url)).url == "/phone/"
    assert seen_by(client) == "李明"


def test_what_we_send_binds_the_answer_to_this_browser(client, provider):
    url, said = sent_away(client)
    assert url.startswith(f"{provider}/oauth2/authorize")
    assert (said["response_type"], said["code_challenge_method"], said["redirect_uri"]) == (
        "code",
        "S256",
        HERE,
    )
    assert min(len(said[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    again, other = sent_away(client)
    assert all(said[name] != other[name] for name in ("state", "nonce", "code_challenge"))


def test_nobody_comes_in_unlinked(client, provider):
    person("liming")
    answer = client.get(vouched(sent_away(client)[0]))
    assert answer.status_code == 403 and answer.context["fault"] and seen_by(client) == ""


def test_an_office_still_gives_its_code(client, provider):
    hanxue, _ = with_codes("hanxue")
    link(hanxue, "oidc:9a11", by=KEEPER, at=timezone.now())
    assert client.get(vouched(sent_away(client)[0], sub="9a11")).url == "/entry/code/"
    assert seen_by(client) == ""


def test_another_claim_may_name_the_person(client, provider, settings):
    settings.OIDC_CLAIM = "work_card"
    link(person("liming"), "oidc:YB-0017", by=KEEPER, at=timezone.now())
    assert client.get(vouched(sent_away(client)[0])).url == "/"
    assert seen_by(client) == "李明"


def test_an_answer_carried_to_another_browser_is_refused(client, provider):
    """A link that would sign a victim in as the attacker."""
    link(person("liming"), "oidc:8f2c", by=KEEPER, at=timezone.now())
    back = vouched(sent_away(client)[0])
    victim = Client()
    assert victim.get(back).status_code == 400 and COOKIE not in victim.cookies
    sent_away(victim)
    assert victim.get(back).status_code == 400


def test_an_answer_works_once(client, provider):
    link(person("liming"), "oidc:8f2c", by=KEEPER, at=timezone.now())
    back = vouched(sent_away(client)[0])
    assert client.get(back).status_code == 302
    client.post("/entry/out/")
    assert client.get(back).status_code == 400


def test_a_code_of_another_journey_is_not_believed(client, provider):
    """The nonce in the token is that of the journey it was asked for."""
    link(person("liming"), "oidc:8f2c", by=KEEPER, at=timezone.now())
    stolen = parse_qs(urlsplit(vouched(sent_away(Client())[0])).query)["code"][0]
    _, said = sent_away(client)
    answer = client.get("/entry/oidc/back/", {"code": stolen, "state": said["state"]})
    assert answer.status_code == 403 and seen_by(client) == ""


def test_a_made_up_code_is_not_believed(client, provider):
    _, said = sent_away(client)
    assert client.get("/entry/oidc/back/", {"code": "made-up", "state": said["state"]}).status_code == 403


def test_breaking_off_there_is_told_here(client, provider):
    _, said = sent_away(client)
    answer = client.get("/entry/oidc/back/", {"error": "access_denied", "state": said["state"]})
    assert answer.status_code == 403 and answer.context["fault"]


def test_a_provider_that_calls_itself_otherwise_is_not_believed(client, provider, settings):
    """The same server under another name says another issuer than the one it is asked for."""
    settings.OIDC_ISSUER = provider.replace("localhost", "LOCALHOST")
    assert client.get("/entry/oidc/").status_code == 502


def test_a_provider_that_does_not_answer_is_said_so_and_the_login_still_stands_there(
    client, provider, settings
):
    settings.OIDC_ISSUER = "http://localhost:9"
    answer = client.get("/entry/oidc/")
    assert answer.status_code == 502 and answer.context["form"].fields["password"]


def test_where_no_provider_is_set_there_is_no_such_way_in(client, settings):
    settings.OIDC_ISSUER = ""
    assert client.get("/entry/oidc/").status_code == client.get("/entry/oidc/back/").status_code == 404
    assert "/entry/oidc/" not in client.get("/entry/").content.decode()
