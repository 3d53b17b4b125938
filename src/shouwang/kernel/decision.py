"""What every rule answers: a verdict, why, and under which clauses (判定)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, NoReturn, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why (理由): a code that faces turn into a sentence, with the facts the sentence needs."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Decision(Generic[T]):
    """A verdict with its reasons and the clauses (条款) it rests on."""

    verdict: T
    reasons: tuple[Reason, ...] = ()
    clauses: tuple[str, ...] = ()

    def __bool__(self) -> NoReturn:
        # A refusal is an object too: `if may(...)` would let everybody through.
        raise TypeError("ask a decision for its verdict")
