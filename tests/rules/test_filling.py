"""A record is filled in: what people type is taken with good will, and every fault is told at once."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from shouwang.policy import load
from shouwang.policy.record_shapes import Field, RecordType
from shouwang.policy.text import Text
from shouwang.rules.field_reading import ask, read
from shouwang.rules.field_showing import masked, shown, typed
from shouwang.rules.filling import fill, form_of
from shouwang.rules.record_facts import facts_of, searched_of

PACK = load("yanbian-2023")
MEETING = PACK.records["meeting"]
TODAY = date(2026, 11, 24)
LANGUAGES = ("zh-hans", "ko", "en")


def text(words):
    return Text(zh=words, ko=words, en=words)


def field(type_, **more):
    return Field(label=text("栏"), type=type_, **more)


def taken(told, raw):
    return read(ask(PACK, told, "meeting.present"), raw)


def meeting(today=TODAY, **raw):
    given = {"held_on": "2026-11-05", "kind": "analysis", "topic": "冬防"} | raw
    return fill(form_of(PACK, MEETING), given, today=today)


def told(filled, name, language="zh-hans"):
    return PACK.explain(filled.faults[name], language)


def test_what_an_official_types_is_understood():
    filled = meeting(
        held_on="２０２６年11月５日", kind=" 火灾风险 研判专题会 ", topic="  冬季防火  ", present="１２",
        on_forces="是", on_culture="예", on_tourism="no", measures="3", conclusions="一、\r\n二、",
    )  # fmt: skip
    assert filled.faults == {}
    assert filled.period == "2026-11"
    assert filled.values == {
        "held_on": "2026-11-05", "kind": "analysis", "topic": "冬季防火", "present": 12, "on_forces": True,
        "on_culture": True, "on_tourism": False, "measures": 3, "conclusions": "一、\n二、",
    }  # fmt: skip


def test_every_fault_is_told_at_once_with_field_reason_and_limit():
    filled = meeting(
        held_on="2026-11-25", kind="茶话会", topic="", present="3000", measures="1.5", colour="红"
    )
    assert set(filled.faults) == {"held_on", "kind", "topic", "present", "measures", "colour"}
    assert told(filled, "present") == "“到会人数”要在1到2000之间"
    assert told(filled, "present", "ko") == "“참가인수”은(는) 1부터 2000사이여야 함"
    assert told(filled, "present", "en") == "“Present” must be between 1 and 2000"
    assert told(filled, "topic") == "请填写“议题”"
    assert "火灾风险研判专题会、党政领导班子会、会商" in told(filled, "kind")
    assert told(filled, "held_on") == "“开会日期”还没到，办完再登记"
    assert "“colour”" in told(filled, "colour")


def test_a_day_before_the_plan_may_be_entered():
    assert meeting(held_on="2019/3/1").faults == {}


@pytest.mark.parametrize(
    "raw", ["2026-11-05", "2026/11/5", "2026.11.5", "2026年11月5日", "2026년 11월 5일", "20261105", "46331", 46331,
            46331.0, date(2026, 11, 5), datetime(2026, 11, 5, 9), "2026-11-05 00:00:00", "2026-11-05T00:00:00Z"],
)  # fmt: skip
def test_days_as_they_are_written(raw):
    assert taken(field("date"), raw) == "2026-11-05"


@pytest.mark.parametrize(
    "raw", ["5.11.2026", "11/5/26", "2026-02-30", "昨天", "2026-13-01", "0999-01-01", "1899-12-31"]
)
def test_what_is_no_day(raw):
    assert taken(field("date"), raw).code in ("not_day", "too_early")


@pytest.mark.parametrize(
    ("raw", "value"),
    [("1,234.5", "1234.50"), ("￥1234.50元", "1234.50"), ("1.2万元", "12000.00"), ("３５", "35.00"),
     (0.1 + 0.2, "0.30"),
     ("만원", None), ("12.345", None), ("1,23", None), ("１２ ３４", "1234.00"), ("-5", "-5.00"), ("-0", "0.00")],
)  # fmt: skip
def test_money_is_kept_exact(raw, value):
    found = taken(field("yuan"), raw)
    assert (found if isinstance(found, str) else None) == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [("138 1234 5678", "13812345678"), ("+86-13812345678", "13812345678"), ("（0433）2512345", "0433-2512345"),
     ("04332512345", "0433-2512345"), (13812345678.0, "13812345678"), ("119", "119"), ("12345", "12345"),
     ("1381234567", None), ("abc", None), ("+82 10-1234-5678", "+821012345678"), ("400-810-0100", "4008100100")],
)  # fmt: skip
def test_telephone_numbers(raw, value):
    found = taken(field("phone"), raw)
    assert (found if isinstance(found, str) else None) == value


@pytest.mark.parametrize(
    "code", ["91350100M000100Y43", "９１３５０１００m000100y43", "9135 0100 M000 100Y 43"]
)
def test_a_credit_code_holds_by_its_last_sign(code):
    # GB 32100-2015, the example of its annex.
    assert taken(field("credit_code"), code) == "91350100M000100Y43"


@pytest.mark.parametrize(
    "code, fault",
    [
        ("91350100M000100Y44", "credit_code_check"),
        ("91350100M000100Y4", "credit_code_length"),
        ("91350100MO00100Y43", "credit_code_sign"),
        ("9135O100M000100Y43", "credit_code_sign"),
    ],
)
def test_a_credit_code_that_is_none_is_told_why(code, fault):
    assert taken(field("credit_code"), code).code == fault


@pytest.mark.parametrize(
    "datum, place",
    [
        ("WGS-84", (129.5089, 42.9053)),
        ("CGCS2000", (129.5089, 42.9053)),
        ("GCJ-02", (129.515833, 42.907765)),
        ("(高德)", (129.515833, 42.907765)),
        ("bd09", (129.522364, 42.913645)),
    ],
)
def test_a_place_from_a_chinese_map_is_brought_to_the_ground(datum, place):
    found = taken(field("place"), f"{place[0]}, {place[1]} {datum}")
    lon, lat = map(float, found.split(","))
    assert abs(lon - 129.5089) < 2e-5 and abs(lat - 42.9053) < 2e-5
    assert found == taken(field("place"), [*place, datum])


@pytest.mark.parametrize("datum", ["北京54", "WGS72", "42"])
def test_a_datum_nobody_knows_is_refused(datum):
    assert taken(field("place"), f"129.5089,42.9053,{datum}").code == "not_datum"


@pytest.mark.parametrize(
    "raw",
    [
        "129.5089,42.9053",
        "129.5089，42.9053",
        "42.9053 129.5089",
        [129.5089, 42.9053],
        "１２９.5089、42.9053",
    ],
)
def test_a_place_is_longitude_and_latitude(raw):
    assert taken(field("place"), raw) == "129.508900,42.905300"


def test_a_unit_typed_behind_its_number_is_forgiven():
    told_ = field("integer", unit=Text(zh="人", ko="명", en="persons"))
    assert [taken(told_, raw) for raw in ("12人", "12 명", "12 persons", 12.0)] == [12] * 4


def test_choices_by_code_or_label_in_any_language():
    told_ = field(
        "choices",
        choices={"tv": Text(zh="电视", ko="텔레비죤", en="TV"), "web": Text(zh="网络", ko="망", en="Web")},
    )
    assert taken(told_, "网络、电视") == ["tv", "web"]
    assert taken(told_, ["web", "텔레비죤"]) == ["tv", "web"]
    assert taken(told_, "网络，收音机").params["typed"] == "收音机"


def test_the_work_of_a_season_may_be_set_before_it_begins():
    season = form_of(PACK, PACK.records["season_work"])
    given = {"deployed_on": "2026-09-08", "focus": "粮囤和烘干房", "period": "2026-harvest"}
    assert fill(season, given, today=date(2026, 9, 9)).period == "2026-harvest"
    assert fill(season, given, today=date(2026, 3, 9)).faults["period"].code == "period_to_come"


def test_a_report_for_another_month_says_so():
    assert meeting(held_on="2026-11-03", period="2026年10月").period == "2026-10"
    assert meeting(period="2026-12").faults["period"].code == "period_to_come"
    assert meeting(period="去年").faults["period"].code == "not_period"


@pytest.mark.parametrize(
    ("every", "raw", "name"),
    [("quarter", "2026年第三季度", "2026-Q3"), ("quarter", "2026q3", "2026-Q3"), ("half", "2026年上半年", "2026-H1"),
     ("year", "2026年", "2026"), ("month", "2026-1", "2026-01"), ("month", "2026년 1월", "2026-01"),
     ("quarter", "2026년 3분기", "2026-Q3"), ("day", "2026年11月5日", "2026-11-05")],
)  # fmt: skip
def test_periods_as_they_are_written(every, raw, name):
    one = structs.replace(MEETING, every=every)
    given = {"held_on": "2026-11-05", "kind": "analysis", "topic": "冬防", "period": raw}
    filled = fill(form_of(PACK, one), given, today=date(2026, 12, 31))
    assert (filled.period, filled.faults) == (name, {})


def test_an_old_record_keeps_the_form_it_was_entered_with():
    fields = {**MEETING.fields, "heating": field("text", required=True, since=2)}
    one = structs.replace(MEETING, version=2, fields=fields)
    given = {"held_on": "2026-11-05", "kind": "analysis", "topic": "冬防"}
    assert fill(form_of(PACK, one, 1), given, today=TODAY).faults == {}
    assert set(fill(form_of(PACK, one), given, today=TODAY).faults) == {"heating"}


def test_facts_go_into_evidence_and_nothing_else_does():
    filled = meeting(present="12", on_forces="是", conclusions="…")
    assert facts_of(MEETING, filled.values, filled.period) == {
        "kind": "analysis", "on_forces": True, "period": "2026-11"
    }  # fmt: skip
    assert [(one.field, one.text) for one in searched_of(MEETING, filled.values, 1)] == [("kind", "analysis")]


def test_a_mask_tells_two_apart_and_no_more():
    assert masked(field("phone"), "13812345678") == "138＊＊＊＊5678"
    assert masked(field("text"), "金英顺") == "金＊＊"
    assert masked(field("area"), "222401001") == "＊＊＊"


KINDS = {"a": Text(zh="甲", ko="갑", en="First"), "b": Text(zh="乙、丙", ko="을, 병", en="Second, third")}
DIGITS = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False)
LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs"))
VALUES = st.one_of(
    st.tuples(st.just(field("integer")), st.integers(-(10**12), 10**12)),
    st.tuples(st.just(field("yuan")), DIGITS.map(lambda n: format(n.quantize(Decimal("0.01")) + 0, "f"))),
    st.tuples(st.just(field("date")), st.dates(date(1900, 1, 1), date(2999, 1, 1)).map(date.isoformat)),
    st.tuples(st.just(field("yes_no")), st.booleans()),
    st.tuples(st.just(field("choice", choices=KINDS)), st.sampled_from(sorted(KINDS))),
    st.tuples(
        st.just(field("choices", choices=KINDS)),
        st.lists(st.sampled_from(sorted(KINDS)), unique=True, min_size=1).map(sorted),
    ),
    st.tuples(st.just(field("text")), st.text(LETTERS, min_size=1, max_size=200)),
    st.tuples(st.just(field("duty")), st.sampled_from(sorted(PACK.duties))),
)


@given(VALUES, st.sampled_from(LANGUAGES))
def test_what_is_shown_can_be_typed_back(pair, language):
    told_, value = pair
    value = value.replace("-0.00", "0.00") if told_.type == "yuan" else value
    assert taken(told_, shown(PACK, told_, value, language)) == value


@given(VALUES)
def test_a_spreadsheet_cell_can_be_read_back(pair):
    told_, value = pair
    assert taken(told_, typed(told_, value)) == (
        value.replace("-0.00", "0.00") if told_.type == "yuan" else value
    )


@given(
    st.sampled_from(sorted(PACK.records)),
    st.dictionaries(st.text(max_size=8), st.text(max_size=30)),
    st.data(),
)
def test_no_input_breaks_it(name, stray, data):
    one: RecordType = PACK.records[name]
    anything = st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.booleans(), st.none(),
                         st.lists(st.text(max_size=5), max_size=3))  # fmt: skip
    raw = {key: data.draw(anything) for key in (*one.fields, "period")} | stray
    filled = fill(form_of(PACK, one), raw, today=TODAY)
    for language in LANGUAGES:
        for reason in filled.faults.values():
            assert PACK.explain(reason, language) != reason.code


@given(st.integers(-3000, 3000))
def test_a_day_to_come_is_refused_and_any_other_taken(days):
    day = TODAY + timedelta(days=days)
    assert ("held_on" in meeting(held_on=day.isoformat()).faults) == (days > 0)
