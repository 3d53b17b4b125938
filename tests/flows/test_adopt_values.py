"""敦化市 and 延边州 adopt values: under one document, from a day on, for their own area, never for an old day."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwang.domains.adoptions.models import Adopted, Adoption
from shouwang.domains.duties.models import Standing
from shouwang.domains.duties.undetermined import undetermined
from shouwang.domains.hazards.models import Case
from shouwang.domains.ledger.models import Evidence, Line
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.adopt_values import adopt_values, check_sheet
from shouwang.flows.judge_duties import owed_since
from shouwang.flows.keep_house import catch_up
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.report_hazard import Report, report_hazard
from shouwang.flows.see_values import counties_open_to, see_sheet, see_values
from shouwang.flows.sight import pack, pack_of
from shouwang.flows.withdraw_values import withdraw_values
from tests.cast import CAST, COUNTY, GRID, OUTSIDER, PREFECTURE, STREET
from tests.flows.adoption_story import (
    DAY,
    GENERAL,
    INTAKES,
    MINOR,
    OF_PREFECTURE,
    SHEET,
    TODAY,
    TUESDAY,
    WHISTLE,
    YANJI,
    bring_in_counties,
)
from tests.prefectures import HERE, here

pytestmark = pytest.mark.django_db
JOINT = here("meeting.joint.per_quarter")
USUAL = HERE.general_workdays


@pytest.fixture(autouse=True)
def counties(db):
    bring_in_counties()


def values(county, *names, now=TUESDAY):
    found = pack_of(county, now=now)
    return [(found.value(name, on=TODAY).value, found.value(name, on=TODAY).provenance) for name in names]


def test_a_county_adopts_and_the_values_are_local(cast):
    done = adopt_values(cast["hanxue"], SHEET, now=TUESDAY)
    assert values(COUNTY, GENERAL, WHISTLE) == [(3, "local"), (2, "local")]
    assert values(YANJI, GENERAL, WHISTLE) == [(USUAL, "default"), (None, "unset")]
    value = pack_of(COUNTY, now=TUESDAY).value(GENERAL, on=TODAY)
    assert (value.source, value.signer, value.signed_on) == (
        "敦消委办〔2026〕5号",
        "郭强",
        date(2026, 11, 20),
    )
    line = Line.objects.get(object=done.id)
    assert (line.act, line.region, line.post, line.pack) == ("adopt", COUNTY, here("county_office"), pack().version)


def test_the_act_is_evidence_and_everything_is_sealed(cast):
    done = adopt_values(cast["guoqiang"], SHEET, now=TUESDAY)
    told = Evidence.objects.get(kind="parameters.adopted")
    assert (told.subject, told.region, told.facts) == (done.id, COUNTY, {"count": 2})
    assert timezone.localtime(told.occurred_at).isoformat() == "2026-11-20T12:00:00+08:00"
    catch_up(now=TUESDAY)
    assert verify(COUNTY).faults == []
    Adopted.objects.filter(parameter=GENERAL).update(value="30")
    assert [fault.what for fault in verify(COUNTY).faults] == ["row edited"]


def test_a_report_takes_its_deadline_from_the_values_of_its_county(cast):
    told = Report(key="1", region=GRID, kind=here("exit_blocked"), site=here("old_compound"), found_at=TUESDAY)
    before = Case.objects.get(pk=report_hazard(cast["liming"], told, now=TUESDAY).id)
    adopt_values(cast["hanxue"], SHEET, now=TUESDAY)
    after = Case.objects.get(pk=report_hazard(cast["liming"], replace(told, key="2"), now=TUESDAY).id)
    assert [timezone.localdate(one.due_at).isoformat() for one in (before, after)] == [
        {5: "2026-12-01", 4: "2026-11-30"}[USUAL],
        "2026-11-27",
    ]
    lines = [Line.objects.get(object=one.id).pack for one in (before, after)]
    assert lines == [pack().version, pack_of(COUNTY, now=TUESDAY).version]


def test_a_past_day_keeps_the_value_it_had(cast):
    adopt_values(cast["hanxue"], SHEET, now=TUESDAY)
    later = replace(SHEET, number="敦消委办〔2026〕8号", signed_on="2026-12-01", effective_from="2026-12-10",
                    values={GENERAL: "4"})  # fmt: skip
    adopt_values(cast["hanxue"], later, now=TUESDAY + 10 * DAY)
    found = pack_of(COUNTY, now=TUESDAY + 30 * DAY)
    days = [date(2026, 11, 23), date(2026, 11, 24), date(2026, 12, 9), date(2026, 12, 10)]
    assert [found.value(GENERAL, on=day).value for day in days] == [USUAL, 3, 3, 4]


def test_a_value_never_stands_before_the_day_it_is_entered(cast):
    early = replace(SHEET, effective_from="2026-11-01")
    done = adopt_values(cast["hanxue"], early, now=TUESDAY)
    sheet = Adoption.objects.get(pk=done.id)
    assert sheet.effective_from == date(2026, 11, 1)
    assert {row.since for row in Adopted.objects.filter(adoption=sheet)} == {TODAY}
    assert pack_of(COUNTY, now=TUESDAY).value(GENERAL, on=date(2026, 11, 23)).provenance == "default"


def test_the_prefecture_decides_for_all_its_counties_and_a_county_over_it(cast):
    adopt_values(cast["hanxue"], SHEET, now=TUESDAY)
    adopt_values(
        cast["quanzhenhu"], replace(OF_PREFECTURE, values={GENERAL: "7", MINOR: "12"}), now=TUESDAY + DAY
    )
    tomorrow = TUESDAY + DAY
    on = TODAY + DAY
    found = {county: pack_of(county, now=tomorrow) for county in (COUNTY, YANJI, PREFECTURE)}
    assert [found[c].value(GENERAL, on=on).value for c in (COUNTY, YANJI, PREFECTURE)] == [3, 7, 7]
    assert [found[c].value(MINOR, on=on).value for c in (COUNTY, YANJI)] == [12, 12]
    assert len({one.version for one in found.values()} | {pack().version}) == 3


def test_the_same_sheet_twice_is_adopted_once(cast):
    first = adopt_values(cast["hanxue"], SHEET, now=TUESDAY)
    again = adopt_values(
        cast["guoqiang"], replace(SHEET, number="敦消委办[2026]5号", values={WHISTLE: "2", GENERAL: "3个工作日"}),
        now=TUESDAY + DAY,
    )  # fmt: skip
    assert (again.id, again.replayed, first.replayed) == (first.id, True, False)
    assert Adoption.objects.count() == 1
    assert check_sheet(cast["hanxue"], SHEET, now=TUESDAY).replayed == first.id


def test_a_sheet_taken_back_stands_no_more_and_may_be_adopted_again(cast):
    done = adopt_values(cast["hanxue"], SHEET, now=TUESDAY)
    version = pack_of(COUNTY, now=TUESDAY).version
    back = TUESDAY + 3 * DAY
    withdraw_values(cast["hanxue"], done.id, number="敦消委办(2026)6号", now=back)
    found = pack_of(COUNTY, now=back)
    assert found.version != version
    assert [found.value(WHISTLE, on=TODAY + n * DAY).value for n in (0, 2, 3)] == [2, 2, None]
    assert list(Evidence.objects.filter(kind="parameters.adopted").order_by("id").values_list("facts", flat=True)) == [
        {"count": 2}, {"withdrawn": True},
    ]  # fmt: skip
    with pytest.raises(Moved):
        withdraw_values(cast["hanxue"], done.id, number="敦消委办〔2026〕6号", now=back)
    assert not adopt_values(cast["hanxue"], SHEET, now=back).replayed
    catch_up(now=back)
    assert verify(COUNTY).faults == []


def test_what_will_change_is_told_before_anything_is_kept(cast):
    sheet = replace(SHEET, values={GENERAL: str(USUAL), WHISTLE: "2"})
    told = check_sheet(cast["hanxue"], sheet, now=TUESDAY)
    assert (told.of("default"), told.of("unset"), told.judged) == (1, 1, 0)
    assert [change.is_new for change in told.changes] == [False, True]
    assert Adoption.objects.count() == Line.objects.filter(room="adoptions").count() == 0


def waiting(county, wants):
    """Verdicts of a county that are undetermined for want of a value, once the worker has judged."""
    return sum(
        group.n
        for group in undetermined([county])
        if any(reason.get("params", {}).get("parameter") == wants for reason in group.reasons)
    )


def test_what_was_promised_comes_true_when_the_worker_judges(cast):
    """One number of its own makes a year's duty judged; the county over the way still waits."""
    adopt_values(cast["hanxue"], SHEET, now=TUESDAY)  # anything kept lets the worker begin with the county
    adopt_values(cast["quanzhenhu"], OF_PREFECTURE, now=TUESDAY)
    catch_up(now=TUESDAY)
    wanted = waiting(COUNTY, INTAKES)
    assert wanted > 0 and see_values(cast["hanxue"], COUNTY, now=TUESDAY).values
    shown = {one.parameter.id: one for one in see_values(cast["hanxue"], COUNTY, now=TUESDAY).values}
    assert shown[INTAKES].undetermined == wanted
    sheet = replace(SHEET, number="敦消委办〔2026〕6号", values={INTAKES: "3"})
    promised = check_sheet(cast["hanxue"], sheet, now=TUESDAY).judged
    before = sum(group.n for group in undetermined([COUNTY]))
    adopt_values(cast["hanxue"], sheet, now=TUESDAY)
    catch_up(now=TUESDAY)
    after = sum(group.n for group in undetermined([COUNTY]))
    assert (before - after, waiting(COUNTY, INTAKES)) == (promised, 0)
    assert promised == wanted


