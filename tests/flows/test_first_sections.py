"""A quarter in 渤海街道 by the shipped pack: what people enter meets what is owed, and nothing else does."""

from datetime import timedelta

import pytest

from shouwang.domains.duties.models import Standing
from shouwang.flows import plan_year
from shouwang.flows.enter_record import Entry, enter_record
from shouwang.flows.keep_house import catch_up
from shouwang.flows.record_papers import Paper
from shouwang.flows.settle_record import settle_record
from tests.cast import COUNTY, NEXT_STREET, STREET
from tests.flows.records_story import minutes
from tests.prefectures import only_in_yanbian
from tests.task_story import DAY, MONDAY, opened

pytestmark = [pytest.mark.django_db, *only_in_yanbian("a quarter by the duties of the shipped pack, one by one")]
LEADERS = {"held_on": "2026-11-12", "kind": "党政领导班子会", "topic": "防火",
           "on_hazards": "是", "on_forces": "是"}  # fmt: skip
STAFF = {"counted_on": "2026-11-16", "body": "消防工作站", "filled": "2", "vacant": "0", "full_time": "2"}
NEWCOMER = {"decided_on": "2026-11-16", "body": "消防工作站", "way": "招聘(招录)", "persons": "1"}
COURSE = {
    "held_on": "2026-11-19", "topic": "工作站岗前课", "kind": "岗前集中培训", "persons": "3",
    "audience": "消防工作站人员、消防工作站负责人",
}  # fmt: skip


@pytest.fixture
def street(settings, tmp_path, cast):
    settings.HOME = tmp_path
    return opened(cast, MONDAY, owed_since=MONDAY - 60 * DAY)


def enter(street, login, type_, values, *, region=STREET, paper=""):
    papers = (Paper(name=paper, data=minutes()),) if paper else ()
    key = f"{login}-{type_}-{len(street.cast)}-{street.now:%H%M%S%f}"
    told = Entry(key=key, type=type_, region=region, values=values, papers=papers)
    street.now += timedelta(minutes=1)
    return enter_record(street.cast[login], told, now=street.now).id


def verdicts(street, *duties, region=STREET, period=""):
    catch_up(now=street.now)
    rows = Standing.objects.filter(duty__in=duties, region=region, period=period)
    return {row.duty: row.verdict for row in rows}


def trained(street, added):
    catch_up(now=street.now)
    row = Standing.objects.get(duty="station_staff_trained", subject=added)
    return row.region, row.verdict


def codes(duty, region):
    return {reason["code"] for row in Standing.objects.filter(duty=duty, region=region) for reason in row.reasons}


def test_one_leaders_meeting_is_typed_once_and_proves_what_it_dealt_with(street):
    quarter, half = "2026-Q4", "2026-H2"
    assert verdicts(street, "leaders_meet_on_fire", period=quarter) == {"leaders_meet_on_fire": "due"}
    enter(street, "cuizhe", "meeting", LEADERS, paper="minutes")
    assert verdicts(street, "leaders_meet_on_fire", period=quarter) == {"leaders_meet_on_fire": "met"}
    topics = ("leaders_on_hazards", "leaders_on_forces", "leaders_on_facilities")
    assert verdicts(street, *topics, period=half) == dict(zip(topics, ("met", "met", "due"), strict=True))


def test_what_nobody_records_yet_is_neither_done_nor_missed(street):
    assert verdicts(street, "town_inspects", period="2026-Q4") == {"town_inspects": "undetermined"}
    assert codes("town_inspects", STREET) == {"evidence_unkept"}
    assert verdicts(street, "directory_verified", region=COUNTY) == {"directory_verified": "undetermined"}
    assert codes("directory_verified", COUNTY) == {"register_missing"}


def test_who_begins_today_has_time_to_enter_what_stands_since_long(street):
    """The plan is of 2023, but nobody could enter anything before the house was opened in 2026."""
    duty = "station_has_office"
    assert verdicts(street, duty) == {duty: "due"}
    street.now += 240 * DAY
    assert verdicts(street, duty) == {duty: "overdue"}
    office = {"in_use_since": "2023-05-10", "of": "消防工作站", "address": "渤海大街1号二楼", "dedicated": "是"}
    record = enter(street, "cuizhe", "premises", office)
    settle_record(street.cast["wangjianguo"], record, "confirm", now=street.now)
    assert verdicts(street, duty) == {duty: "met"}


def test_the_county_has_guided_every_street_only_when_it_came_to_each(street):
    duty = "lower_offices_guided_county"
    visit = {"held_on": "2026-11-16", "object": "消防工作站", "topic": "怎么填台账"}
    for area in (STREET, STREET):
        enter(street, "hanxue", "guidance_visit", visit | {"area": area}, region=COUNTY)
    assert verdicts(street, duty, region=COUNTY) == {duty: "due"}
    enter(street, "hanxue", "guidance_visit", visit | {"area": NEXT_STREET}, region=COUNTY)
    assert verdicts(street, duty, region=COUNTY) == {duty: "met"}


def test_full_time_staff_count_once_somebody_else_has_confirmed_them(street):
    record = enter(street, "cuizhe", "staffing", STAFF)
    assert verdicts(street, "station_staffed") == {"station_staffed": "due"}
    settle_record(street.cast["wangjianguo"], record, "confirm", now=street.now)
    assert verdicts(street, "station_staffed", "office_staffed_township") == {
        "station_staffed": "met",
        "office_staffed_township": "met",
    }


def test_whoever_joins_a_station_is_trained_before_the_days_are_over(street):
    added = enter(street, "zhangzhiqiang", "staff_added", NEWCOMER)
    street.now += DAY
    assert trained(street, added) == (COUNTY, "due")
    street.now += 3 * DAY
    enter(street, "zhaoguodong", "training", COURSE, region=COUNTY, paper="roll")
    assert trained(street, added) == (COUNTY, "met")


def test_the_year_is_planned_when_somebody_else_has_approved_it(street):
    seen = plan_year.Seen(region=STREET, year=2026)
    plan_year.start(street.cast["cuizhe"], STREET, 2026, now=street.now)
    plan_year.hand_in(street.cast["cuizhe"], seen, now=street.now)
    assert verdicts(street, "year_planned", period="2026") == {"year_planned": "overdue"}
    plan_year.approve(street.cast["wangjianguo"], seen, now=street.now)
    both = ("year_planned", "tasks_broken_down")
    assert verdicts(street, *both, period="2026") == {"year_planned": "met_late", "tasks_broken_down": "overdue"}


def test_a_task_force_says_when_it_ends_and_goes_when_its_time_is_over(street):
    force = {"set_up_on": "2026-11-16", "name": "冬防专班", "task": "冬春防火", "head": "韩雪", "until": "2026-12-18"}
    enter(street, "hanxue", "task_force", force, region=COUNTY)
    assert verdicts(street, "task_force_at_work", region=COUNTY, period="2026") == {"task_force_at_work": "met"}
    ended = Standing.objects.get(duty="task_force_dissolved", region=COUNTY)
    assert (ended.verdict, ended.due_at.astimezone(MONDAY.tzinfo).month) == ("due", 1)
