"""Acts on people: what they refuse, and that each stands in the ledger by one line."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from shouwang.domains.ledger.models import Line
from shouwang.domains.ledger.sealing import seal_county
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.people.misfit import Misfit
from shouwang.domains.people.models import Person, Post
from shouwang.domains.people.services import (
    deputise,
    end_post,
    enrol_code,
    link,
    lock,
    reset_code,
    set_password,
    unlock,
)
from tests.cast import COUNTY, GRID, STREET
from tests.domains.people_story import NEW_YEAR, NOON, OFFICE, TODAY, appointed, enrolled, entered, seen

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    """How slowly a password is hashed is the business of other stories."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def refused(act):
    with pytest.raises(Misfit) as no:
        act()
    assert no.value.reason
    return no.value.field


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"login": "W"}, "login"),
        ({"login": "王芳"}, "login"),
        ({"login": "wang fang"}, "login"),
        ({"login": "w" * 61}, "login"),
        ({"login": "wang@222403"}, "login"),
        ({"name": "  "}, "name"),
        ({"region": "2224030"}, "region"),
        ({"language": "fr"}, "language"),
    ],
)
def test_what_cannot_be_an_account(wrong, field):
    assert refused(lambda: enrolled(**wrong)) == field
    assert not Person.objects.exists() and not Line.objects.exists()


def test_a_login_names_one_person_in_the_whole_installation():
    enrolled()
    assert refused(lambda: enrolled(region="222401")) == "login"


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"kind": "king"}, "kind"),
        ({"department": "magic"}, "department"),
        ({"region": "222401001"}, "region"),
        ({"region": "22"}, "region"),
        ({"territory": ()}, "territory"),
        ({"territory": (STREET, "222401001")}, "territory"),
        ({"territory": ("222400",)}, "territory"),
        ({"until": NEW_YEAR - DAY}, "until"),
    ],
)
def test_what_cannot_be_a_post(wrong, field):
    person = enrolled()
    assert refused(lambda: appointed(person, **wrong)) == field
    assert not Post.objects.exists()


class TestWhoStandsIn:
    @pytest.fixture
    def post(self):
        return appointed(enrolled(), until=TODAY + 10 * DAY)

    def asked(self, post, deputy=None, *, since=TODAY, until=TODAY + DAY):
        deputy = deputy or enrolled("lihua", "李华")
        return deputise(post, deputy, since=since, until=until, by=OFFICE, at=NOON)

    def test_nobody_for_himself(self, post):
        assert refused(lambda: self.asked(post, post.person)) == "deputy"

    def test_nobody_beyond_the_term(self, post):
        assert refused(lambda: self.asked(post, until=TODAY + 11 * DAY)) == "until"

    def test_nobody_for_a_deputy(self, post):
        standing_in = self.asked(post)
        assert refused(lambda: self.asked(standing_in, enrolled("sunyu", "孙玉"))) == "post"

    def test_nobody_from_another_county(self, post):
        assert refused(lambda: self.asked(post, enrolled("lihua", "李华", "222401"))) == "region"


def test_a_post_cannot_end_before_it_began():
    post = appointed(enrolled())
    assert refused(lambda: end_post(post, last_day=NEW_YEAR - DAY, by=OFFICE, at=NOON)) == "until"


@pytest.mark.parametrize("subject", ["7f3a", "ldap:7f3a"])
def test_a_subject_says_where_it_comes_from(subject):
    person = enrolled()
    assert refused(lambda: link(person, subject, by=OFFICE, at=NOON)) == "subject"


def test_a_subject_is_one_persons_until_it_is_taken_away():
    person, other = enrolled(), enrolled("lihua", "李华")
    link(person, "oidc:7f3a", by=OFFICE, at=NOON)
    assert refused(lambda: link(other, "oidc:7f3a", by=OFFICE, at=NOON)) == "subject"
    link(person, "", by=OFFICE, at=NOON)
    link(other, "oidc:7f3a", by=OFFICE, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(id=person.id).update(subject="oidc:7f3a")


def lived():
    """A year of one account, every act in it once."""
    person, deputy = enrolled(password="Guard-the-gate-7"), enrolled("lihua", "李华")
    post = appointed(person)
    appointed(deputy, "grid_member", GRID, department="grid")
    deputise(post, deputy, since=TODAY, until=TODAY + DAY, by=OFFICE, at=NOON)
    set_password(person, "Another-gate-8", by=OFFICE, at=NOON)
    enrol_code(person, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", by=OFFICE, at=NOON)
    reset_code(person, by=OFFICE, at=NOON)
    link(person, "oidc:7f3a", by=OFFICE, at=NOON)
    lock(person, by=OFFICE, at=NOON)
    unlock(person, by=OFFICE, at=NOON)
    end_post(post, last_day=TODAY + 5 * DAY, by=OFFICE, at=NOON)
    return person


def test_every_act_is_one_line_and_all_of_it_verifies():
    lived()
    seal_county(COUNTY, now=NOON)
    report = verify(COUNTY)
    acts = Counter(Line.objects.values_list("act", flat=True))
    once = ["deputise", "set_password", "enrol_code", "reset_code", "link", "lock", "unlock", "end_post"]
    assert acts == {"enrol": 2, "appoint": 2, **dict.fromkeys(once, 1)}
    assert (report.faults, report.sealed, report.rows) == ([], 12, 7)
    assert {line.room for line in Line.objects.all()} == {"people"}


@pytest.mark.parametrize(
    "model, changed",
    [
        (Person, {"password": "pbkdf2_sha256$1$x$y"}),
        (Person, {"active": False}),
        (Person, {"totp": b"x"}),
        (Person, {"region": "222403002"}),
        (Post, {"territory": ["222403"]}),
        (Post, {"kind": "county_office"}),
        (Post, {"until": None}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else next(iter(value)),
)
def test_an_account_or_post_changed_past_the_acts_is_found(model, changed):
    person = lived()
    seal_county(COUNTY, now=NOON)
    rows = model.objects.filter(id=person.id) if model is Person else model.objects.filter(person=person)
    assert rows.update(**changed) == 1
    faults = verify(COUNTY).faults
    assert len(faults) == 1 and model._meta.label in f"{faults[0].what} {faults[0].detail}"


def test_secrets_stay_out_of_the_ledger():
    lived()
    told = " ".join(str(vars(line)) for line in Line.objects.all())
    assert "王芳" not in told and "wangfang" not in told and "JBSWY3DP" not in told


def test_an_account_closed_keeps_its_posts_and_comes_back_to_them():
    person = enrolled()
    post = appointed(person)
    lock(person, by=OFFICE, at=NOON)
    unlock(person, by=OFFICE, at=NOON)
    assert [held.id for held in seen(entered(person)).actor.posts] == [post.id]
