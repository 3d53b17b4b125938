"""Codes that people read, type and show: case codes, USCC, resident ids."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.codes import case_code, is_resident_id, is_uscc, parse_case_code
from shouwang.kernel.ids import uuid7

COUNTIES = ["222400", "222401", "222402", "222403", "222404", "222405", "222406", "222424", "222426"]
USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

ids = st.binary(min_size=10, max_size=10).map(lambda dice: uuid7(datetime(2026, 5, 1, tzinfo=UTC), dice))
codes = st.builds(case_code, st.sampled_from(COUNTIES), ids)
digits = st.characters(min_codepoint=48, max_codepoint=57)


def with_uscc_check(body: str) -> str:
    total = sum(USCC_SIGNS.index(sign) * weight for sign, weight in zip(body, USCC_WEIGHTS, strict=True))
    return body + USCC_SIGNS[(31 - total % 31) % 31]


def with_id_check(body: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(body, ID_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


uscc_text = st.text(USCC_SIGNS, min_size=9, max_size=9)
usccs = st.builds(
    lambda kind, place, own: with_uscc_check(kind + place + own),
    st.sampled_from(["91", "92", "93", "12", "51", "N2"]),
    st.sampled_from(COUNTIES),
    uscc_text,
)
residents = st.builds(
    lambda place, born, order: with_id_check(f"{place}{born:%Y%m%d}{order:03}"),
    st.sampled_from(COUNTIES),
    st.dates(date(1900, 1, 1), date(2026, 12, 31)),
    st.integers(0, 999),
)


def test_a_case_code_shows_the_county_and_the_chance_part_of_the_id() -> None:
    assert case_code("222401", UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")) == "2401-1G60-EECF"


@given(codes)
def test_a_case_code_reads_back_as_itself(code: str) -> None:
    assert parse_case_code(code) == code


def wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) for sign in text)


@given(codes, st.sampled_from([str.lower, wide, lambda t: t.replace("0", "o").replace("1", "l"),
                               lambda t: t.replace("0", "O").replace("1", "I"), lambda t: t.replace("-", ""),
                               lambda t: t.replace("-", " — "), lambda t: f"  {t}\n"]))  # fmt: skip
def test_it_is_understood_however_a_villager_types_it(code: str, typed: object) -> None:
    assert callable(typed)
    assert parse_case_code(typed(code)) == code


@given(ids, ids)
def test_different_chance_gives_different_codes(one: UUID, other: UUID) -> None:
    same = one.int & (1 << 40) - 1 == other.int & (1 << 40) - 1
    assert (case_code("222401", one) == case_code("222401", other)) is same


@pytest.mark.parametrize(
    "text",
    ["", "2401-7K3M", "2401-7K3M-9QXZ5", "24A1-7K3M-9QXZ", "2401-7K3M-9QXU", "2401-7K3M-9Q!Z", "二四〇一"],
)
def test_what_is_no_case_code_says_what_is_needed(text: str) -> None:
    with pytest.raises(ValueError, match="four digits and eight letters"):
        parse_case_code(text)


def test_a_known_company_and_the_sample_of_the_standard() -> None:
    assert is_uscc("91110000600037341L")
    assert is_resident_id("11010519491231002X")


@given(usccs, st.integers(0, 17), st.sampled_from(USCC_SIGNS))
def test_one_wrong_sign_in_a_uscc_is_found(code: str, place: int, sign: str) -> None:
    assert is_uscc(code)
    assert is_uscc(code[:place] + sign + code[place + 1 :]) is (code[place] == sign)


@given(residents, st.integers(0, 17), digits)
def test_one_wrong_digit_in_a_resident_id_is_found(number: str, place: int, digit: str) -> None:
    assert is_resident_id(number)
    assert is_resident_id(number[:place] + digit + number[place + 1 :]) is (number[place] == digit)


@given(residents, st.integers(0, 16))
def test_two_swapped_neighbours_are_found(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert is_resident_id(swapped) is (swapped == number)


@pytest.mark.parametrize("body", ["22240119900230001", "22240119901301001", "22240100001231001"])
def test_nobody_is_born_on_a_day_that_never_was(body: str) -> None:
    assert not is_resident_id(with_id_check(body))


@pytest.mark.parametrize(
    "text", ["", "91110000600037341", "91110000600037341l", "9111000060003734IL", "９1110000600037341L"]
)
def test_what_is_no_uscc(text: str) -> None:
    assert not is_uscc(text)


@pytest.mark.parametrize(
    "text", ["", "11010519491231002x", "110105491231002", "１1010519491231002X", "11010519491231002X "]
)
def test_what_is_no_resident_id(text: str) -> None:
    assert not is_resident_id(text)