def test_a_period_that_was_over_keeps_its_verdict(cast):
    """2025 ended without the number: it stays undetermined, whatever is adopted in 2026."""
    owed_since(COUNTY, date(2025, 1, 1), now=TUESDAY)
    adopt_values(cast["hanxue"], SHEET, now=TUESDAY)
    catch_up(now=TUESDAY)
    years = Standing.objects.filter(county=COUNTY, duty=here("intakes_converted_yearly"))
    assert {row.period: row.verdict for row in years} == {"2025": "undetermined", "2026": "undetermined"}
    adopt_values(
        cast["hanxue"], replace(SHEET, number="敦消委办〔2026〕6号", values={INTAKES: "3"}), now=TUESDAY
    )
    catch_up(now=TUESDAY)
    assert {row.period: row.verdict for row in years.all()} == {"2025": "undetermined", "2026": "due"}


def test_every_fault_is_named_with_its_field_in_the_readers_language(cast):
    wrong = replace(
        SHEET, number="第五号", signed_on="2026-12-01", signer=" ", effective_from="soon",
        values={GENERAL: "很快", JOINT: "2", MINOR: "12"},
    )  # fmt: skip
    with pytest.raises(Unfit) as told:
        adopt_values(cast["hanxue"], wrong, now=TUESDAY)
    assert set(told.value.fields) == {
        "number", "signed_on", "signer", "effective_from", f"value:{GENERAL}", f"value:{JOINT}",
    }  # fmt: skip
    assert told.value.fields[f"value:{GENERAL}"] == f"{here('一般隐患整改时限')}：“很快”不是整数（单位：个工作日）"
    assert f"方案已有规定（{here('实施方案二(二)4')}）" in told.value.fields[f"value:{JOINT}"]
    with translation.override("ko"), pytest.raises(Unfit) as told:
        adopt_values(cast["hanxue"], replace(SHEET, values={}), now=TUESDAY)
    assert told.value.fields == {"values": "적어도 한가지 값을 선택하거나 적으십시오."}


