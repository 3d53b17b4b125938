"""Posts are evidence: announced with the act that gives them, taken back when their term is over, once each."""

from datetime import date, timedelta

import pytest

from shouwang.domains.ledger.acts import Act, keep
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.models import Evidence, Line
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.people.models import Post
from shouwang.domains.people.services import deputise, end_post
from shouwang.flows.keep_house import catch_up
from tests.cast import COUNTY, PACK, STREET
from tests.domains.people_story import NOON, OFFICE, TODAY, appointed, enrolled

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def told(post: Post) -> list[tuple[date, dict[str, object]]]:
    """What was announced of a post, oldest first: the day it is true from, and the facts."""
    rows = Evidence.objects.filter(county=post.county, kind="people.appointed", subject=post.id).order_by("id")
    return [((row.occurred_at + timedelta(hours=8)).date(), row.facts) for row in rows]


def test_a_post_is_announced_by_the_act_that_gives_it():
    post = appointed(enrolled())
    assert told(post) == [(post.since, {"post": "station_head"})]
    row = Evidence.objects.get(subject=post.id)
    assert (row.region, row.recorded_at) == (STREET, NOON)
    assert row.line == Line.objects.get(object=post.id, act="appoint").id


def test_a_post_that_begins_next_week_is_announced_next_week():
    post = appointed(enrolled(), since=TODAY + 7 * DAY)
    catch_up(now=NOON)
    catch_up(now=NOON + 6 * DAY)
    assert told(post) == []
    catch_up(now=NOON + 7 * DAY)
    catch_up(now=NOON + 8 * DAY)
    assert told(post) == [(TODAY + 7 * DAY, {"post": "station_head"})]


def test_a_term_with_an_end_is_taken_back_the_day_after():
    post = appointed(enrolled(), until=TODAY + DAY)
    catch_up(now=NOON + DAY)
    assert len(told(post)) == 1
    catch_up(now=NOON + 2 * DAY)
    catch_up(now=NOON + 3 * DAY)
    assert told(post)[1:] == [(TODAY + 2 * DAY, {"post": "station_head", "withdrawn": True})]


def test_whoever_leaves_today_holds_the_post_until_midnight():
    post = appointed(enrolled())
    end_post(post, last_day=TODAY, by=OFFICE, at=NOON)
    catch_up(now=NOON)
    assert len(told(post)) == 1
    catch_up(now=NOON + DAY)
    assert told(post)[1:] == [(TODAY + DAY, {"post": "station_head", "withdrawn": True})]


def test_an_end_that_is_past_is_taken_back_by_its_own_act():
    post = appointed(enrolled())
    end_post(post, last_day=TODAY - 3 * DAY, by=OFFICE, at=NOON + MINUTE)
    assert told(post)[1:] == [(TODAY - 2 * DAY, {"post": "station_head", "withdrawn": True})]
    assert Evidence.objects.latest("id").line == Line.objects.get(object=post.id, act="end_post").id
    end_post(post, last_day=TODAY + DAY, by=OFFICE, at=NOON + 2 * MINUTE)
    assert told(post)[2:] == [(post.since, {"post": "station_head"})]


def test_a_deputy_holds_no_post_of_his_own():
    post = appointed(enrolled())
    stand_in = deputise(
        post, enrolled("zhaolei", "赵磊"), since=TODAY, until=TODAY + 5 * DAY, by=OFFICE, at=NOON
    )
    catch_up(now=NOON + DAY)
    assert told(stand_in) == []


def test_posts_from_before_posts_were_announced_are_found_once():
    """As an earlier version left them: a row and its line, and no evidence."""
    person = enrolled()
    held = _unannounced(person, until=None)
    over = _unannounced(person, until=TODAY - DAY)
    catch_up(now=NOON)
    catch_up(now=NOON + 5 * MINUTE)
    catch_up(now=NOON + DAY)
    assert told(held) == [(date(2026, 1, 1), {"post": "station_staff"})]
    assert told(over) == []
    line = Line.objects.get(act="tend_terms")
    assert (line.count, line.actor, Evidence.objects.get(subject=held.id).line) == (1, None, line.id)


def test_what_was_announced_is_sealed_and_an_edit_is_found():
    _unannounced(enrolled(), until=None)
    catch_up(now=NOON)
    assert verify(COUNTY).faults == []
    Evidence.objects.filter(kind="people.appointed").update(facts={"post": "county_leader"})
    assert [fault.what for fault in verify(COUNTY).faults] == ["row edited"]


def test_a_round_without_a_new_day_asks_once(django_assert_num_queries):
    from shouwang.domains.people.terms import tend_terms
    from shouwang.policy import load

    appointed(enrolled())
    tend_terms(COUNTY, pack=load(PACK), now=NOON)
    with django_assert_num_queries(1):
        assert tend_terms(COUNTY, pack=load(PACK), now=NOON + MINUTE) == 0


def _unannounced(person, *, until: date | None) -> Post:
    post = Post(
        id=mint(NOON), county=COUNTY, region=STREET, salt=salt(), person=person, kind="station_staff",
        department="fire_station", territory=[STREET], since=date(2026, 1, 1), until=until,
    )  # fmt: skip
    keep(Act(room="people", name="appoint", region=STREET, at=NOON, pack=PACK), subject=post)
    return post
