"""The month's meeting is entered, amended, confirmed, sent back and withdrawn, as the people of 渤海街道 live it."""

from dataclasses import replace

import pytest

from shouwang.domains.files.queries import attachments_of
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.ledger.models import Evidence, Line
from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.records.models import Record, Searched
from shouwang.domains.records.queries import steps_of, year_counts
from shouwang.flows.amend_record import Amendment, amend_record
from shouwang.flows.enter_record import enter_record
from shouwang.flows.record_papers import Paper
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.settle_record import settle_record
from tests.cast import COMMUNITY, COUNTY, NEXT_STREET, STREET
from tests.flows.records_story import HOUR, MEETING, MORNING, entered, entry, minutes, settle_areas
from tests.prefectures import here

pytestmark = pytest.mark.django_db
WAIVER = {
    "issued_on": "2026-11-02",
    "number": "敦消委办〔2026〕3号",
    "duty": here("hazard_closed_loop"),
    "reason": "撤并",
}


@pytest.fixture(autouse=True)
def home(settings, tmp_path, db):
    settings.HOME = tmp_path
    settle_areas()


def proofs(record):
    return list(Evidence.objects.filter(subject=record.id).order_by("id"))


def codes(refused):
    return [reason.code for reason in refused.value.decision.reasons]


def waiver(**more):
    return entry(key="w-1", type_=here("waiver"), papers=(Paper(name="document", data=minutes()),), **WAIVER | more)


def count(month="2026"):
    seal_and_fold(now=MORNING)
    return year_counts([COUNTY], [here("meeting")], year=int(month), length=9).get((STREET, here("meeting")), 0)


def test_the_meeting_with_its_minutes_is_evidence_at_once(cast):
    record = entered(cast["cuizhe"])
    assert (record.type, record.region, record.state, record.period) == (
        here("meeting"),
        STREET,
        "entered",
        "2026-11",
    )
    (proof,) = proofs(record)
    assert (proof.kind, proof.region, proof.recorded_at) == (f"record.{here('meeting')}", STREET, MORNING)
    assert proof.occurred_at.astimezone().isoformat() == "2026-11-05T12:00:00+08:00"
    assert proof.facts == {"kind": here("analysis"), "on_forces": True, "period": "2026-11"}
    assert [file.purpose for file in attachments_of(COUNTY, record.id)] == ["minutes"]
    assert count() == 1
    assert verify(COUNTY).faults == []


def test_all_faults_come_at_once_the_missing_paper_too(cast):
    with pytest.raises(Unfit) as unfit:
        enter_record(cast["cuizhe"], entry(papers=(), present="5000", topic=""), now=MORNING)
    assert unfit.value.fields == {
        "values.present": "“到会人数”要在1到2000之间",
        "values.topic": "请填写“议题”",
        "papers.minutes": "请附上“会议纪要(扫描件)”",
    }  # fmt: skip
    assert not Record.objects.exists()


def test_the_same_form_sent_twice_acts_once(cast):
    first = enter_record(cast["cuizhe"], entry(), now=MORNING)
    again = enter_record(cast["cuizhe"], entry(), now=MORNING + HOUR)
    assert (again.id, again.replayed, Record.objects.count()) == (first.id, True, 1)
    with pytest.raises(KeyReused):
        enter_record(cast["cuizhe"], entry(topic="另一件"), now=MORNING)


def test_what_another_system_holds_is_not_entered_twice(cast):
    first = enter_record(cast["cuizhe"], entry(external_id="OA-7"), now=MORNING)
    again = enter_record(cast["cuizhe"], entry(key="other", external_id="OA-7"), now=MORNING)
    assert (again.id, again.replayed) == (first.id, True)
    with pytest.raises(Unfit) as unfit:
        enter_record(cast["cuizhe"], entry(key="third", external_id="OA-7", topic="另一件"), now=MORNING)
    assert "external_id" in unfit.value.fields


@pytest.mark.parametrize(
    ("who", "region", "code"),
    [("liming", STREET, "not_entered_by_you"), ("cuizhe", NEXT_STREET, "body_outside"),
     ("cuizhe", COMMUNITY, "not_kept_here"), ("liuyang", STREET, "not_entered_by_you"),
     ("mali", STREET, "not_entered_by_you")],
)  # fmt: skip
def test_who_may_not_enter_is_told_why(cast, who, region, code):
    with pytest.raises(Refused) as refused:
        enter_record(cast[who], entry(region=region), now=MORNING)
    assert codes(refused) == [code]
    assert refused.value.decision.clauses == (here("08-02"),)


def test_no_body_nobody_knows(cast):
    with pytest.raises(Unfit) as unfit:
        enter_record(cast["cuizhe"], entry(region=f"{COUNTY}099"), now=MORNING)
    assert unfit.value.fields == {"region": f"没有代码为{COUNTY}099的单位"}


