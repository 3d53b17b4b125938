"""Each trigger on a township's calendar: met, late, running, missed, set aside, and what cannot be told."""

from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

import pytest
from msgspec import structs

from shouwang.kernel.workdays import shipped
from shouwang.policy import Value
from shouwang.policy.duty_shapes import Objects
from shouwang.rules.duties import Asked, evaluate
from shouwang.rules.periods import named, periods
from shouwang.rules.seen import Body, Dated, Owed, Seen
from shouwang.rules.world import Entry, Item, World
from tests.rules.duty_cast import HOUSE

TOWN, VILLAGE = "222401001", "222401001201"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=HOUSE.zone)


def record(kind, when, *, entered=None, region=TOWN, subject=None, **facts):
    return Seen(
        f"record.{kind}", str(subject or uuid5(NAMESPACE_URL, kind + when)), at(when), at(entered or when),
        None, region, facts,
    )  # fmt: skip


def verdict(name, seen, now, *, period=None, facts=None, objects=None, pack=HOUSE):
    body = Body(TOWN, "township", "town", facts or {})
    owed = Owed(body, named(pack, period) if period else None, None, objects)
    return evaluate(Asked(pack, shipped(), pack.duties[name], owed, at(now)), seen)


def codes(judged):
    return [reason.code for reason in judged.reasons]


def unset(name):
    nothing = (Value(provenance="unset", since=HOUSE.since),)
    return HOUSE.replaced({**HOUSE.parameters, name: structs.replace(HOUSE.parameters[name], values=nothing)})


def history(*told):
    return tuple(Dated(at(when), at(when), value) for when, value in told)


@pytest.mark.parametrize(
    "seen, now, wanted, code",
    [
        ([record("meeting", "2026-11-05 10:00")], "2026-11-06 08:00", "met", "done_in_time"),
        ([], "2026-11-20 08:00", "due", "not_yet"),
        ([], "2026-12-03 08:00", "due", "not_yet"),  # three days of grace
        ([], "2026-12-04 08:00", "overdue", "past_due"),
        ([record("meeting", "2026-12-01 10:00")], "2026-12-20 08:00", "overdue", "past_due"),
        ([record("meeting", "2026-12-01 10:00", period="2026-11")], "2026-12-20 08:00", "met", "done_in_time"),
        ([record("meeting", "2026-12-15 10:00", period="2026-11")], "2026-12-20 08:00", "met_late", "done_late"),
        ([record("meeting", "2026-11-28 10:00", entered="2026-12-20 09:00")], "2026-12-21 08:00", "met", "late_entry"),
        ([record("meeting", "2026-11-05 10:00", region="222401002")], "2026-12-20 08:00", "overdue", "past_due"),
        ([record("waiver", "2026-11-05 10:00", duty="meeting")], "2026-12-20 08:00", "waived", "waived_by_paper"),
        ([record("waiver", "2026-11-05 10:00", duty="plan")], "2026-12-20 08:00", "overdue", "past_due"),
        ([record("waiver", "2026-11-05 10:00", duty="meeting", period="2026-10")], "2026-12-20 08:00", "overdue",
         "past_due"),
    ],
)  # fmt: skip
def test_a_meeting_every_month(seen, now, wanted, code):
    found = verdict("meeting", seen, now, period="2026-11")
    assert (found.verdict, codes(found)[0]) == (wanted, code)


def test_a_number_nobody_set_is_neither_pass_nor_fail():
    held = [record("meeting", "2026-11-05 10:00")]
    pack = unset("meeting.analysis.per_month")
    found = verdict("meeting", held, "2026-12-20 08:00", period="2026-11", pack=pack)
    assert found.verdict == "undetermined"
    assert "town_leader" in {reason.params.get("keeper") for reason in found.reasons}


def test_a_month_s_meeting_lies_in_its_quarter_by_its_day():
    """A record for a month says nothing about which quarter it is for; one for a quarter does."""
    held = record("check", "2026-11-05 10:00", period="2026-11", department="education")
    again = record("check", "2026-12-05 10:00", period="2026-12", department="education")
    other = [record("check", f"2026-12-0{day} 10:00", department="health") for day in (7, 8)]
    told = verdict("industries", [held, again, *other], "2027-01-05 08:00", period="2026-Q4")
    assert told.verdict == "met"
    earlier = [one._replace(facts={**one.facts, "period": "2026-Q3"}) for one in other]
    told = verdict("industries", [held, again, *earlier], "2027-01-05 08:00", period="2026-Q4")
    assert told.verdict == "overdue"


