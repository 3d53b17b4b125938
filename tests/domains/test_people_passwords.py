"""What a profile asks of a password, and how a lost one is told from an unknown account: not at all."""

from datetime import timedelta

import pytest
from django.utils import translation

from shouwang.domains.people import passwords
from shouwang.domains.people.models import Person
from shouwang.domains.people.passwords import faults, overdue, right
from shouwang.domains.people.profiles import PROFILES, profile
from shouwang.domains.people.services import By, set_password
from tests.cast import PACK
from tests.domains.people_story import NOON, OFFICE, enrolled, entered, seen

DENGBAO, ASVS = PROFILES["dengbao3"], PROFILES["asvs"]


def told(password, rules, login="wangfang", name="王芳"):
    with translation.override("en"):
        return faults(password, login=login, name=name, rules=rules)


@pytest.mark.parametrize(
    "password, dengbao3, asvs",
    [
        ("Guard-the-gate-7", True, True),
        ("guardthegateseven", False, True),
        ("Gate-7-x", True, False),
        ("Gate-7", False, False),
        ("守望相助Fire119", True, False),
        ("守望相助远亲不如近邻好处多", False, True),
        ("Password123!" + "x" * 117, False, False),
    ],
    ids=[
        "both",
        "long but plain",
        "short but mixed",
        "too short",
        "three kinds",
        "a Chinese sentence",
        "endless",
    ],
)
def test_the_profiles_differ(password, dengbao3, asvs):
    assert (told(password, DENGBAO) == [], told(password, ASVS) == []) == (dengbao3, asvs)


@pytest.mark.parametrize(
    "password, words",
    [
        ("Ab-1", "at least 8 characters"),
        ("abcdefghijk", "three of these four"),
        ("Wangfang-2026", "login or the name"),
        ("王芳-Abc-2026", "login or the name"),
        ("Trustno1", "Too many people"),
    ],
)
def test_every_fault_is_said(password, words):
    assert any(words in fault for fault in told(password, DENGBAO))


def test_several_faults_are_told_at_once():
    assert len(told("wangfang", ASVS)) == 2


def test_a_name_of_one_sign_forbids_nothing():
    assert told("李子树-Abc-2026", DENGBAO, name="李") == []


@pytest.mark.parametrize("name", ["dengbao3", "asvs"])
def test_the_setting_chooses_the_profile(settings, name):
    settings.SECURITY_PROFILE = name
    assert profile() is PROFILES[name]


class TestAge:
    def test_of_dengbao_ends_after_ninety_days(self):
        person = Person(password_at=NOON)
        assert not overdue(person, rules=DENGBAO, now=NOON + timedelta(days=90))
        assert overdue(person, rules=DENGBAO, now=NOON + timedelta(days=90, seconds=1))

    def test_of_asvs_never(self):
        assert not overdue(Person(password_at=NOON), rules=ASVS, now=NOON + timedelta(days=9000))

    @pytest.mark.parametrize("rules", [DENGBAO, ASVS], ids=["dengbao3", "asvs"])
    def test_a_password_somebody_else_gave_is_too_old_at_once(self, rules):
        assert overdue(Person(password_at=None), rules=rules, now=NOON)


@pytest.mark.django_db
class TestChecking:
    def test_the_right_one_opens_and_no_other(self):
        person = enrolled(password="Guard-the-gate-7")
        assert right("Guard-the-gate-7", person)
        assert not right("guard-the-gate-7", person)
        assert not right("", person)

    @pytest.mark.parametrize("given", ["", "nobody", "Guard-the-gate-7"])
    def test_without_a_password_or_an_account_nothing_does(self, given):
        assert not right(given, None)
        assert not right(given, enrolled())

    def test_an_unknown_account_is_hashed_as_often_as_a_known_one(self, monkeypatch):
        """Counted, not timed: a clock would lie on a busy machine."""
        hashed, check = [], passwords.check_password
        monkeypatch.setattr(passwords, "check_password", lambda *a: hashed.append(a[1]) or check(*a))
        known = enrolled(password="Guard-the-gate-7")
        for person in (known, enrolled("lihua", "李华"), None):
            right("wrong", person)
        algorithms = {one.rsplit("$", 2)[0].rsplit("$", 1)[0] for one in hashed}
        assert len(hashed) == 3 and len(algorithms) == 1 and all(hashed)

    def test_the_password_itself_is_nowhere_in_the_database(self):
        assert "Guard" not in enrolled(password="Guard-the-gate-7").password


@pytest.mark.django_db
class TestChanging:
    def test_ends_the_other_sessions(self):
        person = enrolled(password="Guard-the-gate-7")
        here, there = entered(person), entered(person)
        own = By(actor=person.id, post="", pack=PACK)
        set_password(person, "Another-gate-8", by=own, at=NOON, but=seen(here).session)
        assert seen(here) and seen(there) is None
        assert Person.objects.get(id=person.id).password_at == NOON

    def test_by_an_administrator_ends_all_and_must_be_changed(self):
        person = enrolled(password="Guard-the-gate-7")
        token = entered(person)
        set_password(person, "Another-gate-8", by=OFFICE, at=NOON)
        assert seen(token) is None
        assert Person.objects.get(id=person.id).password_at is None
