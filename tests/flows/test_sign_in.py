"""Signing in by password: who gets in, who does not, and what a guesser learns: nothing."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from shouwang.domains.ledger.minting import mint
from shouwang.domains.people import passwords
from shouwang.domains.people.models import Person, Session, SignIn
from shouwang.domains.people.services import enrol_person, link, lock, set_password, unlock
from shouwang.flows.refusal import Unfit
from shouwang.flows.sign_in import by_password, by_subject, leave
from tests.cast import COUNTY, GRID
from tests.flows.sign_in_story import KEEPER, MINUTE, MONDAY, PASSWORD, held, is_open, person
from tests.prefectures import here

pytestmark = pytest.mark.django_db


def refused(login, password, *, now=MONDAY):
    with pytest.raises(Unfit) as no:
        by_password(login, password, now=now)
    return no.value.fields["password"]


def outcomes():
    return list(SignIn.objects.order_by("at", "id").values_list("outcome", flat=True))


def test_a_grid_member_signs_in_with_the_password_alone():
    liming = person("liming")
    entry = by_password("liming", PASSWORD, now=MONDAY)
    assert (entry.owes, entry.person) == ("", liming.id)
    assert [post.kind for post in held(entry).actor.posts] == [here("grid_member")]
    assert outcomes() == ["passed"]


def test_the_login_may_be_typed_carelessly_and_with_its_county():
    person("liming")
    assert by_password(" LiMing ", PASSWORD, now=MONDAY).owes == ""
    assert by_password(f"liming@{COUNTY}", PASSWORD, now=MONDAY).owes == ""
    refused("liming@222401", PASSWORD)


def test_the_browser_keeps_the_token_and_the_table_only_its_hash():
    person("liming")
    entry = by_password("liming", PASSWORD, now=MONDAY)
    secret = entry.token.split(".")[1]
    assert len(secret) >= 43
    assert secret not in str(Session.objects.values_list().get())


def test_an_unknown_login_and_a_wrong_password_are_told_the_same():
    person("liming")
    assert refused("liming", "Tumen-2026") == refused("nobody", PASSWORD)
    assert sorted(outcomes()) == ["unknown", "wrong"]


def test_what_was_typed_as_an_unknown_login_is_not_kept():
    """People type their password into the field above."""
    refused(PASSWORD, "liming")
    assert PASSWORD.lower() not in str(SignIn.objects.values_list().get()).lower()


class Counted(PBKDF2PasswordHasher):
    """Counts how often a password is put through the mill."""

    iterations = 500
    turns = 0

    def encode(self, *args, **kwargs):
        type(self).turns += 1
        return super().encode(*args, **kwargs)


def test_refusing_an_unknown_login_costs_as_much_as_a_wrong_password(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
    passwords._nobodys.cache_clear()
    person("liming")
    without = enrol_person(login="guest", name="客人", region=COUNTY, by=KEEPER, at=MONDAY)
    refused("warm-up", "x")
    turns = []
    for login in ("liming", "nobody", without.login):
        Counted.turns = 0
        refused(login, "Tumen-2026")
        turns.append(Counted.turns)
    passwords._nobodys.cache_clear()
    assert turns == [1, 1, 1]


def test_an_account_without_a_password_has_none_that_fits():
    enrol_person(login="guest", name="客人", region=COUNTY, by=KEEPER, at=MONDAY)
    refused("guest", "")
    refused("guest", "nobody")


@pytest.mark.parametrize("security, tries, minutes", [("dengbao3", 5, 30), ("asvs", 10, 15)])
def test_too_many_failures_close_the_account_for_a_while(settings, security, tries, minutes):
    settings.SECURITY_PROFILE = security
    person("liming")
    for n in range(tries):
        refused("liming", "Tumen-2026", now=MONDAY + n * timedelta(seconds=1))
    last = MONDAY + (tries - 1) * timedelta(seconds=1)
    assert str(minutes) in refused("liming", PASSWORD, now=last)
    refused("liming", PASSWORD, now=last + minutes * MINUTE - timedelta(seconds=1))
    assert by_password("liming", PASSWORD, now=last + minutes * MINUTE).owes == ""


def test_an_unknown_login_closes_like_a_known_one():
    person("liming")
    told = {login: [refused(login, "Tumen-2026") for _ in range(7)] for login in ("liming", "nobody")}
    assert told["liming"] == told["nobody"]
    assert told["nobody"][4] != told["nobody"][5]


def test_a_success_forgets_the_failures_before_it():
    person("liming")
    for n in range(4):
        refused("liming", "Tumen-2026", now=MONDAY + n * MINUTE)
    by_password("liming", PASSWORD, now=MONDAY + 5 * MINUTE)
    for n in range(4):
        refused("liming", "Tumen-2026", now=MONDAY + (6 + n) * MINUTE)
    assert by_password("liming", PASSWORD, now=MONDAY + 11 * MINUTE).owes == ""


def test_trying_on_while_locked_does_not_lock_for_longer():
    person("liming")
    for _ in range(5):
        refused("liming", "Tumen-2026")
    for n in range(29):
        refused("liming", PASSWORD, now=MONDAY + n * MINUTE)
    assert by_password("liming", PASSWORD, now=MONDAY + 30 * MINUTE).owes == ""


def test_guesses_not_concluded_yet_count_as_failures():
    """A crowd of parallel guesses meets the same limit as a queue of them."""
    liming = person("liming")
    for _ in range(5):
        SignIn.objects.create(
            id=mint(MONDAY), county=COUNTY, region=COUNTY, login="liming", person=liming.id, means="password",
            outcome="begun", at=MONDAY,
        )  # fmt: skip
    assert "30" in refused("liming", PASSWORD)


def test_the_security_administrator_opens_a_locked_account():
    liming = person("liming")
    for _ in range(5):
        refused("liming", "Tumen-2026")
    unlock(liming, by=KEEPER, at=MONDAY)
    assert by_password("liming", PASSWORD, now=MONDAY + MINUTE).owes == ""


def test_a_closed_account_is_refused_and_its_sessions_end():
    liming = person("liming")
    entry = by_password("liming", PASSWORD, now=MONDAY)
    lock(liming, by=KEEPER, at=MONDAY)
    assert not is_open(entry.token)
    assert refused("liming", PASSWORD) == refused("nobody", PASSWORD)
    unlock(Person.objects.get(login="liming"), by=KEEPER, at=MONDAY)
    assert not is_open(entry.token), "an ended session stays ended"


@pytest.mark.parametrize("security, owes", [("dengbao3", "password"), ("asvs", "")])
def test_an_old_password_must_be_changed_only_where_the_profile_says_so(settings, security, owes):
    settings.SECURITY_PROFILE = security
    person("liming", at=MONDAY - timedelta(days=91))
    assert by_password("liming", PASSWORD, now=MONDAY).owes == owes


def test_a_password_that_somebody_else_gave_must_be_changed_at_once(settings):
    settings.SECURITY_PROFILE = "asvs"
    set_password(person("liming"), "Tumen-River-2026", by=KEEPER, at=MONDAY)
    entry = by_password("liming", "Tumen-River-2026", now=MONDAY)
    assert entry.owes == "password" and not is_open(entry.token)


@pytest.mark.parametrize("security, idle", [("dengbao3", 30), ("asvs", 60)])
def test_a_session_left_alone_ends(settings, security, idle):
    settings.SECURITY_PROFILE = security
    person("liming")
    token = by_password("liming", PASSWORD, now=MONDAY).token
    assert is_open(token, now=MONDAY + idle * MINUTE - timedelta(seconds=1))
    assert not is_open(token, now=MONDAY + idle * MINUTE)


def test_signing_out_ends_the_session_for_good():
    person("liming")
    token = by_password("liming", PASSWORD, now=MONDAY).token
    leave(token, now=MONDAY)
    assert not is_open(token)


def test_demo_accounts_open_nothing_where_there_is_no_demo(settings):
    enrol_person(
        login="demo", name="李明", region=GRID, by=KEEPER, at=MONDAY, password=PASSWORD, demo="5 网格员"
    )
    settings.DEMO = False
    refused("demo", PASSWORD)
    settings.DEMO = True
    assert by_password("demo", PASSWORD, now=MONDAY + timedelta(days=400)).owes == ""


def test_only_who_is_linked_comes_in_from_outside():
    link(person("liming"), "oidc:8f2c", by=KEEPER, at=MONDAY)
    assert by_subject("oidc:8f2c", now=MONDAY).owes == ""
    for stranger in ("oidc:8f2d", "ticket:8f2c", "oidc:", ""):
        with pytest.raises(Unfit):
            by_subject(stranger, now=MONDAY)


def test_an_identity_provider_does_not_open_a_closed_account():
    liming = person("liming")
    link(liming, "oidc:8f2c", by=KEEPER, at=MONDAY)
    lock(liming, by=KEEPER, at=MONDAY)
    with pytest.raises(Unfit):
        by_subject("oidc:8f2c", now=MONDAY)
