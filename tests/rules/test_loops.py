"""Every arrow of every side loop, and every refused one: made from the pack's own tables, so none goes untried."""

from dataclasses import replace
from itertools import product

import pytest

from shouwang.policy import load
from shouwang.rules.loops import GUARDS, LoopFacts, may_turn

PACK = load()
ARROWS = [(name, arrow) for name, loop in PACK.loops.items() for arrow in loop.arrows]
NO_ARROWS = [
    (name, state, act)
    for name, loop in PACK.loops.items()
    for state, act in product([None, *loop.states], loop.labels())
    if loop.arrow(state, act) is None
]
SIDES = ("caller", "site", "department", "arbiter", "assignee", "superior", "house", "desk", "witness")
ONCE = ("bounces", "returns", "pauses", "extensions")
# What makes each guard say no, and why it says so; what it needs to say yes.
NO = {
    "case_open": ({"case_open": False}, "case_ended"),
    "words": ({"words": "  "}, "sentence_missing"),
    "listed": ({"listed": False}, "reason_unlisted"),
    "outsider": ({"outsider": False}, "own_arrival"),
    "impartial": ({"impartial": False}, "not_impartial"),
    "other_person": ({"other_person": False}, "same_asker"),
    "undecided": ({"decided": True}, "decided_already"),
    "none_running": ({"running": True}, "running_already"),
    "still_running": ({"running": False}, "not_running"),
    "in_time": ({"in_time": False}, "late_already"),
    "within_limit": ({"within_limit": False}, "too_many_days"),
    "bounce_left": ({"used": {"bounces": 1}}, "bounces_spent"),
    "bounce_spent": ({"used": {}}, "bounce_first"),
    "return_left": ({"used": {"returns": 1}}, "returns_spent"),
    "return_spent": ({"used": {}}, "return_first"),
    "pause_left": ({"used": {"pauses": 1}}, "pauses_spent"),
    "extension_left": ({"used": {"extensions": 1}}, "extensions_spent"),
}
YES = {
    "still_running": {"running": True},
    "bounce_spent": {"used": {"bounces": 1}},
    "return_spent": {"used": {"returns": 1}},
}


def fitting(arrow):
    facts = LoopFacts(
        sides=frozenset({arrow.by}), words="说清楚了", listed=True, most=dict.fromkeys(ONCE, 1)
    )
    for guard in arrow.guards:
        facts = replace(facts, **YES.get(guard, {}))
    return facts


def asked(name, arrow, facts):
    return may_turn(PACK, name, arrow.source, arrow.act, facts)


def ids(told):
    return [f"{name}: {arrow.source or 'nothing'} {arrow.act}" for name, arrow, *_ in told]


@pytest.mark.parametrize(("name", "arrow"), ARROWS, ids=ids(ARROWS))
def test_an_arrow_is_taken_by_whose_act_it_is(name, arrow):
    found = asked(name, arrow, fitting(arrow))
    assert found.verdict, found.reasons
    assert found.clauses == (arrow.row,)


@pytest.mark.parametrize(("name", "arrow"), ARROWS, ids=ids(ARROWS))
def test_an_arrow_is_refused_to_everybody_else(name, arrow):
    others = frozenset(SIDES) - {arrow.by}
    found = asked(name, arrow, replace(fitting(arrow), sides=others))
    assert [one.code for one in found.reasons] == [f"side_{arrow.by}"]
    assert said(found)


GUARDED = [(name, arrow, guard) for name, arrow in ARROWS for guard in arrow.guards]


@pytest.mark.parametrize(
    ("name", "arrow", "guard"), GUARDED, ids=[f"{i} {g}" for i, (*_, g) in zip(ids(GUARDED), GUARDED, strict=True)]
)
def test_each_guard_of_an_arrow_refuses_with_its_reason(name, arrow, guard):
    change, code = NO[guard]
    found = asked(name, arrow, replace(fitting(arrow), **change))
    assert [one.code for one in found.reasons] == [code]
    assert said(found)


@pytest.mark.parametrize(("name", "state", "act"), NO_ARROWS)
def test_what_is_no_arrow_is_refused_whoever_asks(name, state, act):
    found = may_turn(PACK, name, state, act, LoopFacts(sides=frozenset(SIDES), words="说清楚了", listed=True))
    assert [one.code for one in found.reasons] == ["no_such_turn"]


def test_several_faults_are_told_at_once():
    arrow = PACK.loops["summons"].arrow("called", "bounce")
    found = asked("summons", arrow, LoopFacts(decided=True))
    assert {one.code for one in found.reasons} == {
        "side_department", "decided_already", "bounces_spent", "reason_unlisted", "sentence_missing",
    }  # fmt: skip


def test_every_guard_has_its_no():
    assert set(NO) == set(GUARDS)


def said(found):
    """Every reason has its sentence in each language, with nothing left to fill in."""
    told = [PACK.explain(one, tag) for one in found.reasons for tag in ("zh", "ko", "en")]
    return all(words and "{" not in words for words in told) and not any(
        words == one.code for one in found.reasons for words in told
    )
