"""Two reports of one hazard: the younger ends in the elder, nobody is left out, nothing is counted twice."""

import pytest

from shouwang.domains.duties.queries import standings_about
from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.queries import month_counts, state_counts, steps_of
from shouwang.domains.hazards.reporters import elder_of, standing_for, tellings_of
from shouwang.domains.ledger.verifying import verify
from shouwang.flows import advance_hazard as advancing
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.join_case import Joining, join_case
from shouwang.flows.keep_house import catch_up
from shouwang.flows.likely_duplicates import Seen, likely_duplicates
from shouwang.flows.refusal import Moved, NotSeen, Refused
from tests.cast import COUNTY, GRID, NEXT_GRID, STREET
from tests.flows.closing_story import DAY, HOUR, TUESDAY, closed, codes, reported
from tests.prefectures import here

pytestmark = pytest.mark.django_db
BLOCKED_WAY = here("exit_blocked")


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def twice(cast):
    """李明 reports a blocked exit; an hour later 朴英顺 reports it again."""
    return reported(cast["liming"]), reported(cast["piaoyingshun"], now=TUESDAY + HOUR, place="2号楼一单元")


def merged(cast, younger, elder, *, now=TUESDAY + 2 * HOUR):
    return advance_hazard(cast["cuizhe"], younger.id, Move(act="merge", elder=elder.code), now=now)


def test_the_younger_ends_in_the_elder_and_each_names_the_other(cast, twice):
    elder, younger = twice
    found = merged(cast, younger, elder)
    assert (found.state, elder_of(found)) == ("merged", elder.id)
    assert standing_for(found).id == elder.id
    assert [step.act for step in steps_of(elder)] == ["report", "absorb"]
    said = steps_of(elder)[-1].reasons[-1]
    assert (said["code"], said["params"]["code"]) == ("took_in", younger.code)
    assert steps_of(found)[-1].reasons[-1]["params"]["code"] == elder.code
    assert verify(COUNTY).faults == []


def test_it_is_counted_once(cast, twice):
    elder, younger = twice
    assert month_counts([COUNTY], length=9, month="2026-11")[(STREET, "reported")] == 2
    merged(cast, younger, elder)
    closed(cast, Case.objects.get(id=elder.id), now=TUESDAY + 3 * HOUR)
    month = month_counts([COUNTY], length=9, month="2026-11")
    assert (month[(STREET, "reported")], month[(STREET, "closed")]) == (1, 1)
    assert state_counts([COUNTY], length=9)[(STREET, "merged")] == 1


def test_a_merge_is_undone_once_with_a_reason(cast, twice):
    elder, younger = twice
    merged(cast, younger, elder)
    with pytest.raises(Refused) as refused:
        advance_hazard(cast["cuizhe"], younger.id, Move(act="unmerge"), now=TUESDAY + 3 * HOUR)
    assert codes(refused) == ["reason_missing"]
    apart = Move(act="unmerge", note="一个在一单元，一个在二单元")
    back = advance_hazard(cast["cuizhe"], younger.id, apart, now=TUESDAY + 3 * HOUR)
    assert (back.state, back.closed_at, elder_of(back)) == ("assigned", None, None)
    assert month_counts([COUNTY], length=9, month="2026-11")[(STREET, "reported")] == 2
    merged(cast, back, Case.objects.get(id=elder.id), now=TUESDAY + 4 * HOUR)
    with pytest.raises(Refused) as refused:
        advance_hazard(cast["cuizhe"], younger.id, apart, now=TUESDAY + 5 * HOUR)
    assert codes(refused) == ["unmerged_before"]
    assert verify(COUNTY).faults == []


def test_what_does_not_fit_is_told_why(cast, twice):
    elder, younger = twice
    wrong = {"": "elder_missing", younger.code: "elder_itself", "2403-AAAA-AAAA": "elder_unknown", "x": "elder_unknown"}
    for code, why in wrong.items():
        with pytest.raises(Refused) as refused:
            advance_hazard(cast["cuizhe"], younger.id, Move(act="merge", elder=code), now=TUESDAY + 2 * HOUR)
        assert codes(refused) == [why]
    with pytest.raises(Refused) as refused:
        advance_hazard(cast["cuizhe"], elder.id, Move(act="merge", elder=younger.code), now=TUESDAY + 2 * HOUR)
    assert codes(refused) == ["elder_younger"]
    closed(cast, elder, now=TUESDAY + 3 * HOUR)
    with pytest.raises(Refused) as refused:
        merged(cast, younger, elder, now=TUESDAY + 5 * HOUR)
    assert codes(refused) == ["elder_ended"]


def test_a_grid_member_does_not_merge_and_a_stranger_sees_neither(cast, twice):
    elder, younger = twice
    with pytest.raises(Refused):
        advance_hazard(cast["liming"], younger.id, Move(act="merge", elder=elder.code), now=TUESDAY + DAY)
    with pytest.raises(NotSeen):
        advance_hazard(cast["liuyang"], younger.id, Move(act="merge", elder=elder.code), now=TUESDAY + DAY)


