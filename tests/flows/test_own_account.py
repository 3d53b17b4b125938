"""One's own account: another password, and what each profile asks of it."""

from datetime import timedelta

import pytest

from shouwang.domains.ledger.models import Line
from shouwang.domains.people.models import Person
from shouwang.domains.people.services import reset_code
from shouwang.flows.own_account import change_password, own_posts, standing
from shouwang.flows.refusal import Unfit
from shouwang.flows.sign_in import by_password, give_code
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
from tests.prefectures import here

pytestmark = pytest.mark.django_db
BETTER = "Hailan-River-7"


def change_refused(session, new, *, old=PASSWORD):
    with pytest.raises(Unfit) as no:
        change_password(session, old=old, new=new, now=MONDAY)
    return no.value.fields


def test_the_new_password_opens_and_the_old_one_does_not():
    person("liming")
    session = held(by_password("liming", PASSWORD, now=MONDAY))
    entry = change_password(session, old=PASSWORD, new=BETTER, now=MONDAY)
    assert is_open(entry.token)
    assert by_password("liming", BETTER, now=MONDAY).owes == ""
    with pytest.raises(Unfit):
        by_password("liming", PASSWORD, now=MONDAY)


def test_changing_it_ends_every_other_session_and_renews_this_one():
    person("liming")
    phone = by_password("liming", PASSWORD, now=MONDAY)
    desk = by_password("liming", PASSWORD, now=MONDAY)
    entry = change_password(held(desk), old=PASSWORD, new=BETTER, now=MONDAY)
    assert [is_open(token) for token in (phone.token, desk.token, entry.token)] == [False, False, True]


def test_it_is_one_act_in_the_ledger_that_tells_no_password():
    liming = person("liming")
    session = held(by_password("liming", PASSWORD, now=MONDAY))
    change_password(session, old=PASSWORD, new=BETTER, now=MONDAY)
    line = Line.objects.get(object=liming.id, act="set_password")
    assert line.actor == liming.id and line.before and line.after != line.before


def test_an_account_that_changed_in_the_same_moment_is_said_and_nothing_is_written(monkeypatch):
    liming = person("liming")
    session = held(by_password("liming", PASSWORD, now=MONDAY))

    def meanwhile(*_: object, **__: object) -> list[str]:
        Person.objects.filter(id=liming.id).update(password="another")
        return []

    monkeypatch.setattr("shouwang.flows.own_account.faults", meanwhile)
    assert list(change_refused(session, BETTER)) == ["new"]
    assert not Line.objects.filter(object=liming.id, act="set_password").exists()


def test_an_old_password_is_changed_before_anything_else_and_then_all_is_open():
    person("liming", at=MONDAY - timedelta(days=91))
    session = held(by_password("liming", PASSWORD, now=MONDAY))
    entry = change_password(session, old=PASSWORD, new=BETTER, now=MONDAY)
    assert entry.owes == "" and is_open(entry.token)
    assert by_password("liming", BETTER, now=MONDAY + timedelta(days=89)).owes == ""


def test_a_code_that_is_owed_comes_before_the_password():
    hanxue, phone = with_codes("hanxue")
    later = MONDAY + timedelta(days=91)
    entry = by_password("hanxue", PASSWORD, now=later)
    assert entry.owes == "code,password"
    with pytest.raises(Unfit):
        change_password(held(entry, now=later), old=PASSWORD, new=BETTER, now=later)
    entry = give_code(held(entry, now=later), phone.at(later), now=later)
    assert entry.owes == "password" and not is_open(entry.token, now=later)
    entry = change_password(held(entry, now=later), old=PASSWORD, new=BETTER, now=later)
    assert is_open(entry.token, now=later)


@pytest.mark.parametrize("security", ["dengbao3", "asvs"])
@pytest.mark.parametrize(
    "new, takers",
    [
        (BETTER, ["dengbao3", "asvs"]),
        ("Ab3-xyz9", ["dengbao3"]),
        ("changbaishan tianchi", ["asvs"]),
        ("长白山天池风景真好看啊呀", ["asvs"]),
        ("Sh0rt-a", []),
        ("Xx-liming-2026", []),
        ("李明-Hailan-2026", []),
        ("123456qwerty", []),
        ("telechargement", []),
        (PASSWORD, []),
        ("Aa1-" * 33, []),
    ],
)
def test_what_each_profile_takes(settings, security, new, takers):
    settings.SECURITY_PROFILE = security
    person("liming")
    session = standing_session()
    if security in takers:
        assert is_open(change_password(session, old=PASSWORD, new=new, now=MONDAY).token)
    else:
        assert change_refused(session, new)["new"]


def standing_session(password=PASSWORD):
    return held(by_password("liming", password, now=MONDAY))


def test_the_present_password_is_needed_and_guessing_it_is_limited():
    person("liming")
    session = held(by_password("liming", PASSWORD, now=MONDAY - MINUTE))
    for _ in range(5):
        assert "old" in change_refused(session, BETTER, old="Tumen-2026")
    assert "password" in change_refused(session, BETTER)


def test_the_account_tells_how_one_signs_in():
    hanxue, _ = with_codes("hanxue")
    reset_code(hanxue, by=KEEPER, at=MONDAY + MINUTE)
    person("liming")
    actor = held(by_password("liming", PASSWORD, now=MONDAY)).actor
    told = standing(actor)
    assert (told.login, told.code, told.outside) == ("liming", False, False)
    assert [post.kind for post in own_posts(actor, on=TODAY)] == [here("grid_member")]
