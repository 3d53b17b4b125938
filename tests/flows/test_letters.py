"""Letters at work: one late order climbs the whole ladder, one letter speaks for many cases, numbers are dense."""

import pytest

from shouwang.domains.duties.models import Notice, Standing, Step
from shouwang.domains.hazards.queries import of_ids
from shouwang.domains.ledger.models import Evidence, Line
from shouwang.domains.letters.models import Cause, Handling, Letter
from shouwang.domains.letters.queries import newest
from shouwang.flows.follow_tasks import to_follow
from shouwang.flows.letter_sight import letter_sight, see_letter
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from shouwang.flows.report_hazard import Report, report_hazard
from shouwang.flows.whistle import Whistle, whistle
from tests.cast import COUNTY, GRID
from tests.letter_story import Office
from tests.letter_story import office as office
from tests.prefectures import here, only_in_yanbian

LADDER_OF_LETTERS = only_in_yanbian("a ladder that writes letters and holds interviews; the league's has neither")
SUPERVISED = here("hazard_general_supervised")
pytestmark = pytest.mark.django_db


def standing(duty: str, subject) -> str:
    return Standing.objects.get(county=COUNTY, duty=duty, subject=subject).verdict


def rungs(subject, duty: str = SUPERVISED) -> list[str]:
    return list(Step.objects.filter(subject=subject, duty=duty).order_by("at").values_list("rung", flat=True))


def told(office: Office, login: str, sort: str) -> int:
    return Notice.objects.filter(recipient=office.cast[login].id, sort=sort).count()


@LADDER_OF_LETTERS[0]
@LADDER_OF_LETTERS[1]
def test_a_late_order_goes_the_whole_ladder_to_the_county_and_beyond(office: Office):
    case = office.late_order()
    office.pass_days(40)
    assert rungs(case) == ["remind", "supervise", "letter", "interview", "level_up"]
    # 该发督办函那天系统拟了稿，没有发；约谈也只是拟稿。
    drafts = {one.kind: one for one in Letter.objects.filter(county=COUNTY)}
    assert set(drafts) == {here("supervision"), here("interview")}
    draft = drafts[here("supervision")]
    assert (draft.state, draft.hands, draft.number, draft.issued_at) == ("drafted", [], "", None)
    cause = Cause.objects.get(letter=draft)
    assert cause.subject == case and cause.facts["code"] == of_ids(COUNTY, [case])[0].code
    assert told(office, "hanxue", "letter_draft") == 2 and told(office, "guoqiang", "letter_draft") == 2
    assert told(office, "zhoumin", "letter_draft") == 0
    with pytest.raises(NotSeen):
        see_letter(office.cast["zhoumin"], draft.id)

    office.act("hanxue", draft, "approve")
    sent = office.act("hanxue", draft, "issue")
    assert sent.number == here("敦消委办督") + "〔2026〕1号" and told(office, "zhoumin", "letter_issue") == 1
    assert see_letter(office.cast["zhoumin"], draft.id).state == "issued"
    office.act("zhoumin", draft, "receive")

    office.pass_days(1)
    assert standing(here("letters_answered_county"), draft.id) == "due"
    office.pass_days(12)
    assert standing(here("letters_answered_county"), draft.id) == "overdue"
    assert rungs(draft.id, here("letters_answered_county"))[:2] == ["remind", "supervise"]
    assert told(office, "zhoumin", "letter_remind") == 1 and told(office, "zhoumin", "letter_supervise") == 1
    # 州里看得到县里压了多久。
    raised = [one for one in to_follow(office.cast["quanzhenhu"], limit=50) if one.subject == case]
    assert {one.rung for one in raised} == {"level_up"}


def test_answered_in_time_the_duty_is_met_and_the_county_closes_it(office: Office):
    letter = office.issued(cases=(office.late_case(),))
    office.act("zhoumin", letter, "answer", words="锁已拆除，钥匙交由值班室保管")
    office.pass_days(1)
    assert standing(here("letters_answered_county"), letter.id) == "met"
    office.act("hanxue", letter, "accept")
    kinds = Evidence.objects.filter(subject=letter.id).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["letter.sent", "letter.answered", "letter.closed"]
    assert Line.objects.filter(object=letter.id).count() == Handling.objects.filter(letter=letter).count() == 5


