"""Codes that people read, type and show: case codes, USCC, resident ids."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.codes import (
    CodeFault,
    case_code,
    is_resident_id,
    is_uscc,
    parse_case_code,
    resident_fault,
    uscc_fault,
)
from shouwang.kernel.ids import uuid7

COUNTIES = ["222400", "222401", "222402", "222403", "222404", "222405", "222406", "222424", "222426"]
USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

ids = st.binary(min_size=10, max_size=10).map(lambda dice: uuid7(datetime(2026, 5, 1, tzinfo=UTC), dice))
codes = st.builds(case_code, st.sampled_from(COUNTIES), ids)


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


@given(usccs)
def test_every_wrong_sign_in_a_uscc_is_found(code: str) -> None:
    assert is_uscc(code)
    wrong = [
        code[:place] + sign + code[place + 1 :]
        for place in range(18)
        for sign in USCC_SIGNS
        if sign != code[place]
    ]
    assert not any(map(is_uscc, wrong))


@given(residents)
def test_every_wrong_digit_in_a_resident_id_is_found(number: str) -> None:
    assert is_resident_id(number)
    wrong = [
        number[:place] + digit + number[place + 1 :]
        for place in range(18)
        for digit in "0123456789X"
        if digit != number[place]
    ]
    assert not any(map(is_resident_id, wrong))


def exchanged(text: str, one: int, other: int) -> str:
    signs = list(text)
    signs[one], signs[other] = signs[other], signs[one]
    return "".join(signs)


PAIRS = [(one, other) for one in range(18) for other in range(one + 1, 18)]


@given(usccs)
def test_two_signs_exchanged_in_a_uscc_are_found(code: str) -> None:
    """Neighbours or not; the first sign and the last weigh the same, so their exchange no check can see."""
    swapped = [exchanged(code, *pair) for pair in PAIRS if pair != (0, 17)]
    assert not [wrong for wrong in swapped if is_uscc(wrong) and wrong != code]


@given(residents)
def test_two_digits_exchanged_in_a_resident_id_are_found(number: str) -> None:
    """Neighbours or not; digits ten places apart weigh the same, so their exchange no check can see."""
    swapped = [exchanged(number, *pair) for pair in PAIRS if pair[1] - pair[0] != 10]
    assert not [wrong for wrong in swapped if is_resident_id(wrong) and wrong != number]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("91110000600037341L", None),
        ("91110000600037341", CodeFault.LENGTH),
        ("9111000060003734IL", CodeFault.SIGN),
        ("911100A0600037341L", CodeFault.SIGN),
        ("91110000600037314L", CodeFault.CHECK),
    ],
)
def test_a_uscc_that_is_none_says_why(text: str, fault: CodeFault | None) -> None:
    assert uscc_fault(text) is fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("11010519491231002X", None),
        ("110105491231002", CodeFault.LENGTH),
        ("11010519491231O02X", CodeFault.SIGN),
        ("11010519491331002X", CodeFault.DAY),
        ("11010519491213002X", CodeFault.CHECK),
    ],
)
def test_a_resident_id_that_is_none_says_why(text: str, fault: CodeFault | None) -> None:
    assert resident_fault(text) is fault


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