def test_departments_are_counted_once_each_and_as_often_as_asked():
    twice, once = ["education", "education"], ["health"]
    seen = [record("check", f"2026-11-{5 + n:02} 10:00", department=who) for n, who in enumerate(twice + once)]
    told = verdict("industries", seen, "2027-01-05 08:00", period="2026-Q4")
    assert told.verdict == "overdue"
    seen.append(record("check", "2026-12-20 10:00", department="health"))
    assert verdict("industries", seen, "2027-01-05 08:00", period="2026-Q4").verdict == "met"
    nobody = [record("check", f"2026-11-{day} 10:00") for day in range(10, 20)]
    assert verdict("industries", nobody, "2027-01-05 08:00", period="2026-Q4").verdict == "overdue"
    pack = unset("t.twice")
    assert verdict("industries", seen, "2027-01-05 08:00", period="2026-Q4", pack=pack).verdict == "undetermined"


def test_an_area_is_reached_by_what_names_it_or_lies_in_it():
    villages = frozenset({"222401001201", "222401001202"})
    named_one = record("visit", "2026-11-05 10:00", area="222401001201")
    lies_in = record("visit", "2026-11-06 10:00", region="222401001202")
    now = "2026-11-20 08:00"
    assert verdict("guided", [named_one, lies_in], now, objects=villages).verdict == "met"
    assert verdict("guided", [named_one], now, objects=villages).verdict == "overdue"
    assert verdict("guided", [named_one, lies_in], now).verdict == "undetermined"


@pytest.mark.parametrize("deaths, wanted", [(0, "not_owed"), (1, "overdue"), (None, "undetermined")])
def test_an_event_must_be_large_enough(deaths, wanted):
    fire = record("fire", "2026-11-05 10:00", **({} if deaths is None else {"deaths": deaths}))
    owed = Owed(Body(TOWN, "township", "town"), opening=fire)
    asked = Asked(HOUSE, shipped(), HOUSE.duties["interview"], owed, at("2026-11-25 08:00"))
    assert evaluate(asked, [fire]).verdict == wanted
    pack = unset("t.deaths")
    assert evaluate(asked._replace(pack=pack), [fire]).verdict == "undetermined"


def test_a_report_on_a_quarter_counts_for_the_quarter_before_its_deadline():
    early, late = record("report", "2026-10-05 10:00"), record("report", "2026-10-12 10:00")
    for quarter, now in (("2026-Q3", "2026-10-13 08:00"), ("2026-Q4", "2027-02-01 08:00")):
        assert verdict("report", [early], now, period=quarter).verdict == (
            "met" if quarter == "2026-Q3" else "overdue"
        )
    assert verdict("report", [late], "2027-02-01 08:00", period="2026-Q3").verdict == "overdue"
    assert verdict("report", [late], "2027-02-01 08:00", period="2026-Q4").verdict == "met"
    entered = record("report", "2026-10-05 10:00", entered="2026-11-01 10:00")
    assert (
        codes(verdict("report", [entered], "2026-11-02 08:00", period="2026-Q3"))[0] == "late_entry_refused"
    )


def test_a_plan_is_due_early_in_its_year_and_can_come_late():
    assert (
        verdict("plan", [record("plan", "2026-02-20 10:00")], "2026-06-01 08:00", period="2026").verdict
        == "met"
    )
    assert (
        verdict("plan", [record("plan", "2026-05-20 10:00")], "2026-06-01 08:00", period="2026").verdict
        == "met_late"
    )
    assert verdict("plan", [], "2026-03-02 08:00", period="2026").verdict == "overdue"


def test_a_season_has_the_days_the_place_gives_it():
    duty = HOUSE.duties["harvest"]
    first, last = at("2025-01-01 00:00").date(), at("2026-12-31 00:00").date()
    assert [p.name for p in periods(HOUSE, duty.trigger, first=first, last=last)] == [
        "2025-harvest",
        "2026-harvest",
    ]
    held = [record("campaign", "2026-10-01 10:00", campaign="harvest")]
    assert verdict("harvest", held, "2026-11-20 08:00", period="2026-harvest").verdict == "met"
    other = [record("campaign", "2026-10-01 10:00", campaign="holiday")]
    assert verdict("harvest", other, "2026-11-20 08:00", period="2026-harvest").verdict == "overdue"
    assert codes(verdict("harvest", held, "2026-11-20 08:00")) == ["season_unset"]


