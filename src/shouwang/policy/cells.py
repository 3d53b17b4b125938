"""What a table cell may say: ``-``, literal, ``a | b``, ``not(…)``, ``>= n``, ``< n``, ``[a..b]``."""

import re
from dataclasses import dataclass

from shouwang.policy.vocabulary import InputType, Scalar

_RANGE = re.compile(r"^([\[(])\s*(-?\d+)\s*\.\.\s*(-?\d+)\s*([\])])$")
_BOUND = re.compile(r"^(>=|<=|>|<)\s*(-?\d+)$")
_NEGATED = re.compile(r"^not\s*\((.*)\)$")
_NUMBER = re.compile(r"^-?\d+$")
_YES = {"yes": True, "no": False}


class BadCell(ValueError):
    """A cell outside the grammar."""


@dataclass(frozen=True, slots=True)
class Span:
    """The whole numbers from ``low`` to ``high``, both included; an open end is None."""

    low: int | None
    high: int | None

    def holds(self, value: Scalar) -> bool:
        if isinstance(value, bool) or not isinstance(value, int):
            return False
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class Literal:
    value: Scalar

    def holds(self, value: Scalar) -> bool:
        return type(value) is type(self.value) and value == self.value


@dataclass(frozen=True, slots=True)
class Cell:
    """Any of ``parts``, or none of them when ``negated``; ``-`` is "none of nothing"."""

    text: str
    parts: tuple[Span | Literal, ...] = ()
    negated: bool = True

    @property
    def is_any(self) -> bool:
        return self.negated and not self.parts

    def holds(self, value: Scalar) -> bool:
        return any(part.holds(value) for part in self.parts) is not self.negated


def parse(raw: Scalar | None, type_: InputType) -> Cell:
    text = _as_text(raw)
    if text in ("", "-"):
        return Cell("-")
    negated = _NEGATED.match(text)
    inner = negated.group(1) if negated else text
    parts = tuple(_part(piece.strip(), type_) for piece in inner.split("|"))
    return Cell(text, parts, negated is not None)


def _as_text(raw: Scalar | None) -> str:
    if raw is None:
        return "-"
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    return str(raw).strip()


def _part(text: str, type_: InputType) -> Span | Literal:
    if type_ == "bool":
        if text not in _YES:
            raise BadCell(f"'{text}' is not yes or no")
        return Literal(_YES[text])
    if type_ == "int":
        return _span(text)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", text):
        raise BadCell(f"'{text}' is not a word of the list")
    return Literal(text)


def _span(text: str) -> Span:
    if _NUMBER.match(text):
        return Span(int(text), int(text))
    if bound := _BOUND.match(text):
        return _half(bound.group(1), int(bound.group(2)))
    if between := _RANGE.match(text):
        low = int(between.group(2)) + (between.group(1) == "(")
        high = int(between.group(3)) - (between.group(4) == ")")
        if low > high:
            raise BadCell(f"'{text}' holds no number")
        return Span(low, high)
    raise BadCell(f"'{text}' is neither a number, a bound such as '>= 3' nor a range such as '[1..5]'")


def _half(sign: str, number: int) -> Span:
    match sign:
        case ">=":
            return Span(number, None)
        case ">":
            return Span(number + 1, None)
        case "<=":
            return Span(None, number)
        case _:
            return Span(None, number - 1)
