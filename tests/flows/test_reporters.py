"""Who told of a hazard: named, known to the office alone, or nobody; sealed in the database, read with a reason."""

from dataclasses import replace

import pytest
from django.db import connection

from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.queries import newest, steps_of
from shouwang.domains.hazards.reporters import by_claim, tellings_of
from shouwang.domains.hazards.telling_rows import Contribution, Disclosure
from shouwang.domains.ledger.models import Line
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.dispute_by_code import claimed, dispute_by_code
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from shouwang.flows.report_hazard import report_hazard
from shouwang.flows.rotate_keys import sealed_values
from shouwang.flows.sight import sight
from shouwang.flows.tellings import Telling
from shouwang.flows.unmask_reporter import unmask_reporter
from shouwang.kernel.codes import parse_claim_code
from tests.cast import COMMUNITY, COUNTY, STREET
from tests.flows.closing_story import BLOCKED, DAY, HOUR, STILL, TUESDAY, closed, codes
from tests.prefectures import here

pytestmark = pytest.mark.django_db
SECRET = Telling(openness="confidential", name="吕秀英", phone="13812345678")
PUBLIC = replace(BLOCKED, region=STREET, channel=here("whistleblower"), telling=SECRET)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


def dump():
    """Everything every table holds, as a thief of the database would read it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)


def told(case):
    return Contribution.objects.get(case=case)


def test_a_resident_without_an_account_reports_and_follows_by_the_own_code(cast):
    done = report_hazard(None, PUBLIC, now=TUESDAY)
    again = report_hazard(None, PUBLIC, now=TUESDAY + HOUR)
    assert (again.id, again.claim, again.replayed) == (done.id, done.claim, True)
    assert parse_claim_code(done.claim.lower().replace("-", " ")) == done.claim
    assert by_claim(done.claim).case_id == done.id and done.claim not in dump()
    case = Case.objects.get()
    assert (case.reporter, case.state, case.channel) == (None, "assigned", here("whistleblower"))
    assert verify(COUNTY).faults == []


def test_no_table_and_no_line_tells_who_a_confidential_reporter_is(cast):
    done = report_hazard(None, PUBLIC, now=TUESDAY)
    whole = dump()
    for word in ("吕秀英", "13812345678", "吕秀英".encode().hex(), b"13812345678".hex()):
        assert word not in whole
    assert Line.objects.filter(object=done.id).get().actor is None


def test_whoever_blows_the_whistle_under_an_account_stands_nowhere_beside_the_case(cast):
    manager = cast["wupeng"]
    whistle = replace(
        PUBLIC, region=COMMUNITY, telling=Telling(openness="confidential"), key="w-1", photos=()
    )
    done = report_hazard(manager, whistle, now=TUESDAY)
    rows = dump().splitlines()
    beside = [row for row in rows if str(done.id) in row or str(told(done.id).id) in row]
    assert beside and not any(str(manager.id) in row for row in beside)
    assert [step.actor for step in steps_of(Case.objects.get())] == [None]
    assert newest(sight(manager)).rows == []
    assert claimed(done.claim).case.id == done.id
    anonymous = replace(whistle, telling=Telling(openness="anonymous"), key="w-2")
    assert told(report_hazard(manager, anonymous, now=TUESDAY).id).identity == b""


def test_handlers_do_not_learn_who_told_and_the_office_says_why_it_must(cast):
    case = Case.objects.get(id=report_hazard(None, PUBLIC, now=TUESDAY).id)
    row = tellings_of(case)[0]
    for handler in ("cuizhe", "zhangzhiqiang", "zhaoguodong", "wangjianguo"):
        with pytest.raises(Refused) as refused:
            unmask_reporter(cast[handler], case.id, row.id, reason="要打电话核实", now=TUESDAY)
        assert codes(refused) == ["not_held"]
    for stranger in ("liuyang", "sunyulan"):
        with pytest.raises(NotSeen):
            unmask_reporter(cast[stranger], case.id, row.id, reason="要打电话核实", now=TUESDAY)
    with pytest.raises(Unfit) as unfit:
        unmask_reporter(cast["hanxue"], case.id, row.id, reason=" ", now=TUESDAY)
    assert list(unfit.value.fields) == ["reason"]
    known = unmask_reporter(cast["hanxue"], case.id, row.id, reason="发放奖励", now=TUESDAY)
    assert known == {"name": "吕秀英", "phone": "13812345678"}
    assert [one.reason for one in Disclosure.objects.all()] == ["发放奖励"]
    assert Line.objects.filter(act="unmask").count() == 1 and verify(COUNTY).faults == []


def test_who_had_a_hand_in_the_case_does_not_learn_who_told_in_confidence(cast):
    case = Case.objects.get(id=report_hazard(None, PUBLIC, now=TUESDAY).id)
    move = Move(act="reassign", department=here("police"), note="属派出所管辖")
    advance_hazard(cast["hanxue"], case.id, move, now=TUESDAY)
    with pytest.raises(Refused) as refused:
        unmask_reporter(cast["hanxue"], case.id, tellings_of(case)[0].id, reason="发放奖励", now=TUESDAY)
    assert codes(refused) == ["acted_on_case"] and not Disclosure.objects.exists()


def test_a_named_reporter_is_called_back_by_the_station(cast):
    named = replace(PUBLIC, telling=Telling(name="吕秀英", phone="13812345678"))
    case = Case.objects.get(id=report_hazard(None, named, now=TUESDAY).id)
    row = tellings_of(case)[0]
    assert unmask_reporter(cast["cuizhe"], case.id, row.id, reason="请她带路", now=TUESDAY)["phone"] == "13812345678"


def test_the_own_code_disputes_once_with_a_photo(cast):
    done = report_hazard(None, PUBLIC, now=TUESDAY)
    case = closed(cast, Case.objects.get(id=done.id), now=TUESDAY + HOUR)
    with pytest.raises(Refused) as refused:
        dispute_by_code(done.claim, note="还在", photos=(), now=TUESDAY + DAY)
    assert codes(refused) == ["picture_missing"]
    with pytest.raises(NotSeen):
        dispute_by_code("2403-AAAA-AAAA-AAAA", note="还在", photos=(STILL,), now=TUESDAY + DAY)
    again = dispute_by_code(done.claim, note="还在", photos=(STILL,), now=TUESDAY + DAY)
    assert again.state == "rectifying" and again.due_at > case.due_at
    closed(cast, Case.objects.get(id=done.id), now=TUESDAY + 2 * DAY)
    with pytest.raises(Refused) as refused:
        dispute_by_code(done.claim, note="还在", photos=(STILL,), now=TUESDAY + 3 * DAY)
    assert codes(refused) == ["disputed_before"]
    assert verify(COUNTY).faults == []


def test_the_public_way_in_does_not_open_the_others(cast):
    with pytest.raises(Refused) as refused:
        report_hazard(None, replace(PUBLIC, channel=here("patrol"), telling=None), now=TUESDAY)
    assert codes(refused) == ["channel_closed"]
    with pytest.raises(Refused) as refused:
        report_hazard(cast["liming"], replace(BLOCKED, channel=here("telephone")), now=TUESDAY)
    assert codes(refused) == ["channel_closed"]


def test_each_way_in_keeps_its_own_facts_and_says_what_is_lacking(cast):
    ordered = replace(BLOCKED, channel=here("inspection"), key="i-1")
    with pytest.raises(Unfit) as unfit:
        report_hazard(cast["zhaoguodong"], ordered, now=TUESDAY)
    assert list(unfit.value.fields) == ["order"]
    whole = replace(ordered, telling=Telling(facts={"order": "敦消限字〔2026〕12号", "served_on": "2026-11-23"}))
    done = report_hazard(cast["zhaoguodong"], whole, now=TUESDAY)
    assert told(done.id).facts == {"order": "敦消限字〔2026〕12号", "served_on": "2026-11-23"}
    with pytest.raises(Unfit) as unfit:
        report_hazard(cast["zhaoguodong"], replace(whole, key="i-2", telling=replace(SECRET)), now=TUESDAY)
    assert "openness" in unfit.value.fields


def test_what_is_sealed_is_counted_among_what_keys_rotate(cast):
    report_hazard(None, PUBLIC, now=TUESDAY)
    assert sum(sealed_values().values()) == 1


def test_everybody_who_told_is_answered_by_one_answer(cast):
    done = report_hazard(None, PUBLIC, now=TUESDAY)
    case = closed(cast, Case.objects.get(id=done.id), now=TUESDAY + HOUR)
    advance_hazard(cast["cuizhe"], case.id, Move(act="answer", note="已清走"), now=TUESDAY + DAY)
    assert claimed(done.claim).told.answered_at == TUESDAY + DAY
