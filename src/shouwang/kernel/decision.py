"""What every rule answers: a verdict, why, and under which clauses (判定)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NoReturn, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why (理由): a code that faces turn into a sentence, with the facts the sentence needs."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    @property
    def plain(self) -> dict[str, object]:
        """As a row keeps it."""
        return {"code": self.code, "params": dict(self.params)}


@dataclass(frozen=True, slots=True)
class Decision(Generic[T]):
    """A verdict with its reasons and the clauses (条款) it rests on."""

    verdict: T
    reasons: tuple[Reason, ...] = ()
    clauses: tuple[str, ...] = ()

    def __bool__(self) -> NoReturn:
        # A refusal is an object too: `if may(...)` would let everybody through.
        raise TypeError("ask a decision for its verdict")


def clauses_of(own: str, judged: Iterable[Decision[Any]]) -> list[str]:
    """What a step rests on: its own clause first, then those of the judgements that let it, each once."""
    found = dict.fromkeys([own, *(clause for one in judged for clause in one.clauses)])
    return [clause for clause in found if clause]
