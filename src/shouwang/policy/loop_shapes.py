"""A side loop of a case as a pack declares it (分支流程): its states, its lists of reasons, its arrows with guards."""

from msgspec import Struct

from shouwang.policy.shapes import Asked
from shouwang.policy.text import Text
from shouwang.policy.vocabulary import LoopGuard, Side


class LoopArrow(Struct, frozen=True, forbid_unknown_fields=True):
    """``act`` moves it from ``source`` to ``target``; ``by`` is whose act it is, seen from the case."""

    source: str | None
    act: str
    target: str
    by: Side
    row: str
    label: Text
    guards: tuple[LoopGuard, ...] = ()
    asks: tuple[Asked, ...] = ()


class Loop(Struct, frozen=True, forbid_unknown_fields=True):
    """One of them: ``summons`` (吹哨报到), ``pause`` (暂停计时), ``extension`` (延期)."""

    id: str
    label: Text
    row: str
    states: dict[str, Text]
    arrows: tuple[LoopArrow, ...]
    reasons: dict[str, Text] = {}

    def arrow(self, source: str | None, act: str) -> LoopArrow | None:
        return next((one for one in self.arrows if (one.source, one.act) == (source, act)), None)

    def labels(self) -> dict[str, Text]:
        """The word of each act, the same from whichever state it leads."""
        return {one.act: one.label for one in self.arrows}

    @property
    def ends(self) -> tuple[str, ...]:
        """States from which nothing leads on."""
        sources = {one.source for one in self.arrows}
        return tuple(state for state in self.states if state not in sources)
