"""Signals are kept once, in dense order, under a line that finds any edit; their fast form says what the model says."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from shouwang.domains.devices.models import Signal
from shouwang.domains.devices.queries import (
    LAST_SAYING,
    OF_SOURCES,
    heard_of_sources,
    last_position,
    last_saying,
    said_after,
)
from shouwang.domains.devices.receiving import COPY, KNOWN, keep_received
from shouwang.domains.devices.signal_text import COLUMNS, Received, Row
from shouwang.domains.ledger.digests import digest_of
from shouwang.domains.ledger.models import Line
from shouwang.domains.ledger.rows import stored
from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.ledger.verifying import verify
from tests.cast import COUNTY, GRID

AT = datetime(2026, 11, 26, 2, 0, 7, 250_000, tzinfo=UTC)
SALT = bytes(range(16))
TEXTS = some.text(some.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=40)
VALUES = some.one_of(TEXTS, some.integers(-(2**31), 2**31), some.none(), some.lists(TEXTS, max_size=3))
FACTS = some.dictionaries(TEXTS, VALUES)
MOMENTS = some.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=some.just(UTC))


def signal(number=1, **more):
    said = {
        "region": GRID, "source": "889", "device": None, "serial": number, "command": 2, "kind": 2, "number": 0,
        "sort": "fire", "raw": b"\1\2", "facts": {"note": "走廊\\\n\t\"", "flags": ["fire"]}, "device_at": AT,
        "received_at": AT, "fingerprint": number.to_bytes(16, "big"),
    }  # fmt: skip
    return Received(**(said | more))


def keep(*received, at=AT):
    return keep_received(COUNTY, list(received), way="gb26875", region=COUNTY, at=at, pack="test")


def test_the_copied_columns_are_those_of_the_model():
    assert set(COLUMNS) == set(stored(Signal).columns)


class FastForm(TestCase):
    """Both hand-written forms against the model, whatever a device says."""

    @trying(max_examples=60)
    @given(
        facts=FACTS, raw=some.binary(max_size=60), device=some.none() | some.uuids(), device_at=some.none() | MOMENTS,
        received_at=MOMENTS, serial=some.none() | some.integers(0, 65535), kind=some.none() | some.integers(0, 255),
        answers=some.none() | some.uuids(),
    )  # fmt: skip
    def test_it_is_stored_and_digested_as_the_model_says(self, **said):
        one = signal(**said)
        row = Row(one, id=str(uuid4()), line=str(uuid4()), county=COUNTY, position=7, way="gb26875", salt=SALT)
        with connection.cursor() as cursor, cursor.copy(COPY) as copy:
            copy.write(row.copied())
        kept = Signal.objects.get(id=UUID(row.here[0]))
        assert digest_of(kept) == row.digest(settings.DIGEST)
        assert (kept.facts, bytes(kept.raw), kept.device, kept.device_at) == (
            one.facts, one.raw, one.device, one.device_at,
        )  # fmt: skip
        assert (kept.serial, kept.kind, kept.answers, kept.received_at) == (
            one.serial, one.kind, one.answers, one.received_at,
        )  # fmt: skip
        kept.delete()


@pytest.mark.django_db
def test_a_repetition_is_kept_once_whenever_it_comes():
    assert keep(signal(1), signal(1), signal(2)) == 2
    assert keep(signal(2), signal(3)) == 1
    assert keep(signal(1, received_at=AT + timedelta(days=20))) == 0
    assert [one.position for one in said_after(COUNTY, -1)] == [0, 1, 2]
    assert last_position(COUNTY) == 2 and [one.serial for one in said_after(COUNTY, 1)] == [3]


@pytest.mark.django_db
def test_where_the_clock_stands_still_the_same_again_is_a_new_alarm():
    """After a restart at serial 0 with a clock that nobody set, two alarms may look alike."""
    window = timedelta(minutes=2)
    assert keep(signal(1, device_at=None, again_within=window)) == 1
    assert keep(signal(1, device_at=None, again_within=window, received_at=AT + timedelta(seconds=40))) == 0
    assert keep(signal(1, device_at=None, again_within=window, received_at=AT + timedelta(minutes=30))) == 1


@pytest.mark.django_db
def test_a_batch_is_one_line_and_any_edit_is_found():
    keep(*(signal(n) for n in range(1, 51)))
    keep(signal(99), at=AT + timedelta(seconds=1))
    assert list(Line.objects.filter(room="devices").order_by("id").values_list("act", "count")) == [
        ("receive", 50), ("receive", 1),
    ]  # fmt: skip
    seal_and_fold(now=AT)
    assert verify(COUNTY).faults == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE devices_signal SET sort = 'normal' WHERE county = %s AND position = 17", [COUNTY])
    assert {fault.what for fault in verify(COUNTY).faults} == {"row edited"}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM devices_signal WHERE county = %s AND position = 50", [COUNTY])
    assert len(verify(COUNTY).faults) == 2


@pytest.mark.django_db
def test_nothing_new_leaves_no_line():
    keep(signal(1))
    assert keep(signal(1)) == 0 and Line.objects.filter(room="devices").count() == 1


@pytest.mark.django_db
def test_before_the_table_has_statistics_a_repetition_is_looked_for_by_its_fingerprint_alone():
    """In the first minute of a storm a look through all signals of the county costs more with every delivery."""
    numbers = range(1, 4001)
    for first in range(0, 4000, 500):
        keep(*(signal(n) for n in numbers[first : first + 500]))
    prints = ",".join(n.to_bytes(16, "big").hex() for n in range(3900, 4100))
    since = ",".join(["-infinity"] * 200)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF) {KNOWN}", [COUNTY, prints, since, COUNTY])
        plan = "\n".join(line for [line] in cursor.fetchall())
        assert "devices_signal_repeated" in plan and "Seq Scan on devices_signal" not in plan, plan
        assert "devices_signal_of_line" not in plan and "devices_signal_of_source" not in plan, plan
        cursor.execute(KNOWN, [COUNTY, prints, since, COUNTY])
        last, known = cursor.fetchone()
    assert last == 3999 and {bytes(one) for one in known} == {n.to_bytes(16, "big") for n in range(3900, 4001)}


@pytest.mark.django_db
def test_before_the_table_has_statistics_one_device_is_looked_for_among_its_own_signals():
    """What may be a fire is heard ahead of a storm: the storm's signals must not be walked through for it."""
    for first in range(1, 4001, 500):
        keep(*(signal(n, source="1" if n % 500 else "2", sort="fault") for n in range(first, first + 500)))
    keep(signal(5000, source="2"))
    plans = []
    with connection.cursor() as cursor:
        for sql, values in (
            (LAST_SAYING, [["2", "3"], COUNTY, -1, 4000, ["fire"]]),
            (OF_SOURCES, [["2"], [-1], [4000], COUNTY, 5, 5]),
        ):
            cursor.execute(f"EXPLAIN (COSTS OFF) {sql}", values)
            plans.append("\n".join(line for [line] in cursor.fetchall()))
    assert all("devices_signal_of_source" in plan and "by_position" not in plan for plan in plans), plans
    assert last_saying(COUNTY, ["1", "2", "3"], ["fire"], after=-1, until=4000) == {"2": 4000}
    heard = heard_of_sources(COUNTY, {"2": (499, 3999), "1": (3996, 4000)}, limit=9)
    assert [one.position for one in heard] == [999, 1499, 1999, 2499, 2999, 3499, 3997, 3998, 3999]
    assert heard[0].facts["flags"] == ["fire"] and heard[0].received_at == AT and heard[0].device is None
