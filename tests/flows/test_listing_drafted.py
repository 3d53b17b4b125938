"""挂牌请示: a major hazard is put to the government; the house writes the draft, a person answers for it."""

from datetime import timedelta

import pytest

from shouwang.domains.hazards.models import Case
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.letters.models import Letter
from shouwang.domains.letters.queries import subjects_of
from shouwang.flows.draft_listing import draft_listing
from shouwang.flows.keep_house import catch_up, round_of_work
from shouwang.flows.regrade_hazard import Stated, regrade_hazard
from tests.cast import COUNTY
from tests.flows.adoption_story import bring_in_counties
from tests.letter_story import Office
from tests.prefectures import here

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
FOUND_MAJOR = Stated(discussed_on="2026-11-02", names="赵国栋、韩雪、崔哲", found_major=True, note="出口全部锁死")


@pytest.fixture
def office(cast, settings, tmp_path):
    settings.HOME = tmp_path
    bring_in_counties()
    return Office(cast)


def major(office, place):
    case = office.late_case(place=place)
    regrade_hazard(office.cast["zhaoguodong"], case, FOUND_MAJOR, now=office.now + HOUR)
    return case


def requests():
    return list(Letter.objects.filter(kind=here("opinion")).order_by("id"))


def test_the_request_is_there_without_anybody_asking_for_it(office):
    case = major(office, "福寿养老院二层")
    catch_up(now=office.now + HOUR)
    round_of_work(now=office.now + 3 * HOUR)
    (letter,) = requests()
    assert (letter.state, letter.to_post, letter.to_body) == ("drafted", here("county_leader"), COUNTY)
    assert letter.hands == []
    assert letter.title and letter.opening and subjects_of(letter) == {case}
    assert letter.number == "" and letter.issued_at is None
    catch_up(now=office.now + 4 * HOUR)
    assert verify(COUNTY).faults == []


def test_one_draft_takes_up_the_next_and_nothing_twice(office):
    first, second = major(office, "福寿养老院二层"), None
    assert draft_listing(COUNTY, now=office.now + HOUR) == 1
    assert draft_listing(COUNTY, now=office.now + 2 * HOUR) == 0
    second = major(office, "白山小区3号楼")
    draft_listing(COUNTY, now=office.now + 3 * HOUR)
    (letter,) = requests()
    assert subjects_of(letter) == {first, second}


def test_a_person_sends_it_and_the_government_decides(office):
    case = major(office, "福寿养老院二层")
    draft_listing(COUNTY, now=office.now + HOUR)
    office.now += 2 * HOUR
    (letter,) = requests()
    office.act("hanxue", letter, "approve")
    office.act("zhaoguodong", letter, "issue")
    office.act("guoqiang", letter, "decide", decision="listed")
    assert draft_listing(COUNTY, now=office.now + HOUR) == 0 and len(requests()) == 1
    assert Case.objects.get(id=case).state == "assigned"


def test_what_an_office_withdrew_is_not_drafted_again(office):
    major(office, "福寿养老院二层")
    draft_listing(COUNTY, now=office.now + HOUR)
    office.now += 2 * HOUR
    office.act("zhaoguodong", requests()[0], "withdraw", words="已当场消除")
    assert draft_listing(COUNTY, now=office.now + HOUR) == 0 and len(requests()) == 1


def test_what_is_general_or_ended_is_not_put_to_anybody(office):
    office.late_case()
    ended = major(office, "白山小区3号楼")
    Case.objects.filter(id=ended).update(state="closed")
    assert draft_listing(COUNTY, now=office.now + HOUR) == 0 and requests() == []