def test_before_sending_the_likely_one_is_shown_with_no_more_than_one_may_know(cast, twice):
    spot = Seen(region=GRID, kind=BLOCKED_WAY, place=" 2号楼1单元")
    assert [one.code for one in likely_duplicates(cast["cuizhe"], spot, now=TUESDAY + DAY)] == [twice[0].code]
    shown = likely_duplicates(None, Seen(region=STREET, kind=BLOCKED_WAY, place="2号楼1单元3层"), now=TUESDAY + DAY)
    assert [(one.code, one.place, one.region) for one in shown] == [(twice[0].code, "", STREET)]
    assert likely_duplicates(None, Seen(region=GRID, kind=here("wiring"), place="2号楼1单元"), now=TUESDAY + DAY) == []
    assert likely_duplicates(None, Seen(region=NEXT_GRID, kind=BLOCKED_WAY, place="2号楼1单元"), now=TUESDAY) == []
    assert likely_duplicates(None, spot, now=TUESDAY + 40 * DAY) == []


def test_near_on_the_ground_is_enough_whatever_the_words(cast):
    case = reported(cast["liming"], lon=128.232, lat=43.372, place="")
    near, far = {"lon": 128.2323, "lat": 43.3721}, {"lon": 128.242, "lat": 43.372}
    asked = {"region": NEXT_GRID, "kind": BLOCKED_WAY}
    assert [one.code for one in likely_duplicates(None, Seen(**asked, **near), now=TUESDAY)] == [case.code]
    assert likely_duplicates(None, Seen(**asked, **far), now=TUESDAY) == []


def test_the_prompt_is_one_look_at_the_cases(cast, twice, django_assert_num_queries):
    likely_duplicates(cast["cuizhe"], Seen(region=GRID, kind=BLOCKED_WAY), now=TUESDAY + DAY)
    with django_assert_num_queries(2):  # which values the county goes by, then the cases
        likely_duplicates(cast["cuizhe"], Seen(region=GRID, kind=BLOCKED_WAY, place="2号楼1单元"), now=TUESDAY + DAY)


def test_that_is_it_add_mine_joins_once_and_gets_the_answer(cast):
    case = reported(cast["liming"])
    mine = Joining(key="join-1", code=case.code, channel=here("patrol"), note="晚上也堵着")
    first = join_case(cast["sunyulan"], mine, now=TUESDAY + HOUR)
    again = join_case(cast["sunyulan"], mine, now=TUESDAY + 2 * HOUR)
    assert (again.id, again.replayed) == (first.id, True)
    assert [one.person for one in tellings_of(case)] == [cast["sunyulan"].id]
    with pytest.raises(NotSeen):  # who joins sees no more of it than before
        advance_hazard(cast["sunyulan"], case.id, Move(act="start"), now=TUESDAY + 3 * HOUR)
    closed(cast, case, now=TUESDAY + 3 * HOUR)
    advance_hazard(cast["cuizhe"], case.id, Move(act="answer", note="已清走"), now=TUESDAY + 5 * HOUR)
    assert all(one.answered_at for one in tellings_of(case))
    assert verify(COUNTY).faults == []


def test_joining_what_was_merged_joins_the_elder(cast, twice):
    elder, younger = twice
    merged(cast, younger, elder)
    joined = join_case(cast["sunyulan"], Joining(key="join-2", code=younger.code), now=TUESDAY + DAY)
    assert joined.case.id == elder.id


def test_apart_again_it_is_judged_by_the_clock_it_has_now(cast, twice):
    elder, younger = twice
    merged(cast, younger, elder)
    apart = Move(act="unmerge", note="一个在一单元，一个在二单元")
    back = advance_hazard(cast["cuizhe"], younger.id, apart, now=TUESDAY + 3 * DAY)
    assert back.due_at > younger.due_at
    catch_up(now=TUESDAY + 3 * DAY)
    dues = {one.due_at for one in standings_about(COUNTY, younger.id) if one.duty == here("hazard_closed_loop")}
    assert dues == {back.due_at}


def test_an_elder_that_ended_in_the_same_moment_takes_nothing_in(cast, twice, monkeypatch):
    """赵国栋 merges the elder away between what 崔哲 looked at and what is kept."""
    elder, younger = twice
    judged = advancing.may_move

    def then_it_ends(*args, **kwargs):
        found = judged(*args, **kwargs)
        Case.objects.filter(id=elder.id).update(state="merged", version=elder.version + 1)
        return found

    monkeypatch.setattr(advancing, "may_move", then_it_ends)
    with pytest.raises(Moved):
        merged(cast, younger, elder)
    assert Case.objects.get(id=younger.id).state == "assigned"