def test_a_state_holds_as_long_as_its_proofs_are_young_enough():
    two = [record("drill", "2026-05-01 10:00", region=VILLAGE), record("drill", "2026-09-01 10:00")]
    found = verdict("drill", two, "2026-10-20 08:00")
    assert (found.verdict, found.again_at.date().isoformat()) == ("met", "2026-10-28")
    assert codes(verdict("drill", two, "2026-10-29 08:00"))[0] == "proof_expired"
    found = verdict("drill", two[1:], "2026-10-20 08:00")
    assert found.verdict == "overdue" and "reached" in codes(found)
    assert verdict("drill", two, "2026-10-20 08:00", pack=unset("t.valid")).verdict == "undetermined"
    assert verdict("drill", [], "2030-01-02 08:00").verdict == "overdue"  # it was missed long before it ended
    assert verdict("sign", [record("sign", "2023-05-01 10:00")], "2026-10-20 08:00").verdict == "met"


def test_a_number_reached_opens_the_duty_and_one_not_reached_does_not():
    grown = {"profile.residents": history(("2024-01-01 09:00", 19000), ("2025-01-01 09:00", 21000))}
    assert verdict("brigade", [], "2025-06-01 08:00", facts=grown).verdict == "due"
    assert verdict("brigade", [], "2026-02-01 08:00", facts=grown).verdict == "overdue"
    built = [record("brigade", "2024-08-01 10:00")]
    assert verdict("brigade", built, "2026-02-01 08:00", facts=grown).verdict == "met"
    small = {"profile.residents": history(("2025-01-01 09:00", 20000))}
    assert codes(verdict("brigade", [], "2026-02-01 08:00", facts=small)) == ["below_threshold", "fact_is"]
    assert codes(verdict("brigade", [], "2026-02-01 08:00")) == ["fact_missing"]
    shrunk = {"profile.residents": history(("2024-01-01 09:00", 21000), ("2025-01-01 09:00", 18000))}
    assert verdict("brigade", [], "2026-02-01 08:00", facts=shrunk).verdict == "not_owed"


def test_once_before_june_2023():
    assert verdict("staff", [record("staff", "2023-05-31 20:00")], "2026-01-01 08:00").verdict == "met"
    assert verdict("staff", [record("staff", "2023-06-01 00:00")], "2026-01-01 08:00").verdict == "met_late"
    assert verdict("staff", [], "2026-01-01 08:00").verdict == "overdue"
    done = [record("staff", "2023-05-31 20:00")]
    assert (
        verdict("staff", done, "2026-01-01 08:00", pack=unset("station.staff.by")).verdict == "undetermined"
    )


def test_only_those_the_condition_names_owe_it_and_the_reason_is_kept():
    able, unable = ({"profile.capable": history(("2024-01-01 09:00", value))} for value in (True, False))
    found = verdict("crane", [], "2027-01-02 08:00", period="2026", facts=able)
    assert (found.verdict, codes(found)) == ("overdue", ["past_due", "condition_holds"])
    assert codes(verdict("crane", [], "2027-01-02 08:00", period="2026", facts=unable)) == ["condition_fails"]
    assert codes(verdict("crane", [], "2027-01-02 08:00", period="2026")) == ["fact_missing"]


def test_half_of_the_homestays_must_be_looked_at_each_half_year():
    stays = frozenset({"a", "b", "c"})
    looks = [record("look", f"2026-08-0{n} 10:00", subject=s) for n, s in enumerate(("a", "a", "x", "c"), 1)]
    assert verdict("homestays", looks, "2027-01-02 08:00", period="2026-H2", objects=stays).verdict == "met"
    assert (
        verdict("homestays", looks[:3], "2027-01-02 08:00", period="2026-H2", objects=stays).verdict
        == "overdue"
    )
    assert codes(verdict("homestays", looks, "2027-01-02 08:00", period="2026-H2")) == ["register_missing"]
    none = verdict("homestays", [], "2027-01-02 08:00", period="2026-H2", objects=frozenset())
    assert codes(none) == ["no_objects"]


def test_what_is_encouraged_is_counted_and_never_failed():
    assert verdict("learn", [], "2027-01-02 08:00", period="2026-11").verdict == "not_counted"
    assert (
        verdict("learn", [record("lesson", "2026-11-05 10:00")], "2027-01-02 08:00", period="2026-11").verdict
        == "met"
    )


def test_what_a_newer_rule_replaced_is_no_longer_failed():
    pack = HOUSE.replaced(HOUSE.parameters)
    duty = structs.replace(HOUSE.duties["meeting"], superseded_on=at("2026-11-15 00:00").date())
    owed = Owed(Body(TOWN, "township"), named(pack, "2026-11"))
    asked = Asked(pack, shipped(), duty, owed, at("2026-11-14 08:00"))
    assert evaluate(asked, []).verdict == "due"
    assert evaluate(asked, []).again_at == at("2026-11-15 00:00")
    assert evaluate(asked._replace(now=at("2026-12-20 08:00")), []).verdict == "superseded"
    before = asked._replace(owed=owed._replace(period=named(pack, "2026-10")), now=at("2026-12-20 08:00"))
    assert evaluate(before, []).verdict == "overdue"