def test_an_amendment_leaves_what_stood_before_readable(cast):
    record = entered(cast["cuizhe"])
    changed = MEETING | {"topic": "冬季火灾防控和烟花爆竹", "on_culture": "是"}
    amend_record(
        cast["zhangzhiqiang"],
        record.id,
        Amendment(values=changed, version=1, note="漏了一项"),
        now=MORNING + HOUR,
    )
    record.refresh_from_db()
    assert (record.name, record.version, record.said_by) == (
        "冬季火灾防控和烟花爆竹",
        2,
        cast["zhangzhiqiang"].id,
    )
    (step,) = steps_of(record)
    assert (step.act, step.earlier["values"]["topic"], step.note) == ("amend", "冬季火灾防控", "漏了一项")
    assert [(p.facts.get("on_culture"), p.recorded_at) for p in proofs(record)] == [
        (None, MORNING), (True, MORNING + HOUR),
    ]  # fmt: skip
    with pytest.raises(Moved):
        amend_record(cast["cuizhe"], record.id, Amendment(values=MEETING, version=1), now=MORNING + 2 * HOUR)
    assert verify(COUNTY).faults == []


def test_a_slip_of_the_pen_mended_makes_no_new_evidence(cast):
    record = entered(cast["cuizhe"])
    amend_record(cast["cuizhe"], record.id, Amendment(values=MEETING | {"topic": "冬防"}), now=MORNING + HOUR)
    assert len(proofs(record)) == 1


def test_moved_to_another_month_it_counts_there(cast):
    record = entered(cast["cuizhe"], entry(held_on="2025-12-30"))
    assert (count("2025"), count("2026")) == (1, 0)
    amend_record(cast["cuizhe"], record.id, Amendment(values=MEETING), now=MORNING + HOUR)
    assert (count("2025"), count("2026")) == (0, 1)
    assert [one.text for one in Searched.objects.filter(record=record)] == [here("analysis")]


def test_withdrawn_it_proves_nothing_and_is_not_counted(cast):
    record = entered(cast["cuizhe"])
    with pytest.raises(Refused) as refused:
        settle_record(cast["cuizhe"], record.id, "withdraw", now=MORNING)
    assert codes(refused) == ["reason_missing"]
    settle_record(cast["cuizhe"], record.id, "withdraw", note="重复登记", now=MORNING + HOUR)
    assert [p.facts.get("withdrawn", False) for p in proofs(record)] == [False, True]
    assert count() == 0
    with pytest.raises(Refused) as refused:
        amend_record(cast["cuizhe"], record.id, Amendment(values=MEETING), now=MORNING + 2 * HOUR)
    assert codes(refused) == ["no_such_record_step"]
    assert verify(COUNTY).faults == []


def test_where_another_must_confirm_it_proves_nothing_before(cast):
    record = entered(cast["zhangzhiqiang"], waiver())
    assert proofs(record) == []
    with pytest.raises(Refused) as refused:
        settle_record(cast["zhangzhiqiang"], record.id, "confirm", now=MORNING)
    assert codes(refused) == ["same_author"]
    assert refused.value.decision.clauses == (here("I-07"), here("I-07"))
    settle_record(cast["hanxue"], record.id, "confirm", now=MORNING + HOUR)
    record.refresh_from_db()
    assert (record.state, record.confirmed_by) == ("confirmed", cast["hanxue"].id)
    (proof,) = proofs(record)
    assert (proof.recorded_at, proof.facts) == (MORNING, {"duty": here("hazard_closed_loop")})


def test_sent_back_it_no_longer_proves_and_comes_again(cast):
    record = entered(cast["zhangzhiqiang"], waiver())
    settle_record(cast["hanxue"], record.id, "confirm", now=MORNING + HOUR)
    settle_record(cast["hanxue"], record.id, "return", note="文号写错", now=MORNING + 2 * HOUR)
    assert [p.facts.get("withdrawn", False) for p in proofs(record)] == [False, True]
    better = Amendment(values=WAIVER | {"number": "敦消委办〔2026〕4号"})
    amend_record(cast["zhangzhiqiang"], record.id, better, now=MORNING + 3 * HOUR)
    record.refresh_from_db()
    assert (record.state, record.confirmed_by) == ("entered", None)
    settle_record(cast["hanxue"], record.id, "confirm", now=MORNING + 4 * HOUR)
    assert proofs(record)[-1].recorded_at == MORNING + 3 * HOUR
    assert [step.act for step in steps_of(record)] == ["confirm", "return", "amend", "confirm"]
    assert verify(COUNTY).faults == []


@pytest.mark.parametrize("who", ["liuyang", "sunyulan", "liming"])
def test_nobody_outside_sees_or_touches_it(cast, who):
    record = entered(cast["cuizhe"])
    with pytest.raises(NotSeen):
        settle_record(cast[who], record.id, "withdraw", note="不是我的", now=MORNING)
    with pytest.raises(NotSeen):
        amend_record(cast[who], record.id, Amendment(values=MEETING), now=MORNING)


def test_a_paper_that_is_no_paper_is_told_beside_its_name(cast):
    with pytest.raises(Unfit) as unfit:
        enter_record(cast["cuizhe"], entry(papers=(Paper(name="minutes", data=b"MZ\x90"),)), now=MORNING)
    assert set(unfit.value.fields) == {"papers.minutes"}


def test_every_act_is_one_line_under_its_clause(cast):
    record = entered(cast["cuizhe"])
    amend_record(cast["cuizhe"], record.id, Amendment(values=MEETING | {"present": "13"}), now=MORNING + HOUR)
    settle_record(cast["cuizhe"], record.id, "withdraw", note="误登", now=MORNING + 2 * HOUR)
    lines = Line.objects.filter(object=record.id).order_by("id")
    assert [(line.room, line.act, line.clause) for line in lines] == [
        ("records", act, here("08-02")) for act in ("enter", "amend", "withdraw")
    ]
    assert replace(entry(), key="x").key == "x"
