"""新增证据: each reader gets each piece of evidence, once its moment has come, whoever's clock is fast or slow."""

from datetime import timedelta

import pytest

from shouwang.domains.ledger.queries import advance
from shouwang.domains.ledger.reading import tail
from shouwang.domains.ledger.sealing import seal_county
from tests.domains.ledger_story import NOON, reported

pytestmark = pytest.mark.django_db
COUNTY = "222405"
HOUR = timedelta(hours=1)


def read(*, now, limit=100):
    """Sealed a moment ago; which cases a round learns of, by when they were reported."""
    seal_county(COUNTY, now=now)
    seen, marks = tail(COUNTY, "judging", now=now, limit=limit)
    for reader, position in marks.items():
        advance(COUNTY, reader, position, now=now)
    return sorted({one.recorded_at for one in seen})


def test_what_a_fast_clock_wrote_holds_up_no_other_and_is_read_in_its_time():
    reported(at=NOON + 5 * HOUR)
    assert read(now=NOON) == []
    reported(at=NOON)
    assert read(now=NOON + HOUR) == [NOON]
    reported(at=NOON + 7 * HOUR)
    assert read(now=NOON + 2 * HOUR) == []
    assert read(now=NOON + 6 * HOUR) == [NOON + 5 * HOUR]
    reported(at=NOON + 6 * HOUR)
    assert read(now=NOON + 7 * HOUR) == [NOON + 6 * HOUR, NOON + 7 * HOUR]
    assert read(now=NOON + 8 * HOUR) == []


def test_what_the_slower_of_two_workers_did_not_know_is_read_again():
    """It judges without what the other has read already, so that has to be looked at once more."""
    reported(at=NOON + 2 * HOUR)
    assert read(now=NOON + 3 * HOUR) == [NOON + 2 * HOUR]
    reported(at=NOON)
    assert read(now=NOON + HOUR) == [NOON]
    assert read(now=NOON + 3 * HOUR) == [NOON + 2 * HOUR]
    assert read(now=NOON + 4 * HOUR) == []


def test_what_comes_by_pieces_comes_once():
    for hour in (0, 9, 1, 2):
        reported(at=NOON + hour * HOUR)
        seal_county(COUNTY, now=NOON)
    found = [read(now=NOON + 3 * HOUR, limit=1) for _ in range(5)]
    assert found == [[NOON], [], [NOON + HOUR], [NOON + 2 * HOUR], []]
    assert read(now=NOON + 9 * HOUR) == [NOON + 9 * HOUR]
