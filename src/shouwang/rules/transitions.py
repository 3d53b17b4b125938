"""Whether an act on a case is allowed now: the pack's arrow, the post, and its guards (流转)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.policy.shapes import Transition
from shouwang.policy.vocabulary import Guard


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFacts:
    """Who acts and with what. ``holds``: a post with this action and territory; ``photos``: of the result.

    ``elder`` is "" while no elder case is named, "fits", or why it does not fit; ``before`` the acts done already that
    may be done once, ``closer`` who passed the fix, ``under_review`` that the lot fell on this closure;
    ``stated`` that facts were told by which the decision tables can judge anew; ``passed`` how often the case was
    given to another department, ``passes`` how often it may be, None while nobody said; ``awaited`` that
    somebody who told waits for the answer; ``code_in_hand`` that a fix came with the code of a place, and that the
    person had this code in hand.
    """

    actor: str
    reporter: str = ""
    submitter: str = ""
    photos: int = 0
    reason: str = ""
    holds: bool = False
    is_assignee: bool = False
    is_reporter: bool = False
    pictures: int = 0
    elder: str = ""
    before: frozenset[str] = frozenset()
    closer: str = ""
    under_review: bool = False
    stated: bool = False
    passed: int = 0
    passes: int | None = None
    awaited: bool = False
    code_in_hand: bool = False


def arrow(pack: Pack, state: str | None, act: str) -> Transition | None:
    return next((one for one in pack.transitions if one.source == state and one.act == act), None)


def may(pack: Pack, state: str | None, act: str, facts: ActFacts) -> Decision[bool]:
    """Every reason at once, so that nobody mends one fault to be told of the next."""
    found = arrow(pack, state, act)
    if found is None:
        refusal = Reason("no_such_step", {"state": state or "", "act": act})
        return Decision(False, (refusal,), (pack.wiring.clauses.loop,))
    refusals = [] if facts.holds else [Reason("not_held", {"action": found.action})]
    refusals += [no for guard in found.guards if (no := GUARDS[guard](facts))]
    if refusals:
        return Decision(False, tuple(refusals), (found.row,))
    return Decision(True, (Reason("allowed", {"act": act, "action": found.action}),), (found.row,))


def _assignee(facts: ActFacts) -> Reason | None:
    return None if facts.is_assignee else Reason("not_assignee")


def _after_photo(facts: ActFacts) -> Reason | None:
    return None if facts.photos > 0 else Reason("photo_missing")


def _other_person(facts: ActFacts) -> Reason | None:
    """A fix is verified by somebody else; an unknown fixer is nobody's alibi, and whoever printed a code may have used
    it."""
    if not facts.submitter:
        return Reason("submitter_unknown")
    if facts.code_in_hand:
        return Reason("code_in_hand")
    return Reason("same_person") if facts.actor == facts.submitter else None


def _reason(facts: ActFacts) -> Reason | None:
    return None if facts.reason.strip() else Reason("reason_missing")


def _words(facts: ActFacts) -> Reason | None:
    return None if facts.reason.strip() else Reason("words_missing")


def _elder(facts: ActFacts) -> Reason | None:
    return None if facts.elder == "fits" else Reason(facts.elder or "elder_missing")


def _once(act: str, code: str) -> Callable[[ActFacts], Reason | None]:
    return lambda facts: Reason(code) if act in facts.before else None


def _reporter(facts: ActFacts) -> Reason | None:
    return None if facts.is_reporter else Reason("not_reporter")


def _photo(facts: ActFacts) -> Reason | None:
    return None if facts.pictures > 0 else Reason("picture_missing")


def _under_review(facts: ActFacts) -> Reason | None:
    return None if facts.under_review else Reason("not_drawn")


def _not_closer(facts: ActFacts) -> Reason | None:
    """07-31: whoever passed the fix does not confirm the own closing."""
    return Reason("same_closer") if facts.actor and facts.actor == facts.closer else None


def _stated(facts: ActFacts) -> Reason | None:
    return None if facts.stated else Reason("facts_missing")


def _awaited(facts: ActFacts) -> Reason | None:
    """07-16: where nobody outside told of it, nobody is to be kept informed."""
    return None if facts.awaited else Reason("nobody_waits")


def _pass_left(facts: ActFacts) -> Reason | None:
    return Reason("passes_spent", {"n": facts.passed}) if _spent(facts) else None


def _pass_spent(facts: ActFacts) -> Reason | None:
    return None if _spent(facts) else Reason("pass_first")


def _spent(facts: ActFacts) -> bool:
    return facts.passes is not None and facts.passed >= facts.passes


GUARDS: Mapping[Guard, Callable[[ActFacts], Reason | None]] = {
    "assignee": _assignee,
    "after_photo": _after_photo,
    "other_person": _other_person,
    "reason": _reason,
    "words": _words,
    "elder": _elder,
    "unmerged_once": _once("unmerge", "unmerged_before"),
    "unanswered": _once("answer", "answered_before"),
    "reporter": _reporter,
    "photo": _photo,
    "disputed_once": _once("dispute", "disputed_before"),
    "under_review": _under_review,
    "not_closer": _not_closer,
    "stated": _stated,
    "pass_left": _pass_left,
    "pass_spent": _pass_spent,
    "awaited": _awaited,
}
