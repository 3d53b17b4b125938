"""Every arrow of the table of letters, and every act that is none: allowed to the right side, refused to all others."""

import pytest

from shouwang.policy import load
from shouwang.rules.letters import LetterFacts, arrow, arrows_from, fit, may, number_of, serial_of

PACK = load()
STATES = (None, "drafted", "approved", "issued", "received", "answered", "closed", "withdrawn")
ACTS = tuple(dict.fromkeys(one.act for one in PACK.letter_arrows))
BROUGHT = {"words": "已拆除", "promise": "月底前改完", "decision": "listed", "papers": 1}
# What to leave out, or to put in, so that a guard says no.
SPOILT = {
    "words": {"words": " "}, "promise": {"promise": ""}, "decision": {"decision": "maybe"}, "paper": {"papers": 0},
    "other_hand": {"hands": ("hanxue", "guoqiang")},
}  # fmt: skip
SAID = {
    "words": "letter_words_missing", "promise": "letter_promise_missing", "decision": "letter_decision_missing",
    "paper": "letter_paper_missing", "other_hand": "letter_same_hand",
}  # fmt: skip


def full(**more):
    return LetterFacts(**{"actor": "guoqiang", "hands": ("hanxue",), "holds": True, **BROUGHT, **more})


def every(kind):
    return [(state, one) for state in STATES for one in arrows_from(PACK, kind, state)]


ARROWS = [
    pytest.param(kind, state, one, id=f"{kind.id}-{state}-{one.act}")
    for kind in PACK.letters.values()
    for state, one in every(kind)
]
REFUSED = [
    pytest.param(kind, state, act, id=f"{kind.id}-{state}-{act}")
    for kind in PACK.letters.values()
    for state in STATES
    for act in ACTS
    if arrow(PACK, kind, state, act) is None
]


@pytest.mark.parametrize("kind, state, one", ARROWS)
def test_an_arrow_is_taken_by_whose_step_it_is_and_by_nobody_else(kind, state, one):
    assert may(PACK, kind, state, one.act, full()).verdict
    other = may(PACK, kind, state, one.act, full(holds=False))
    assert not other.verdict and [reason.code for reason in other.reasons] == ["letter_not_yours"]
    assert other.clauses == (one.row,)


@pytest.mark.parametrize("kind, state, one", [p for p in ARROWS if p.values[2].guards])
def test_each_guard_says_no_by_its_own_name(kind, state, one):
    for guard in one.guards:
        found = may(PACK, kind, state, one.act, full(**SPOILT[guard]))
        assert not found.verdict and [reason.code for reason in found.reasons] == [SAID[guard]]


@pytest.mark.parametrize("kind, state, act", REFUSED)
def test_what_is_no_arrow_is_refused_and_says_the_state(kind, state, act):
    found = may(PACK, kind, state, act, full())
    assert not found.verdict and found.reasons[0].code == "no_such_letter_step"
    for language in ("zh", "ko", "en"):
        assert "{" not in PACK.explain(found.reasons[0], language)


@pytest.mark.parametrize("kind", PACK.letters.values(), ids=lambda kind: kind.id)
def test_every_kind_comes_from_a_draft_to_an_end(kind):
    reached, todo = set(), [None]
    while todo:
        state = todo.pop()
        fresh = {one.target for one in arrows_from(PACK, kind, state)} - reached
        reached |= fresh
        todo += fresh
    assert {"drafted", "approved", "issued", "closed", "withdrawn"} <= reached
    # 出口只有销号和撤回。
    assert [state for state in STATES if not arrows_from(PACK, kind, state)] == ["closed", "withdrawn"]


@pytest.mark.parametrize("kind", PACK.letters.values(), ids=lambda kind: kind.id)
@pytest.mark.parametrize("serial", [1, 7, 3999])
def test_a_number_is_read_back_as_it_was_given(kind, serial):
    number = number_of(PACK, kind, region="222403", year=2026, serial=serial)
    assert serial_of(PACK, kind, number, region="222403", year=2026) == serial
    assert serial_of(PACK, kind, number, region="222401", year=2026) is None
    assert serial_of(PACK, kind, number, region="222403", year=2027) is None


def test_no_two_rows_of_numbers_can_give_the_same_number():
    rows = {
        number_of(PACK, kind, region=region, year=year, serial=3)
        for kind in PACK.letters.values()
        for region in PACK.office_words
        for year in (2026, 2027)
    }
    assert len(rows) == len(PACK.letters) * len(PACK.office_words) * 2


@pytest.mark.parametrize(
    "kind, case, fits",
    [
        ("opinion", ("major", "assigned", False), True),
        ("opinion", ("general", "assigned", False), False),
        ("listing", ("major", "assigned", True), True),
        ("listing", ("major", "assigned", False), False),
        ("delisting", ("major", "closed", True), True),
        ("delisting", ("major", "submitted", True), False),
        ("delisting", ("major", "closed", False), False),
        ("supervision", ("minor", "assigned", False), True),
    ],
)
def test_what_a_letter_can_be_about(kind, case, fits):
    assert fit(PACK.letters[kind], [case]).verdict is fits
