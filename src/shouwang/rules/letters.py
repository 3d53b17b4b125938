"""Whether an act on a letter is allowed now: the pack's arrow, whose step it is, and its guards (函件流转)."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.policy.letter_shapes import DECISIONS, LetterArrow, LetterGuard, LetterKind

SEE = "letters.see"
SERIAL = "{serial}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """Who acts and with what. ``holds``: a post of the side whose step it is; ``hands``: all who wrote the draft."""

    actor: str
    hands: tuple[str, ...] = ()
    words: str = ""
    promise: str = ""
    decision: str = ""
    papers: int = 0
    holds: bool = False


def arrow(pack: Pack, kind: LetterKind, state: str | None, act: str) -> LetterArrow | None:
    return next((one for one in arrows_from(pack, kind, state) if one.act == act), None)


def arrows_from(pack: Pack, kind: LetterKind, state: str | None) -> list[LetterArrow]:
    """What can happen to a letter of a kind in a state."""
    return [
        one for one in pack.letter_arrows if one.source == state and (not one.only or kind.answer in one.only)
    ]


def may(pack: Pack, kind: LetterKind, state: str | None, act: str, facts: LetterFacts) -> Decision[bool]:
    """Every reason at once, so that nobody mends one fault to be told of the next."""
    found = arrow(pack, kind, state, act)
    if found is None:
        reason = Reason("no_such_letter_step", {"letter_state": state or "", "act": act})
        return Decision(False, (reason,), (pack.actions[SEE],))
    refusals = [] if facts.holds else [Reason("letter_not_yours")]
    refusals += [no for guard in found.guards if (no := GUARDS[guard](facts))]
    if refusals:
        return Decision(False, tuple(refusals), (found.row,))
    return Decision(True, (Reason("allowed", {"act": act, "action": SEE}),), (found.row,))


def fit(kind: LetterKind, cases: Iterable[tuple[str, str, bool]]) -> Decision[bool]:
    """Whether every case is one such a letter can be about: (grade, state, whether the government listed it)."""
    asks = {
        "major": lambda grade, state, listed: grade == "major",
        "listed": lambda grade, state, listed: listed,
        "closed": lambda grade, state, listed: listed and state == "closed",
    }.get(kind.needs)
    if asks is None or all(asks(*one) for one in cases):
        return Decision(True, (), (kind.row,))
    return Decision(False, (Reason(f"letter_needs_{kind.needs}"),), (kind.row,))


def number_of(pack: Pack, kind: LetterKind, *, region: str, year: int, serial: int) -> str:
    """The document number, e.g. 敦消委办督〔2026〕3号."""
    return _numbered(pack, kind, region, year).replace(SERIAL, str(serial))


def serial_of(pack: Pack, kind: LetterKind, number: str, *, region: str, year: int) -> int | None:
    """The serial in a number an office typed, if it is one of this row of numbers; so that it is not given again."""
    before, after = (re.escape(part) for part in _numbered(pack, kind, region, year).split(SERIAL))
    found = re.fullmatch(f"{before}([1-9][0-9]{{0,5}}){after}", number)
    return int(found[1]) if found else None


def _numbered(pack: Pack, kind: LetterKind, region: str, year: int) -> str:
    word = pack.office_words.get(region, "")
    return kind.number.replace("{word}", word).replace("{year}", str(year))


def _other_hand(facts: LetterFacts) -> Reason | None:
    return Reason("letter_same_hand") if facts.actor in facts.hands else None


def _words(facts: LetterFacts) -> Reason | None:
    return None if facts.words.strip() else Reason("letter_words_missing")


def _promise(facts: LetterFacts) -> Reason | None:
    return None if facts.promise.strip() else Reason("letter_promise_missing")


def _paper(facts: LetterFacts) -> Reason | None:
    return None if facts.papers > 0 else Reason("letter_paper_missing")


def _decision(facts: LetterFacts) -> Reason | None:
    return None if facts.decision in DECISIONS else Reason("letter_decision_missing")


GUARDS: Mapping[LetterGuard, Callable[[LetterFacts], Reason | None]] = {
    "other_hand": _other_hand,
    "words": _words,
    "promise": _promise,
    "decision": _decision,
    "paper": _paper,
}
