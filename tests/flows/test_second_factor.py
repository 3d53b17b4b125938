"""The second factor of offices: set up once, asked for each time, no code opens twice."""

import pyotp
import pytest

from shouwang.domains.people.models import Person, SignIn
from shouwang.domains.people.profiles import profile
from shouwang.domains.people.queries import signed_in
from shouwang.domains.people.services import link, reset_code
from shouwang.flows.own_account import accept_code, offer_code, same_offer
from shouwang.flows.refusal import Unfit
from shouwang.flows.sign_in import by_password, by_subject, give_code
from tests.flows.sign_in_story import (
    KEEPER,
    MINUTE,
    MONDAY,
    PASSWORD,
    TODAY,
    held,
    is_open,
    person,
    with_codes,
)

pytestmark = pytest.mark.django_db


def code_refused(session, code, *, now=MONDAY):
    with pytest.raises(Unfit) as no:
        give_code(session, code, now=now)
    return no.value.fields["code"]


@pytest.mark.parametrize("security", ["dengbao3", "asvs"])
@pytest.mark.parametrize(
    "login, owes",
    [
        ("liming", ""),
        ("cuizhe", ""),
        ("zhoumin", "enrol"),
        ("hanxue", "enrol"),
        ("quanzhenhu", "enrol"),
        ("luoping", "enrol"),
        ("liuyang", ""),
    ],
)
def test_county_and_prefecture_posts_need_a_code_and_those_below_do_not(settings, security, login, owes):
    settings.SECURITY_PROFILE = security
    person(login)
    assert by_password(login, PASSWORD, now=MONDAY).owes == owes


def test_before_the_code_the_session_opens_nothing():
    with_codes("hanxue")
    entry = by_password("hanxue", PASSWORD, now=MONDAY)
    assert entry.owes == "code" and not is_open(entry.token)


def test_the_right_code_opens_under_a_new_token():
    _, phone = with_codes("hanxue")
    half = by_password("hanxue", PASSWORD, now=MONDAY)
    whole = give_code(held(half), phone.at(MONDAY), now=MONDAY)
    assert is_open(whole.token)
    assert signed_in(half.token, now=MONDAY, day=TODAY, idle=profile().idle) is None


def test_a_code_that_was_used_opens_no_second_session():
    _, phone = with_codes("hanxue")
    code = phone.at(MONDAY)
    give_code(held(by_password("hanxue", PASSWORD, now=MONDAY)), code, now=MONDAY)
    again = held(by_password("hanxue", PASSWORD, now=MONDAY))
    assert code_refused(again, code) != code_refused(again, "000000")
    assert "used" in SignIn.objects.values_list("outcome", flat=True)


def test_a_phone_half_a_minute_off_is_believed_and_one_further_off_is_not():
    _, phone = with_codes("hanxue")
    session = held(by_password("hanxue", PASSWORD, now=MONDAY))
    code_refused(session, phone.at(MONDAY - 2 * MINUTE))
    slow = phone.at(MONDAY - MINUTE / 2)
    assert is_open(give_code(session, f" {slow[:3]} {slow[3:]} ", now=MONDAY).token)


def test_codes_cannot_be_guessed_for_long():
    _, phone = with_codes("hanxue")
    session = held(by_password("hanxue", PASSWORD, now=MONDAY))
    wrong = f"{(int(phone.at(MONDAY)) + 1) % 1_000_000:06}"
    told = [code_refused(session, wrong) for _ in range(5)]
    assert code_refused(session, phone.at(MONDAY)) not in told
    with pytest.raises(Unfit):
        by_password("hanxue", PASSWORD, now=MONDAY)


def test_giving_the_password_again_does_not_buy_more_guesses():
    _, phone = with_codes("hanxue")
    wrong = f"{(int(phone.at(MONDAY)) + 1) % 1_000_000:06}"
    for _ in range(5):
        code_refused(held(by_password("hanxue", PASSWORD, now=MONDAY)), wrong)
    with pytest.raises(Unfit):
        by_password("hanxue", PASSWORD, now=MONDAY)


def test_an_office_sets_up_its_codes_at_the_first_sign_in():
    person("hanxue")
    session = held(by_password("hanxue", PASSWORD, now=MONDAY))
    offer = offer_code(session)
    assert offer.secret in offer.address and offer.secret not in offer.sealed
    entry = accept_code(session, sealed=offer.sealed, code=pyotp.TOTP(offer.secret).at(MONDAY), now=MONDAY)
    assert is_open(entry.token)
    assert by_password("hanxue", PASSWORD, now=MONDAY + MINUTE).owes == "code"


def test_the_code_that_set_them_up_does_not_open_another_session():
    person("hanxue")
    session = held(by_password("hanxue", PASSWORD, now=MONDAY))
    offer = offer_code(session)
    code = pyotp.TOTP(offer.secret).at(MONDAY)
    accept_code(session, sealed=offer.sealed, code=code, now=MONDAY)
    code_refused(held(by_password("hanxue", PASSWORD, now=MONDAY)), code)


def test_a_wrong_first_code_sets_nothing_up():
    person("hanxue")
    session = held(by_password("hanxue", PASSWORD, now=MONDAY))
    offer = offer_code(session)
    with pytest.raises(Unfit):
        accept_code(session, sealed=offer.sealed, code="12345", now=MONDAY)
    assert same_offer(session, offer.sealed).secret == offer.secret
    assert bytes(Person.objects.get(login="hanxue").totp) == b""


def test_an_offer_made_to_somebody_else_is_not_taken():
    person("hanxue")
    person("zhoumin")
    offer = offer_code(held(by_password("zhoumin", PASSWORD, now=MONDAY)))
    with pytest.raises(Unfit):
        same_offer(held(by_password("hanxue", PASSWORD, now=MONDAY)), offer.sealed)


def test_who_has_codes_cannot_be_given_others_by_a_thief_of_the_password():
    with_codes("hanxue")
    with pytest.raises(Unfit):
        offer_code(held(by_password("hanxue", PASSWORD, now=MONDAY)))


def test_a_key_is_kept_encrypted_and_opens_for_its_owner_only():
    hanxue, phone = with_codes("hanxue")
    zhoumin = person("zhoumin")
    assert phone.secret.encode() not in bytes(hanxue.totp)
    Person.objects.filter(pk=zhoumin.pk).update(totp=hanxue.totp)
    code_refused(held(by_password("zhoumin", PASSWORD, now=MONDAY)), phone.at(MONDAY))


def test_a_lost_phone_is_forgiven_by_the_security_administrator():
    hanxue, _ = with_codes("hanxue")
    entry = by_password("hanxue", PASSWORD, now=MONDAY)
    reset_code(hanxue, by=KEEPER, at=MONDAY)
    assert signed_in(entry.token, now=MONDAY, day=TODAY, idle=profile().idle) is None
    assert by_password("hanxue", PASSWORD, now=MONDAY).owes == "enrol"


def test_an_identity_provider_does_not_replace_the_code_of_an_office():
    hanxue, phone = with_codes("hanxue")
    link(hanxue, "oidc:8f2c", by=KEEPER, at=MONDAY)
    entry = by_subject("oidc:8f2c", now=MONDAY)
    assert entry.owes == "code"
    assert is_open(give_code(held(entry), phone.at(MONDAY), now=MONDAY).token)