@pytest.mark.parametrize("login", [member.login for member in CAST])
def test_only_the_posts_of_the_pack_adopt_and_only_for_their_own_area(cast, login):
    mine = {"hanxue": COUNTY, "guoqiang": COUNTY, "quanzhenhu": PREFECTURE}
    for region in (COUNTY, PREFECTURE, YANJI, STREET):
        if mine.get(login) == region:
            assert check_sheet(cast[login], replace(SHEET, region=region), now=TUESDAY)
        else:
            with pytest.raises(Refused) as told:
                adopt_values(cast[login], replace(SHEET, region=region), now=TUESDAY)
            code = "outside_territory" if login in mine else "not_held"
            assert [reason.code for reason in told.value.decision.reasons] == [code]
            assert told.value.decision.clauses == (here("S1-03"),)


def test_who_works_in_the_county_reads_its_values_and_the_outsider_nothing(cast):
    done = adopt_values(cast["hanxue"], SHEET, now=TUESDAY)
    other = adopt_values(cast["quanzhenhu"], OF_PREFECTURE, now=TUESDAY)
    for login in ("zhangzhiqiang", "zhoumin", "liming"):
        found = see_values(cast[login], GRID, now=TUESDAY)
        assert {one.parameter.id: one.sheet for one in found.of("local")} == {
            GENERAL: done.id,
            WHISTLE: done.id,
        }
        assert see_sheet(cast[login], other.id).id == other.id
        with pytest.raises(NotSeen):
            see_values(cast[login], YANJI, now=TUESDAY)
    outsider = cast[OUTSIDER.login]
    assert counties_open_to(outsider) == []
    for area in (COUNTY, YANJI, PREFECTURE, "", "x"):
        with pytest.raises(NotSeen):
            see_values(outsider, area, now=TUESDAY)
    for sheet in (done, other):
        with pytest.raises(NotSeen):
            see_sheet(outsider, sheet.id)
        with pytest.raises(NotSeen):
            withdraw_values(outsider, sheet.id, number="敦消委办〔2026〕6号", now=TUESDAY)


