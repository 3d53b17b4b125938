"""派单通知: whoever a case is given to is told once, by the house itself, however often it begins anew."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import transaction

from shouwang.domains.duties.models import Notice
from shouwang.domains.ledger.models import Cursor
from shouwang.domains.ledger.services import seal_and_fold
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.report_hazard import Photo, Report, report_hazard
from shouwang.flows.tell_given import READER, tell_given
from shouwang.simulation.pictures import photo
from tests.cast import COUNTY, GRID, STREET
from tests.prefectures import here

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


def reported(actor, *, now=TUESDAY, **more):
    told = {"key": f"t-{now.timestamp()}", "region": GRID, "kind": here("exit_blocked"), "found_at": now, **more}
    return report_hazard(actor, Report(**told), now=now).case


def told(cast, sort="given"):
    """{(login, case): how often}"""
    by_id = {actor.id: login for login, actor in cast.items()}
    rows = Notice.objects.filter(sort=sort).order_by("id")
    return sorted((by_id[row.recipient], row.subject) for row in rows)


def work(now):
    seal_and_fold(now=now)
    return tell_given(COUNTY, now=now)


def test_the_station_is_told_of_what_was_given_to_it_once(cast):
    case = reported(cast["liming"])
    work(TUESDAY)
    assert told(cast) == [("cuizhe", case.id), ("zhangzhiqiang", case.id)]
    events = {row.event for row in Notice.objects.all()}
    assert len(events) == 1 and work(TUESDAY + HOUR) == 0
    assert told(cast) == [("cuizhe", case.id), ("zhangzhiqiang", case.id)]


def test_what_is_not_sealed_yet_is_told_later_not_never(cast):
    case = reported(cast["liming"])
    assert tell_given(COUNTY, now=TUESDAY) == 0 and told(cast) == []
    work(TUESDAY + HOUR)
    assert {subject for _, subject in told(cast)} == {case.id}


def test_a_worker_that_dies_in_between_tells_the_same_event_again_and_nothing_twice(cast):
    case = reported(cast["liming"])
    seal_and_fold(now=TUESDAY)

    class Killed(Exception):
        pass

    with pytest.raises(Killed), transaction.atomic():
        tell_given(COUNTY, now=TUESDAY)
        first = {row.event for row in Notice.objects.all()}
        raise Killed
    assert told(cast) == [] and not Cursor.objects.filter(reader=READER).exists()
    tell_given(COUNTY, now=TUESDAY + HOUR)
    assert {row.event for row in Notice.objects.all()} == first and len(told(cast)) == 2
    assert {row.subject for row in Notice.objects.all()} == {case.id}


def test_whoever_gives_it_to_another_is_not_told_but_the_other_is(cast):
    case = reported(cast["liming"])
    work(TUESDAY)
    move = Move(act="reassign", note="归住建", department=here("housing"), body=COUNTY)
    advance_hazard(cast["hanxue"], case.id, move, now=TUESDAY + HOUR)
    work(TUESDAY + 2 * HOUR)
    assert ("zhoumin", case.id) in told(cast) and len(told(cast)) == 3


def test_what_was_fixed_on_the_spot_or_ended_meanwhile_or_is_old_is_no_news(cast):
    after = Photo(data=photo(Random(1), cleared=True), purpose="after")
    reported(cast["liming"], fixed=True, photos=(after,))
    ended = reported(cast["liming"], now=TUESDAY + HOUR)
    advance_hazard(cast["zhangzhiqiang"], ended.id, Move(act="reject", note="重复上报"), now=TUESDAY + 2 * HOUR)
    work(TUESDAY + 3 * HOUR)
    reported(cast["liming"], now=TUESDAY + DAY)
    work(TUESDAY + 12 * DAY)
    assert told(cast) == []


def test_nobody_of_another_place_is_told(cast):
    reported(cast["liming"])
    work(TUESDAY)
    assert {login for login, _ in told(cast)} == {"cuizhe", "zhangzhiqiang"}
    assert {row.region for row in Notice.objects.all()} == {GRID} and GRID.startswith(STREET)
