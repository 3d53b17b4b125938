"""Whether somebody may move a side loop of a case now: the pack's arrow, whose act it is, and its guards (分支流程)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.policy.loop_shapes import LoopArrow
from shouwang.policy.vocabulary import LoopGuard, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopFacts:
    """Who acts and with what. ``sides``: whose acts are theirs; ``used`` and ``most``: how often something was done
    and may be done; ``outsider``: not of the department called; ``listed``: the reason is one of the list."""

    sides: frozenset[Side] = frozenset()
    words: str = ""
    listed: bool = False
    case_open: bool = True
    outsider: bool = True
    impartial: bool = True
    other_person: bool = True
    decided: bool = False
    running: bool = False
    in_time: bool = True
    within_limit: bool = True
    longest: int = 0
    used: Mapping[str, int] = field(default_factory=dict)
    most: Mapping[str, int] = field(default_factory=dict)

    def left(self, what: str) -> bool:
        return self.used.get(what, 0) < self.most.get(what, 0)


def turn(pack: Pack, loop: str, state: str | None, act: str) -> LoopArrow | None:
    found = pack.loops.get(loop)
    return found.arrow(state, act) if found else None


def may_turn(pack: Pack, loop: str, state: str | None, act: str, facts: LoopFacts) -> Decision[bool]:  # noqa: PLR0913
    """Every reason at once, so that nobody mends one fault to be told of the next."""
    found = turn(pack, loop, state, act)
    if found is None:
        unknown = Reason("no_such_turn", {"turn": state or "", "act": act})
        return Decision(False, (unknown,), (pack.wiring.clauses.loop,))
    refusals = [] if found.by in facts.sides else [Reason(f"side_{found.by}")]
    refusals += [no for guard in found.guards if (no := GUARDS[guard](facts))]
    if refusals:
        return Decision(False, tuple(refusals), (found.row,))
    return Decision(True, (Reason("allowed", {"act": act}),), (found.row,))


def _spent(what: str, code: str) -> Callable[[LoopFacts], Reason | None]:
    return lambda facts: None if facts.left(what) else Reason(code, {"n": facts.used.get(what, 0)})


def _first(what: str, code: str) -> Callable[[LoopFacts], Reason | None]:
    return lambda facts: Reason(code) if facts.left(what) else None


def _holds(told: Callable[[LoopFacts], bool], code: str) -> Callable[[LoopFacts], Reason | None]:
    return lambda facts: None if told(facts) else Reason(code)


GUARDS: Mapping[LoopGuard, Callable[[LoopFacts], Reason | None]] = {
    "case_open": _holds(lambda facts: facts.case_open, "case_ended"),
    "words": _holds(lambda facts: bool(facts.words.strip()), "sentence_missing"),
    "listed": _holds(lambda facts: facts.listed, "reason_unlisted"),
    "outsider": _holds(lambda facts: facts.outsider, "own_arrival"),
    "impartial": _holds(lambda facts: facts.impartial, "not_impartial"),
    "other_person": _holds(lambda facts: facts.other_person, "same_asker"),
    "undecided": _holds(lambda facts: not facts.decided, "decided_already"),
    "none_running": _holds(lambda facts: not facts.running, "running_already"),
    "still_running": _holds(lambda facts: facts.running, "not_running"),
    "in_time": _holds(lambda facts: facts.in_time, "late_already"),
    "within_limit": lambda facts: None if facts.within_limit else Reason("too_many_days", {"n": facts.longest}),
    "bounce_left": _spent("bounces", "bounces_spent"),
    "bounce_spent": _first("bounces", "bounce_first"),
    "return_left": _spent("returns", "returns_spent"),
    "return_spent": _first("returns", "return_first"),
    "pause_left": _spent("pauses", "pauses_spent"),
    "extension_left": _spent("extensions", "extensions_spent"),
}
