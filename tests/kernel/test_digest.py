"""Equal values digest alike whatever way they took; unequal ones never do."""

import hashlib
import hmac
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from types import MappingProxyType
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shouwang.kernel.digest import Sm3, canonical, keyed, maker, seal

SM3_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
SM3_ABCD_16 = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
BEIJING = timezone(timedelta(hours=8))

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)
floats = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize("make", [maker("sm3"), Sm3])
def test_sm3_gives_the_digests_of_its_standard(make: type[Sm3]) -> None:
    assert make(b"abc").hexdigest() == SM3_ABC
    assert make(b"abcd" * 16).hexdigest() == SM3_ABCD_16
    state = make(b"ab")
    twin = state.copy()
    state.update(b"c")
    assert state.digest() == state.digest()
    assert (state.hexdigest(), twin.digest()) == (SM3_ABC, make(b"ab").digest())


@given(st.binary(max_size=200), st.binary(max_size=500))
def test_both_sm3_agree_also_under_hmac(key: bytes, data: bytes) -> None:
    assert Sm3(data).digest() == maker("sm3")(data).digest()
    assert hmac.new(key, data, Sm3).digest() == hmac.new(key, data, maker("sm3")).digest()


@given(st.binary(max_size=200), st.binary(max_size=5000))
def test_an_hmac_is_that_of_the_standard_library_for_keys_of_every_length(key: bytes, data: bytes) -> None:
    assert keyed(key, data) == hmac.digest(key, data, "sha256")


@given(st.binary(min_size=16, max_size=16), plain)
def test_a_seal_is_the_hmac_of_the_canonical_form(salt: bytes, value: object) -> None:
    assert seal(salt, value) == hmac.digest(salt, canonical(value), "sha256")
    assert seal(salt, value, algorithm="sm3") == hmac.new(salt, canonical(value), Sm3).digest()
    assert seal(salt, value) != seal(bytes([salt[0] ^ 1]) + salt[1:], value)


@given(plain)
def test_the_canonical_form_is_json_that_reads_back(value: object) -> None:
    assert json.loads(canonical(value)) == value


class Word(str):
    """Text of a class of its own, as marked-safe text of a page is."""


class Grade(StrEnum):
    MAJOR = "major"


class Level(IntEnum):
    THIRD = 3


@given(st.lists(plain | floats, max_size=6))
def test_the_canonical_form_is_what_the_standard_library_writes(values: list[object]) -> None:
    """Lines written years ago are read with it: a changed writer must not change one byte."""
    whole = [int(Decimal(repr(one))) if isinstance(one, float) and one.is_integer() else one for one in values]
    form = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert canonical(values) == form.encode()


def test_a_value_of_a_narrower_class_is_written_as_what_it_is() -> None:
    assert canonical([Word("安全"), Grade.MAJOR, Level.THIRD, True, 1e-05]) == (
        '["安全","major",3,true,1e-05]'.encode()
    )


@given(plain, plain)
def test_only_equal_values_share_a_form(one: object, other: object) -> None:
    def typed(value: object) -> str:
        return json.dumps(value, sort_keys=True)

    assert (canonical(one) == canonical(other)) is (typed(one) == typed(other))


@given(st.dictionaries(text, plain, max_size=6))
def test_the_order_of_keys_does_not_count(value: dict[str, object]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(MappingProxyType(value)) == canonical(value)


@given(st.datetimes(timezones=st.timezones()))
def test_a_moment_is_the_same_in_every_zone(at: datetime) -> None:
    assume(datetime(2, 1, 1, tzinfo=UTC) < at < datetime(9998, 1, 1, tzinfo=UTC))
    assert canonical(at) == canonical(at.astimezone(UTC)) == canonical(at.astimezone(BEIJING))


def test_nought_is_nought() -> None:
    assert canonical(Decimal("-0.00")) == canonical(Decimal("0"))
    assert canonical(-0.0) == canonical(0.0)


def test_how_each_kind_is_written() -> None:
    value = {
        "b": b"\x00\xff",
        "d": date(2026, 10, 1),
        "id": UUID("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"),
        "n": Decimal("1.10"),
        "t": datetime(2026, 10, 1, 8, tzinfo=BEIJING),
        "区": ("延吉", "연길"),
    }
    assert canonical(value).decode() == (
        '{"b":"00ff","d":"2026-10-01","id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f","n":"1.1",'
        '"t":"2026-10-01T00:00:00.000000Z","区":["延吉","연길"]}'
    )


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4), st.integers(0, 6))
def test_a_number_is_the_same_with_more_noughts(number: Decimal, noughts: int) -> None:
    padded = Decimal(f"{number:f}" + "0" * noughts)
    assert canonical(padded) == canonical(number)
    assert Decimal(json.loads(canonical(number))) == number


@given(floats)
def test_a_float_survives_jsonb_which_keeps_plain_decimals(number: float) -> None:
    stored = f"{Decimal(repr(number)):f}"
    assert canonical(json.loads(stored)) == canonical(number)


@given(floats, floats)
def test_different_floats_stay_different(one: float, other: float) -> None:
    assert (canonical(one) == canonical(other)) is (one == other)


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity"), datetime(2026, 1, 1), "\ud800"],
)
def test_what_has_no_certain_value_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="."):
        canonical({"at": value})


@pytest.mark.parametrize("value", [{1, 2}, object(), {1: "a"}, timedelta(1)])
def test_what_has_no_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="canonical form|keys are text"):
        canonical(value)


def test_an_unknown_hash_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="^algorithm: 'md5'"):
        maker("md5")  # type: ignore[arg-type]
    assert maker("sha256")(b"").digest() == hashlib.sha256().digest()
