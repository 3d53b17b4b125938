"""Who is signed in and what they hold that day: asked in one statement, and never remembered."""

from datetime import date, timedelta

import pytest

from shouwang.domains.people.models import Session
from shouwang.domains.people.services import deputise, end_post, lock
from shouwang.domains.people.sessions import end, end_all, renew, touch
from tests.cast import COUNTY, NEXT_STREET, STREET
from tests.domains.people_story import (
    LASTS,
    NEW_YEAR,
    NOON,
    OFFICE,
    TODAY,
    appointed,
    enrolled,
    entered,
    kinds_held,
    seen,
)

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def test_one_statement_tells_person_and_posts(django_assert_num_queries):
    person = enrolled(language="ko")
    appointed(person, territory=(STREET, NEXT_STREET))
    appointed(person, "grid_chief", department="grid")
    token = entered(person)
    with django_assert_num_queries(1):
        found = seen(token)
    assert (found.actor.name, found.actor.county, found.actor.language) == ("王芳", COUNTY, "ko")
    assert sorted(post.kind for post in found.actor.posts) == ["grid_chief", "station_head"]
    assert {post.territory for post in found.actor.posts} == {(STREET, NEXT_STREET), (STREET,)}


def test_without_a_post_one_is_somebody_who_sees_nothing():
    found = seen(entered(enrolled()))
    assert found.actor.posts == ()


@pytest.mark.parametrize(
    "since, until, held",
    [
        (NEW_YEAR, None, True),
        (TODAY, TODAY, True),
        (NEW_YEAR, TODAY - DAY, False),
        (TODAY + DAY, None, False),
    ],
    ids=["without end", "for this one day", "until yesterday", "from tomorrow"],
)
def test_a_post_is_held_from_its_first_day_to_its_last(since, until, held):
    person = enrolled()
    appointed(person, since=since, until=until)
    assert bool(kinds_held(entered(person))) is held


def test_a_post_ended_opens_nothing_from_the_next_day():
    person = enrolled()
    post = appointed(person)
    token = entered(person)
    end_post(post, last_day=TODAY, by=OFFICE, at=NOON)
    assert kinds_held(token, day=TODAY) == ["station_head"]
    assert kinds_held(token, day=TODAY + DAY) == []


class TestDeputies:
    """The head is away from the 24th to the 30th; a colleague stands in."""

    LAST = date(2026, 11, 30)

    @pytest.fixture
    def post(self):
        return appointed(enrolled(), territory=(STREET, NEXT_STREET))

    @pytest.fixture
    def token(self, post):
        deputy = enrolled("lihua", "李华")
        deputise(post, deputy, since=TODAY, until=self.LAST, by=OFFICE, at=NOON)
        return entered(deputy)

    def test_holds_the_same_post_over_the_same_areas(self, token):
        [post] = seen(token).actor.posts
        assert (post.kind, post.territory) == ("station_head", (STREET, NEXT_STREET))

    def test_only_while_the_holder_is_away(self, token):
        days = [TODAY - DAY, TODAY, self.LAST, self.LAST + DAY]
        assert [bool(kinds_held(token, day=day)) for day in days] == [False, True, True, False]

    def test_and_no_longer_than_the_post_itself(self, token, post):
        end_post(post, last_day=TODAY + DAY, by=OFFICE, at=NOON)
        assert kinds_held(token, day=TODAY + DAY) == ["station_head"]
        assert kinds_held(token, day=TODAY + 2 * DAY) == []


def test_a_session_ends_when_idle_when_old_and_when_left():
    person = enrolled()
    token = entered(person)
    assert seen(token, at=NOON + 29 * MINUTE)
    assert seen(token, at=NOON + 31 * MINUTE) is None
    found = seen(token)
    touch(person.county, found.session, seen_at=NOON, now=NOON + LASTS)
    assert seen(token, at=NOON + LASTS - MINUTE), "in use, it is not idle"
    assert seen(token, at=NOON + LASTS) is None, "but half a day is its whole life"
    other = entered(person)
    end(other, now=NOON)
    assert seen(other) is None


def test_a_session_in_use_is_written_at_most_once_a_minute(django_assert_num_queries):
    person = enrolled()
    found = seen(entered(person))
    with django_assert_num_queries(0):
        touch(person.county, found.session, seen_at=NOON, now=NOON + timedelta(seconds=59))
    with django_assert_num_queries(1):
        touch(person.county, found.session, seen_at=NOON, now=NOON + MINUTE)


def test_a_token_is_worthless_once_it_was_renewed():
    person = enrolled()
    old = entered(person, owes="code")
    assert seen(old).owes == "code"
    new = renew(person.county, seen(old).session, owes="", now=NOON)
    assert seen(old) is None and seen(new).owes == ""


def test_all_sessions_end_but_the_one_at_work():
    person, other = enrolled(), enrolled("lihua", "李华")
    here, phone, strangers = entered(person), entered(person), entered(other)
    assert end_all(person, now=NOON, but=seen(here).session) == 1
    assert seen(here) and seen(strangers) and seen(phone) is None


def test_a_closed_account_is_out_at_once():
    person = enrolled()
    token = entered(person)
    lock(person, by=OFFICE, at=NOON)
    assert seen(token) is None


def test_the_token_itself_is_nowhere_in_the_database():
    token = entered(enrolled())
    [session] = Session.objects.all()
    assert token.split(".")[1] not in session.token and len(session.token) == 64


@pytest.mark.parametrize("token", ["", ".", "222403", "222403.guess", "222401.", "x" * 5000, "' OR 1=1 --.x"])
def test_no_guess_is_a_session(token):
    entered(enrolled())
    assert seen(token) is None


def test_a_session_is_not_found_under_another_county():
    token = entered(enrolled())
    assert seen("222401." + token.split(".")[1]) is None
