"""Numbers and money as people write them (数字读取): 1,200, 12人, ￥3.5万; kept exact, never as a fraction of two."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from shouwang.rules.forgiving import narrow

_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_MONEY = ("人民币", "¥", "￥", "RMB", "CNY")
_YUAN = ("元整", "元", "圆", "원")
_TEN_THOUSAND = ("万", "만")
# What fits a column of a spreadsheet without losing a digit.
DIGITS = 15


def number(raw: object, units: Iterable[str] = ()) -> Decimal | None:
    """The number, with or without its unit; None when it is none."""
    text = narrow(raw)
    for unit in sorted((narrow(one) for one in units), key=len, reverse=True):
        text = text.removesuffix(unit) if unit else text
    return _decimal(text)


def money(raw: object) -> Decimal | None:
    """An amount in yuan; 1.2万 is 12000."""
    text = narrow(raw)
    for sign in _MONEY:
        text = text.removeprefix(sign)
    text = next((text.removesuffix(unit) for unit in _YUAN if text.endswith(unit)), text)
    times = 1
    for word in _TEN_THOUSAND:
        if text.endswith(word):
            text, times = text.removesuffix(word), 10_000
    found = _decimal(text)
    return None if found is None else found * times


def decimals(value: Decimal) -> int:
    """How many places after the point a number needs."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _decimal(text: str) -> Decimal | None:
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
