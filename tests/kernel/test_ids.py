"""Ids tell their time and sort by it."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import RFC_4122, UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.ids import day_of, moment_of, uuid7, uuid7_texts

BEIJING = timezone(timedelta(hours=8))
moments = st.datetimes(datetime(1970, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC))
entropy = st.binary(min_size=10, max_size=10)


def test_the_example_of_the_standard() -> None:
    at = datetime(2022, 2, 22, 14, 22, 22, tzinfo=timezone(timedelta(hours=-5)))
    assert uuid7(at, bytes.fromhex("0cc318c4dc0c0c07398f")) == UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")


@given(moments, entropy)
def test_an_id_is_of_version_seven_and_keeps_its_millisecond(at: datetime, dice: bytes) -> None:
    minted = uuid7(at, dice)
    assert (minted.version, minted.variant) == (7, RFC_4122)
    assert timedelta(0) <= at - moment_of(minted) < timedelta(milliseconds=1)


@given(moments, moments, entropy, entropy)
def test_a_later_millisecond_always_sorts_later(a: datetime, b: datetime, one: bytes, other: bytes) -> None:
    early, late = sorted((a, b))
    if late - early < timedelta(milliseconds=1):
        late = early + timedelta(milliseconds=1)
    first, second = uuid7(early, one), uuid7(late, other)
    assert first < second
    assert str(first) < str(second)
    assert first.bytes < second.bytes


@given(moments, entropy, entropy)
def test_only_the_six_bits_of_form_cost_entropy(at: datetime, one: bytes, other: bytes) -> None:
    kept = (0xFFF << 64) | ((1 << 62) - 1)
    same = int.from_bytes(one, "big") & kept == int.from_bytes(other, "big") & kept
    assert (uuid7(at, one) == uuid7(at, other)) is same


def test_the_day_is_the_day_of_the_place() -> None:
    minted = uuid7(datetime(2026, 3, 1, 23, 30, tzinfo=UTC), bytes(10))
    assert day_of(minted).isoformat() == "2026-03-01"
    assert day_of(minted, BEIJING).isoformat() == "2026-03-02"


@pytest.mark.parametrize(
    ("at", "dice", "field"),
    [
        (datetime(2026, 1, 1), bytes(10), "at"),
        (datetime(1969, 12, 31, tzinfo=UTC), bytes(10), "at"),
        (datetime(2026, 1, 1, tzinfo=UTC), bytes(9), "entropy"),
    ],
)
def test_what_cannot_be_an_id_is_refused_by_name(at: datetime, dice: bytes, field: str) -> None:
    with pytest.raises(ValueError, match=f"^{field}: "):
        uuid7(at, dice)


def test_an_id_without_time_is_not_asked_for_it() -> None:
    with pytest.raises(ValueError, match="version 7"):
        moment_of(uuid4())


@given(moments, st.lists(entropy, max_size=20))
def test_many_at_once_are_those_of_one_by_one_in_their_order(at: datetime, dice: list[bytes]) -> None:
    assert uuid7_texts(at, b"".join(dice)) == sorted(str(uuid7(at, one)) for one in dice)
