"""The command `shouwang user`, as whoever runs the machine meets it."""

import json

import pytest
from click.testing import CliRunner

from shouwang.config.commands.user import user
from shouwang.domains.people.passwords import faults, right
from shouwang.domains.people.profiles import profile
from shouwang.domains.people.queries import account
from tests.cast import COUNTY, GRID, STREET

pytestmark = pytest.mark.django_db


def run(*words, code=0, **more):
    result = CliRunner().invoke(user, [*map(str, words)], **more)
    assert result.exit_code == code, result.output
    return result.output


def said(*words, **more):
    return json.loads(run(*words, "--json", **more))


def enrolled(login="wangfang", region=STREET):
    return said("add", login, "--name", "王芳", "--region", region)


def test_the_first_password_is_good_for_one_sign_in():
    told, person = enrolled(), account("wangfang")
    assert right(told["password"], person)
    assert person.password_at is None, "somebody else made it up, so another must be chosen"
    assert faults(told["password"], login="wangfang", name="王芳", rules=profile()) == []


def test_who_comes_by_an_identity_provider_has_no_password():
    told = said("add", "wangfang", "--name", "王芳", "--region", STREET, "--no-password")
    assert "password" not in told and account("wangfang").password == ""


@pytest.mark.parametrize(
    "words, field",
    [
        (("Wang Fang", "--name", "王芳", "--region", STREET), "login"),
        (("wangfang", "--name", " ", "--region", STREET), "name"),
        (("wangfang", "--name", "王芳", "--region", "2224"), "region"),
        (("wangfang", "--name", "王芳", "--region", STREET, "--language", "fr"), "language"),
    ],
)
def test_what_cannot_be_an_account_is_refused_by_field(words, field):
    assert run("add", *words, code=1).startswith(f"Error: {field}: ")


def test_a_login_is_given_once():
    enrolled()
    assert "login:" in run("add", "wangfang", "--name", "王方", "--region", "222401", code=1)


def test_a_post_is_given_stood_in_for_and_ended():
    enrolled(), enrolled("lihua")
    post = said("appoint", "wangfang", "station_head", "--region", STREET, "--since", "2026-01-01")
    assert post["territory"] == [STREET] and post["until"] is None
    stood = said("deputise", post["id"], "lihua", "--since", "2026-11-24", "--until", "2026-11-30")
    assert (stood["kind"], stood["deputy_of"]) == ("station_head", post["id"])
    ended = said("end", "wangfang", post["id"], "--on", "2026-12-31")
    assert ended["until"] == "2026-12-31"


def test_a_post_the_plan_does_not_know_is_refused():
    enrolled()
    assert "kind:" in run("appoint", "wangfang", "king", "--region", STREET, code=1)
    assert "region:" in run("appoint", "wangfang", "station_head", "--region", "222401001", code=1)


def test_a_password_may_come_by_stdin_and_must_fit_the_profile():
    enrolled()
    assert "password:" in run("password", "wangfang", "--stdin", code=1, input="short\n")
    run("password", "wangfang", "--stdin", input="Guard-the-gate-7\n")
    assert right("Guard-the-gate-7", account("wangfang"))


def test_an_account_is_closed_and_opened_again():
    enrolled()
    assert said("lock", "wangfang")["active"] is False
    assert "closed" in run("list")
    assert said("unlock", "wangfang")["active"] is True


def test_the_list_shows_people_of_an_area_with_the_posts_held_today():
    enrolled(), enrolled("lihua", region="222401001")
    said("appoint", "wangfang", "grid_member", "--region", GRID, "--since", "2026-01-01")
    [only] = said("list", "--below", COUNTY)
    assert (only["login"], [post["kind"] for post in only["posts"]]) == ("wangfang", ["grid_member"])


def test_a_subject_belongs_to_one_person():
    enrolled(), enrolled("lihua")
    assert said("link", "wangfang", "oidc:7f3a")["subject"] == "oidc:7f3a"
    assert "subject:" in run("link", "lihua", "oidc:7f3a", code=1)
    assert "subject:" in run("link", "lihua", "7f3a", code=1)


@pytest.mark.parametrize("words", [("lock",), ("password",), ("totp-reset",), ("appoint",)])
def test_an_account_nobody_knows_is_named(words):
    more = ("station_head", "--region", STREET) if words == ("appoint",) else ()
    assert "there is no account nobody" in run(*words, "nobody", *more, code=1)
