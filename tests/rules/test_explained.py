"""Whatever the rules are asked, they say why and under which clause."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.workdays import shipped
from shouwang.policy import load
from shouwang.policy.duty_shapes import Event
from shouwang.rules.clocks import due
from shouwang.rules.duties import VERDICTS, Asked, evaluate
from shouwang.rules.grading import grade
from shouwang.rules.routing import who_acts
from shouwang.rules.scope import reach
from shouwang.rules.seen import Body, Owed, Seen
from shouwang.rules.transitions import GUARDS, ActFacts, may
from tests.rules.asking import Held

PACK = load()
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
MOMENTS = st.datetimes(datetime(2023, 3, 1), datetime(2032, 1, 1), timezones=st.just(UTC))
FACTS = st.fixed_dictionaries(
    {"kind": st.sampled_from(sorted(PACK.kinds))},
    optional={
        "site": st.sampled_from(sorted(PACK.sites)) | st.none(),
        "fixed_on_spot": st.booleans(),
        "determined_major": st.booleans(),
        "people_affected": st.integers(0, 5000),
        "exit_width_percent": st.integers(0, 200),
        "signs_damaged_percent": st.integers(0, 100),
        "high_or_underground": st.booleans(),
    },
)
ACTS = st.builds(
    ActFacts,
    actor=st.sampled_from(["a", "b"]),
    submitter=st.sampled_from(["", "a", "b"]),
    photos=st.integers(0, 2),
    reason=st.sampled_from(["", "x"]),
    holds=st.booleans(),
    is_assignee=st.booleans(),
)
AREAS = st.sampled_from(["222400", "222401", "222401001", "222401001001", "222405"])
POSTS = st.builds(
    Held,
    st.sampled_from([*PACK.posts, "nobody"]),
    st.sampled_from(["fire", None]),
    st.lists(AREAS).map(tuple),
)


def explained(decision):
    assert decision.reasons
    assert decision.clauses
    assert set(decision.clauses) <= set(PACK.rows)
    for reason in decision.reasons:
        for language in ("zh-hans", "ko", "en"):
            sentence = PACK.explain(reason, language)
            assert sentence != reason.code, f"no words for {reason.code}"
            assert "{" not in sentence


@given(FACTS, DAYS)
def test_a_grade_and_who_acts_on_it(facts, day):
    graded = grade(PACK, facts, day)
    explained(graded)
    assert graded.verdict in PACK.grades
    routed = who_acts(PACK, {**facts, "grade": graded.verdict}, day)
    explained(routed)
    assert routed.verdict.department in PACK.departments


@given(FACTS)
def test_nothing_is_called_major_by_the_edition_nobody_has_entered(facts):
    graded = grade(PACK, facts, date(2026, 11, 24))
    assert (graded.verdict == "major") is bool(facts.get("determined_major"))


@given(
    st.sampled_from([None, *PACK.states]), st.sampled_from(sorted({t.act for t in PACK.transitions})), ACTS
)
def test_an_act(state, act, facts):
    decision = may(PACK, state, act, facts)
    explained(decision)
    if decision.verdict:
        assert facts.holds


@given(ACTS)
def test_nobody_closes_what_they_fixed(facts):
    if may(PACK, "submitted", "pass", facts).verdict:
        assert facts.submitter not in ("", facts.actor)


@given(st.sampled_from(sorted(PACK.grades)), MOMENTS)
def test_a_deadline_lies_ahead(grade_, at):
    decision = due(PACK, shipped(), grade_, at)
    explained(decision)
    assert decision.verdict.at > at


@given(st.lists(POSTS, max_size=4), st.sampled_from(sorted(PACK.actions)))
def test_posts_reach_no_further_than_their_territory(posts, action):
    decision = reach(PACK, posts, action)
    explained(decision)
    allowed = {
        a for p in posts if action in getattr(PACK.posts.get(p.kind), "actions", ()) for a in p.territory
    }
    assert set(decision.verdict.areas) <= allowed


CASES = sorted(key for key, duty in PACK.duties.items() if isinstance(duty.trigger, Event))


@given(st.sampled_from(CASES), st.lists(st.tuples(st.integers(0, 6), st.integers(0, 30)), max_size=6))
def test_a_duty_of_a_case(name, told):
    duty, kinds = PACK.duties[name], sorted(PACK.evidence)[:7]
    start = datetime(2026, 11, 24, tzinfo=UTC)
    seen = [
        Seen(kinds[kind], "case", at := start + timedelta(days=day), at, start + timedelta(days=10))
        for kind, day in told
    ]
    opening = next((one for one in seen if one.kind == duty.trigger.on), None)
    owed = Owed(Body("222401001", "township"), opening=opening)
    decision = evaluate(Asked(PACK, shipped(), duty, owed, start + timedelta(days=20)), seen)
    explained(decision)
    assert decision.verdict in VERDICTS


def test_every_guard_a_pack_may_name_is_one_the_rules_know():
    assert {guard for arrow in PACK.transitions for guard in arrow.guards} <= set(GUARDS)