def test_a_township_may_not_take_its_countys_sheet_back(cast):
    done = adopt_values(cast["hanxue"], SHEET, now=TUESDAY)
    with pytest.raises(Refused):
        withdraw_values(cast["gaofeng"], done.id, number="敦消委办〔2026〕6号", now=TUESDAY)
    with pytest.raises(Refused):
        withdraw_values(cast["quanzhenhu"], done.id, number="延州消委办〔2026〕6号", now=TUESDAY)


def test_asking_for_a_countys_pack_costs_one_small_statement(cast):
    adopt_values(cast["hanxue"], SHEET, now=TUESDAY)
    first = pack_of(COUNTY, now=TUESDAY)
    with CaptureQueriesContext(connection) as asked:
        assert pack_of(COUNTY, now=TUESDAY) is first
    assert len(asked) == 1


numbers = st.integers(1, 250)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(numbers, st.integers(0, 6)), min_size=1, max_size=4))
def test_whatever_is_adopted_when_an_older_day_keeps_its_value(cast, told):
    """Day after day a sheet is adopted, each to begin some days ahead; no day that has passed ever changes."""
    kept: dict[date, object] = {}
    before = Adoption.objects.count()
    for number, (value, ahead) in enumerate(told):
        now = TUESDAY + (before + number) * DAY
        sheet = replace(
            SHEET, number=f"敦消委办〔2026〕{before + number + 1}号", values={GENERAL: str(value)},
            effective_from=(TODAY + (before + number + ahead) * DAY).isoformat(),
        )  # fmt: skip
        adopt_values(cast["hanxue"], sheet, now=now)
        found = pack_of(COUNTY, now=now)
        for day, known in kept.items():
            assert found.value(GENERAL, on=day) == known
        kept[timezone.localdate(now)] = found.value(GENERAL, on=timezone.localdate(now))
