"""Thirty-two people at once on the same fifty cases: nothing is lost, nothing done twice, each refusal says why."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random

import pytest
from django.db import connection, connections

from shouwang.domains.hazards.models import Case, Muster, MusterStep, Summons, Transition
from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.advance_muster import Go, advance_muster
from shouwang.flows.move_deadline import Wish, move_deadline
from shouwang.flows.refusal import Moved, NotSeen, Refused
from shouwang.flows.whistle import Whistle, whistle
from tests.cast import COUNTY
from tests.flows.muster_story import HOUR, LANE, TUESDAY, company, reported
from tests.prefectures import here

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, CASES, ACTS = 32, 50, 12
CALLED = (here("police"), here("power"), here("urban_management"))
TURNS = ("set_out", "arrive", "bounce", "let_go", "insist", "dispute", "uphold", "order", "tell", "sign", "return")


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


def test_thirty_two_at_once_on_the_same_fifty_cases(cast):
    people = company(cast)
    cases = [reported(people["liming"], replace(LANE, key=f"crowd-{n}")) for n in range(CASES)]
    actors = [people[name] for name in ("liming", "piaoyingshun", "cuizhe", "hanxue", "jinhao", "duanlei", "mengchao")]

    def work(number):
        dice, done, refused = Random(number), [], []
        try:
            for step in range(ACTS):
                actor, case = dice.choice(actors), dice.choice(cases)
                try:
                    done.append(one_act(dice, actor, case, now=TUESDAY + (step + 1) * HOUR))
                except (Refused, Moved, NotSeen) as no:
                    refused.append(no)
        finally:
            connections.close_all()
        return done, refused

    with ThreadPoolExecutor(THREADS) as crowd:
        found = list(crowd.map(work, range(THREADS)))
    done = [act for acts, _ in found for act in acts if act]
    refused = [no for _, nos in found for no in nos]
    assert len(done) > 60
    assert all(no.decision.reasons and no.decision.clauses for no in refused if isinstance(no, Refused))
    nothing_lost(done)
    seal_and_fold(now=TUESDAY + 40 * HOUR)
    assert verify(COUNTY).faults == []


def one_act(dice, actor, case, *, now):
    """A whistle, a turn of a call, a move of the case or of its deadline: what somebody may try on a busy day.

    A department sees a case from the whistle on, so before it there is none for it.
    """
    match dice.randrange(4):
        case 0:
            whistle(actor, case.id, Whistle(departments=[dice.choice(CALLED)], need="请到场"), now=now)
            return "whistle"
        case 1 | 2:
            known = list(Muster.objects.filter(case=case))
            if not known:
                return ""
            go = Go(act=dice.choice(TURNS), note="说清楚", reason="no_power")
            advance_muster(actor, case.id, dice.choice(known).id, go, now=now)
            return "turn"
        case _:
            if dice.random() < 0.5:
                advance_hazard(actor, case.id, Move(act="start"), now=now)
                return "start"
            move_deadline(actor, case.id, Wish(act="pause", note="等配件", reason="parts"), now=now)
            return "pause"


def nothing_lost(done):
    """As many steps as acts that were answered with yes; every state that was entered was left once, but the last."""
    assert Transition.objects.filter(act="whistle").count() == done.count("whistle") == Summons.objects.count()
    assert Transition.objects.filter(act="start").count() == done.count("start")
    assert Transition.objects.filter(act="pause").count() == done.count("pause")
    assert MusterStep.objects.exclude(act="call").count() == done.count("turn")
    for muster in Muster.objects.all():
        steps = MusterStep.objects.filter(muster=muster)
        assert len(steps) == muster.version
        left, entered = Counter(one.source for one in steps), Counter(one.target for one in steps)
        assert entered - left == Counter({muster.state: 1}) and left - entered == Counter({"": 1})
    for case in Case.objects.all():
        assert case.version == Transition.objects.filter(case=case).count()
    assert connection.is_usable()