def test_what_is_entered_tomorrow_is_not_known_today():
    told = [record("meeting", "2026-11-05 10:00", entered="2026-12-10 10:00")]
    assert verdict("meeting", told, "2026-12-09 08:00", period="2026-11").verdict == "overdue"
    assert verdict("meeting", told, "2026-12-10 10:00", period="2026-11").verdict == "met"


def test_the_moment_it_may_change_is_told():
    found = verdict("meeting", [], "2026-11-20 08:00", period="2026-11")
    assert (
        verdict("meeting", [], str(found.again_at + timedelta(seconds=1))[:19], period="2026-11").verdict
        == "overdue"
    )


def test_a_number_among_the_facts_must_come_up_to_what_the_place_asks():
    six, five = (record("micro", "2026-11-05 10:00", fit=True, members=n) for n in (6, 5))
    nobody = record("micro", "2026-11-05 10:00", fit=True)
    now = "2026-11-20 08:00"
    assert verdict("micro", [six], now).verdict == "met"
    assert {verdict("micro", [one], now).verdict for one in (five, nobody)} == {"overdue"}
    told = verdict("micro", [six], now, pack=unset("t.members"))
    assert (told.verdict, codes(told)) == ("undetermined", ["value_unset"])


@pytest.mark.parametrize(
    "facts, now, wanted",
    [
        # Found in May and assessed in November: ten days run from the assessment.
        ({"stopped": False}, "2026-11-14 08:00", "due"),
        ({"stopped": False}, "2026-11-20 08:00", "overdue"),
        ({"stopped": True, "stopped_on": "2026-11-12"}, "2026-11-20 08:00", "met"),
        ({"stopped": True, "stopped_on": "2026-11-30"}, "2026-12-20 08:00", "met_late"),
        # Closed before anybody assessed it.
        ({"stopped": True, "stopped_on": "2026-06-01"}, "2026-12-20 08:00", "met"),
        # Said to be closed, but on no day.
        ({"stopped": True}, "2026-12-20 08:00", "overdue"),
    ],
)
def test_a_record_carried_on_is_timed_by_its_own_dates(facts, now, wanted):
    told = {"result": "unfit", "assessed_on": "2026-11-05", **facts}
    case = record("conversion", "2026-05-01 12:00", entered="2026-11-13 09:00", subject="mill", **told)
    owed = Owed(Body(TOWN, "township", "town"), opening=case)
    assert evaluate(Asked(HOUSE, shipped(), HOUSE.duties["stop"], owed, at(now)), [case]).verdict == wanted


def test_a_season_is_summed_up_in_the_record_that_set_its_work():
    def season(**facts):
        return record("season", "2026-09-12 12:00", entered="2026-12-01 09:00", period="2026-harvest", **facts)

    for facts, now, wanted in (
        ({}, "2026-11-05 08:00", "due"),
        ({}, "2026-11-20 08:00", "overdue"),
        ({"summed_on": "2026-11-06"}, "2026-12-20 08:00", "met"),
        ({"summed_on": "2026-11-26"}, "2026-12-20 08:00", "met_late"),
    ):
        assert verdict("summary", [season(**facts)], now, period="2026-harvest").verdict == wanted


def test_an_entry_that_was_closed_owes_nothing_for_the_period_it_closed_in_and_what_it_owed_before():
    told = {"sites": [Entry("s1", "222401001001", {"kind": "homestay"}, date(2026, 9, 1))]}
    duty = HOUSE.duties["homestays"]

    def judged(period):
        item = Item(duty, Body(TOWN, "township", "", {}), named(HOUSE, period))
        return next(iter(World(HOUSE, shipped(), [], told, at("2026-11-26 08:00")).judge([item])))[1].verdict

    assert (judged("2026-H1"), judged("2026-H2")) == ("overdue", "not_owed")


def test_what_a_register_does_not_say_of_its_entries_is_unknown_and_what_it_says_may_be_several():
    """A place may be of several kinds at once; whether it is a key unit, this register does not tell."""
    told = {"sites": [Entry("s1", "222401001001", {"kind": ("homestay", "farm_stay")})]}
    duty, half = HOUSE.duties["homestays"], named(HOUSE, "2026-H2")

    def judged(**where):
        item = Item(structs.replace(duty, objects=Objects("sites", where)), Body(TOWN, "township", "", {}), half)
        world = World(HOUSE, shipped(), [], told, at("2026-11-26 08:00"))
        return next(iter(world.judge([item])))[1].verdict

    assert judged(kind="homestay") == judged(kind=("school", "farm_stay")) == "due"
    assert judged(kind="school") == "not_owed" and judged(key_unit=True) == "undetermined"