def test_an_answer_that_says_nothing_is_returned_and_the_clock_runs_anew(office: Office):
    letter = office.issued(cases=(office.late_case(),))
    office.act("zhoumin", letter, "answer", words="已阅")
    office.pass_days(1)
    returned = office.act("hanxue", letter, "return", words="没有说明什么时候整改")
    office.pass_days(1)
    assert standing(here("letters_answered_county"), letter.id) == "due"
    assert returned.due_at > letter.due_at and told(office, "zhoumin", "letter_return") == 1
    office.act("zhoumin", letter, "answer", words="锁已拆除")
    office.pass_days(1)
    assert standing(here("letters_answered_county"), letter.id) == "met"


@LADDER_OF_LETTERS[0]
@LADDER_OF_LETTERS[1]
def test_a_withdrawn_letter_owes_no_answer(office: Office):
    letter = office.issued(cases=(office.late_case(),))
    office.pass_days(1)
    office.act("hanxue", letter, "withdraw", words="发错了单位")
    office.pass_days(1)
    assert not Standing.objects.filter(subject=letter.id).exists()
    assert office.issued(cases=(office.late_case(place="白山小区"),)).number == here("敦消委办督") + "〔2026〕2号"


@LADDER_OF_LETTERS[0]
@LADDER_OF_LETTERS[1]
def test_one_letter_speaks_for_every_late_case_of_a_department(office: Office):
    cases = {office.late_case(place=f"白山小区{n}号楼") for n in range(4)}
    office.pass_days(16)
    letter = Letter.objects.get(county=COUNTY, kind=here("supervision"))
    assert set(Cause.objects.filter(letter=letter).values_list("subject", flat=True)) == cases


@LADDER_OF_LETTERS[0]
@LADDER_OF_LETTERS[1]
def test_a_department_that_was_whistled_for_and_did_not_come_gets_its_letter(office: Office):
    told = {"kind": "exit_locked", "site": "elderly_home", "place": "福寿养老院"}
    report = Report(key="吹哨", region=GRID, found_at=office.now, **told)
    case = report_hazard(office.cast["liming"], report, now=office.now).id
    need = Whistle(departments=("housing", "fire"), need="请来人开锁")
    whistle(office.cast["cuizhe"], case, need, now=office.now)
    office.pass_days(16)
    letter = Letter.objects.get(county=COUNTY, kind="supervision", to_department="housing")
    cause = Cause.objects.get(letter=letter)
    assert (cause.kind, cause.subject) == ("whistle", case)
    assert Letter.objects.filter(county=COUNTY, kind="supervision", to_department="fire").count() == 1


@LADDER_OF_LETTERS[0]
@LADDER_OF_LETTERS[1]
def test_a_draft_nobody_touched_takes_up_what_comes_later(office: Office):
    first = office.late_case()
    office.pass_days(3)
    second = office.late_case(place="丹江小区")
    office.pass_days(16)
    letter = Letter.objects.get(county=COUNTY, kind=here("supervision"))
    assert set(Cause.objects.filter(letter=letter).values_list("subject", flat=True)) == {first, second}


@LADDER_OF_LETTERS[0]
@LADDER_OF_LETTERS[1]
def test_a_letter_drafted_for_a_step_is_not_drafted_again(office: Office):
    office.late_case()
    office.pass_days(16)
    letter = Letter.objects.get(county=COUNTY, kind=here("supervision"))
    office.act("hanxue", letter, "approve")
    office.act("hanxue", letter, "issue")
    office.pass_days(3)
    assert Letter.objects.filter(county=COUNTY, kind=here("supervision")).count() == 1


def test_who_wrote_it_does_not_approve_it(office: Office):
    letter = office.drafted(cases=(office.late_case(),))
    with pytest.raises(Refused) as refusal:
        office.act("hanxue", letter, "approve")
    assert [one.code for one in refusal.value.decision.reasons] == ["letter_same_hand"]
    office.act("guoqiang", letter, "approve")


def test_a_number_of_the_office_s_own_is_kept_and_never_given_again(office: Office):
    case = office.late_case()
    own = office.drafted(cases=(case,))
    office.act("guoqiang", own, "approve")
    assert office.act("hanxue", own, "issue", number=here("敦消委办督") + "〔2026〕7号").serial == 7
    assert office.issued(cases=(case,)).number == here("敦消委办督") + "〔2026〕8号"
    twice = office.drafted(cases=(case,))
    office.act("guoqiang", twice, "approve")
    with pytest.raises(Unfit) as unfit:
        office.act("hanxue", twice, "issue", number=here("敦消委办督") + "〔2026〕8号")
    assert "number" in unfit.value.fields


def test_a_risk_reminder_is_a_risk_reminder_whichever_way_it_was_entered(office: Office):
    letter = office.issued(here("reminder"))
    office.pass_days(1)
    assert standing(here("reminders_answered_county"), letter.id) == "due"
    assert not Standing.objects.filter(duty=here("letters_answered_county"), subject=letter.id).exists()
    office.act("zhoumin", letter, "answer", words="已通知各物业加强值守")
    office.pass_days(1)
    assert standing(here("reminders_answered_county"), letter.id) == "met"


@LADDER_OF_LETTERS[0]
@LADDER_OF_LETTERS[1]
def test_an_interview_needs_its_minutes_and_what_was_promised(office: Office):
    letter = office.issued(here("interview"), cases=(office.late_case(),))
    with pytest.raises(Refused) as refusal:
        office.act("hanxue", letter, "hold", words="约谈了局长")
    assert [one.code for one in refusal.value.decision.reasons] == ["letter_promise_missing"]
    with pytest.raises(Refused):
        office.act("zhoumin", letter, "hold", words="约谈了我们", promise="月底前改完")
    office.act("hanxue", letter, "hold", words="约谈了局长", promise="月底前改完")
    said = Evidence.objects.get(subject=letter.id, kind="record.interview")
    assert said.facts["cause"] == "overdue"


def test_the_next_county_and_another_department_see_nothing(office: Office):
    letter = office.issued(cases=(office.late_case(),))
    for login in ("liuyang", "jiangtao", "liming", "cuizhe", "luoping"):
        sight = letter_sight(office.cast[login])
        assert newest(sight.pieces(), where={}).rows == []
        with pytest.raises(NotSeen):
            see_letter(office.cast[login], letter.id)
    for login in ("hanxue", "zhoumin", "guoqiang", "quanzhenhu", "mali"):
        assert see_letter(office.cast[login], letter.id).id == letter.id


def test_a_major_hazard_is_put_to_the_government_listed_and_taken_off(office: Office):
    from shouwang.domains.hazards.models import Case

    case = office.late_case()
    with pytest.raises(Refused) as refusal:
        office.drafted(here("opinion"), cases=(case,), by="zhaoguodong")
    assert [one.code for one in refusal.value.decision.reasons] == ["letter_needs_major"]
    Case.objects.filter(id=case).update(grade="major")
    opinion = office.drafted(here("opinion"), cases=(case,), by="zhaoguodong")
    office.act("hanxue", opinion, "approve")
    office.act("zhaoguodong", opinion, "issue")
    assert opinion.to_post == here("county_leader")
    with pytest.raises(Refused):
        office.drafted(here("listing"), cases=(case,))
    office.act("guoqiang", opinion, "decide", decision="listed")
    listing = office.issued(here("listing"), cases=(case,))
    assert listing.number == here("敦政挂督") + "〔2026〕1号"
    with pytest.raises(Refused):
        office.drafted(here("delisting"), cases=(case,))
    Case.objects.filter(id=case).update(state="closed")
    office.issued(here("delisting"), cases=(case,))
    kinds = Evidence.objects.filter(subject=case, room="letters").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["hazard.listing_asked", "hazard.listed", "hazard.delisted"]
