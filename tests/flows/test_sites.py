"""场所: whoever had the code in hand re-checks no fix that came with it; a place is put right, and closed; names go."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from msgspec.structs import replace as changed

from shouwang.domains.hazards.models import Case, Transition
from shouwang.domains.ledger.models import Evidence, Item, Line
from shouwang.domains.ledger.sealing import seal_county
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.sites.codes import code_of, contact_of, people_of
from shouwang.domains.sites.models import Printing, Site, Taught
from shouwang.domains.sites.queries import hands_of, listed
from shouwang.flows import forget_people
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.amend_site import SiteTold, amend_site, close_site, mark_of_what_stands
from shouwang.flows.ask_recheck import rechecks_of
from shouwang.flows.forget_people import KEEP_NAMES, forget_names
from shouwang.flows.owner_page import Closed, Lesson, fix_of_owner, open_site, teach
from shouwang.flows.photos import Photo
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.register_site import register_site, renew_site_code, sheet_of_site_codes
from shouwang.flows.sight import pack_for
from shouwang.policy.values import Value
from tests.cast import COUNTY, GRID, OUTSIDER
from tests.faces.stage import AFTER
from tests.flows.records_story import MORNING
from tests.flows.test_households import SHOP, dump
from tests.flows.test_owner_page import INN, MINUTE, found_bad
from tests.flows.test_owner_page import site as site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
DAY = timedelta(days=1)
PICTURE = Photo(data=AFTER.data, purpose="after")
NEW = SiteTold(mark="铺-8", name="老四粮油店二店", kind=SHOP, person="崔老五", phone="13904335678")


def fixed(cast, site, *, at, **more):
    key, case = f"fix {at}", more.pop("case")
    fix_of_owner(open_site(code_of(site), now=at), case, note="", photos=(PICTURE,), now=at, key=key, **more)


@pytest.mark.parametrize("when", ["printed_before", "printed_after", "renewed"])
def test_whoever_had_the_code_in_hand_looks_at_no_fix_that_came_with_it(cast, site, when):
    chief = cast["piaoyingshun"]
    if when == "printed_before":
        assert [one.id for one, _code in sheet_of_site_codes(chief, after=None, now=MORNING)] == [site.id]
    case = found_bad(cast, site)
    if when == "printed_after":
        sheet_of_site_codes(chief, after=None, now=MORNING + MINUTE)
    if when == "renewed":
        renew_site_code(chief, site.id, now=MORNING + MINUTE)
        site.refresh_from_db()
    fixed(cast, site, at=MORNING + 2 * MINUTE, case=case)
    with pytest.raises(Refused) as refused:
        advance_hazard(chief, case, Move(act="pass"), now=MORNING + 3 * MINUTE)
    assert [one.code for one in refused.value.decision.reasons] == ["code_in_hand"]
    row, pack = Case.objects.get(id=case), pack_for(GRID, now=MORNING)
    assert f"{COUNTY}.{chief.id}" not in rechecks_of(row, pack=pack, now=MORNING).verdict.own
    advance_hazard(cast["zhangzhiqiang"], case, Move(act="pass"), now=MORNING + 3 * MINUTE)
    seal_county(COUNTY, now=MORNING + 4 * MINUTE)
    assert Case.objects.get(id=case).state == "closed" and verify(COUNTY).faults == []


def test_a_code_of_which_no_printing_is_known_bars_whoever_entered_the_place(cast):
    """Printings were not always kept: the sheet may lie in the drawer of whoever set the place up."""
    chief = cast["piaoyingshun"]
    site = Site.objects.get(id=register_site(chief, INN, now=MORNING))
    case = found_bad(cast, site)
    fixed(cast, site, at=MORNING + MINUTE, case=case)
    with pytest.raises(Refused) as refused:
        advance_hazard(chief, case, Move(act="pass"), now=MORNING + 2 * MINUTE)
    assert [one.code for one in refused.value.decision.reasons] == ["code_in_hand"]
    sheet_of_site_codes(cast["liming"], after=None, now=MORNING + 3 * MINUTE)
    assert hands_of(site, since=MORNING) == {cast["liming"].id}, "from then on it is known"


def test_printing_is_a_line_and_an_old_code_in_a_drawer_bars_nobody_for_ever(cast, site):
    chief = cast["piaoyingshun"]
    sheet_of_site_codes(chief, after=None, now=MORNING)
    line = Line.objects.get(act="print_codes")
    assert (line.actor, line.region, line.count) == (chief.id, GRID, 1)
    assert Item.objects.get(line=line.id).object == Printing.objects.get().id
    assert sheet_of_site_codes(cast[OUTSIDER.login], after=None, now=MORNING) == []
    renew_site_code(cast["liming"], site.id, now=MORNING - MINUTE + DAY)
    site.refresh_from_db()
    case = found_bad(cast, site)
    Case.objects.filter(id=case).update(reported_at=MORNING + DAY)
    fixed(cast, site, at=MORNING + DAY + MINUTE, case=case)
    advance_hazard(chief, case, Move(act="pass"), now=MORNING + DAY + 2 * MINUTE)
    assert Case.objects.get(id=case).state == "closed", "the code of that sheet opened nothing any more"


def test_a_place_is_put_right_and_its_mark_stays_its_own(cast, site):
    other = register_site(cast["liming"], replace(INN, key="s2", mark="铺-9", name="隔壁"), now=MORNING)
    read = mark_of_what_stands(site)
    amend_site(cast["liming"], site.id, NEW, stood=read, now=MORNING + MINUTE)
    with pytest.raises(Moved):
        amend_site(cast["liming"], site.id, replace(NEW, name="x"), stood=read, now=MORNING + 2 * MINUTE)
    site.refresh_from_db()
    stood = mark_of_what_stands(site)
    assert (site.name, site.verified_at) == (NEW.name, MORNING + MINUTE) and contact_of(site)["person"] == "崔老五"
    assert Line.objects.get(act="amend").object == site.id
    assert "崔老五" not in dump() and "崔老四" not in dump()
    for field, value in (("mark", "铺-9"), ("name", ""), ("kind", "x")):
        with pytest.raises(Unfit) as unfit:
            amend_site(cast["liming"], site.id, replace(NEW, **{field: value}), stood=stood, now=MORNING)
        assert set(unfit.value.fields) == {field}
    for login in ("sunyulan", OUTSIDER.login):
        with pytest.raises(NotSeen):
            amend_site(cast[login], other, NEW, stood=stood, now=MORNING)
        with pytest.raises(NotSeen):
            close_site(cast[login], other, on=MORNING.date(), why="shut", now=MORNING)


def test_a_closed_place_owes_nothing_from_that_day_and_its_code_ends(cast, site):
    code, today = code_of(site), MORNING.date()
    wrong = ((today + 2 * DAY, "shut", "closed_on"), (None, "shut", "closed_on"), (today, "bored", "why"))
    for on, why, field in wrong:
        with pytest.raises(Unfit) as unfit:
            close_site(cast["liming"], site.id, on=on, why=why, now=MORNING)
        assert set(unfit.value.fields) == {field}
    close_site(cast["liming"], site.id, on=today, why="shut", now=MORNING + MINUTE)
    line = Line.objects.get(act="close")
    assert (line.object, line.reason, line.actor) == (site.id, "shut", cast["liming"].id)
    assert listed(COUNTY) == [(site.id, GRID, SHOP, today)]
    with pytest.raises(Closed) as closed:
        open_site(code, now=MORNING + MINUTE)
    assert (closed.value.name, closed.value.on) == (INN.name, today)
    site.refresh_from_db()
    assert code_of(site) == "" and contact_of(site) == {}
    assert sheet_of_site_codes(cast["liming"], after=None, now=MORNING + MINUTE) == []
    stood = mark_of_what_stands(site)
    for act in (lambda: close_site(cast["liming"], site.id, on=today, why="shut", now=MORNING),
                lambda: amend_site(cast["liming"], site.id, NEW, stood=stood, now=MORNING)):  # fmt: skip
        with pytest.raises(Moved):
            act()
    assert register_site(cast["liming"], replace(INN, key="new"), now=MORNING + MINUTE) != site.id, "the door is free"
    seal_county(COUNTY, now=MORNING + 2 * MINUTE)
    assert verify(COUNTY).faults == []


def test_new_staff_are_told_once_and_meet_what_the_plan_asks_of_them(cast, site):
    owned = open_site(code_of(site), now=MORNING)
    told = Lesson(key="t", kind="joined", on=MORNING.date(), people=["金哲"], topic="灭火器")
    with pytest.raises(Unfit) as unfit:
        teach(owned, told, now=MORNING)
    assert set(unfit.value.fields) == {"began_on"}
    for _twice in range(2):
        teach(owned, replace(told, began_on=MORNING.date() + 3 * DAY), now=MORNING)
    record = owned.pack.wiring.records.staff
    proofs = Evidence.objects.filter(kind=f"record.{record}")
    assert proofs.count() == bool(record), "only where the plan asks for it"
    for proof in proofs:
        assert (proof.subject, proof.region) == (Taught.objects.get().id, GRID)
        on = MORNING.date().isoformat()
        assert proof.facts == {"kind": "joined", "persons": 1, "trained": True, "trained_on": on}
    assert Evidence.objects.get(kind="site.trained").facts["kind"] == "joined"


def test_names_go_after_as_many_months_as_somebody_laid_down_and_not_before(cast, site, monkeypatch):
    owned = open_site(code_of(site), now=MORNING)
    teach(owned, Lesson(key="t", kind="regular", on=MORNING.date(), people=["朴顺子"], topic="灭火器"), now=MORNING)
    later = MORNING + 400 * DAY
    assert owned.keeps is None and forget_names(COUNTY, now=later) == 0, "no law says how long"
    pack = owned.pack
    kept = replace(pack, parameters={**pack.parameters, KEEP_NAMES: twelve(pack.parameters[KEEP_NAMES])})
    monkeypatch.setattr(forget_people, "pack_of", lambda county, *, now: kept)
    assert forget_names(COUNTY, now=MORNING + 300 * DAY) == 0
    assert [forget_names(COUNTY, now=later) for _twice in range(2)] == [1, 0]
    row = Taught.objects.get()
    assert (people_of(row), row.persons, row.forgotten_at) == ([], 1, later) and bytes(row.people) == b""
    assert Line.objects.get(act="forget").object == row.id
    seal_county(COUNTY, now=later + MINUTE)
    assert verify(COUNTY).faults == []


def twelve(parameter):
    value = Value(since=date(2023, 2, 24), value=12, provenance="local", source="县局文")
    return changed(parameter, values=(value,))


def test_a_repair_that_waited_on_a_phone_counts_from_when_it_was_done(cast, site):
    case = found_bad(cast, site)
    arrived = MORNING + 2 * DAY
    fixed(cast, site, at=arrived, case=case, done_at=MORNING + MINUTE)
    step, proof = Transition.objects.get(act="submit"), Evidence.objects.get(kind="hazard.rectified")
    assert (step.at, step.done_at) == (arrived, MORNING + MINUTE)
    assert (proof.occurred_at, proof.recorded_at) == (MORNING + MINUTE, arrived)
    back = arrived + MINUTE
    advance_hazard(cast["zhangzhiqiang"], case, Move(act="fail", note="还堵着"), now=back)
    fixed(cast, site, at=back + DAY, case=case, done_at=MORNING + 2 * MINUTE)
    again = Transition.objects.filter(act="submit").order_by("-at").first()
    assert again.done_at == back, "not before it was sent back"


@pytest.mark.parametrize("told, kept", [(-DAY, MORNING), (5 * DAY, None), (DAY - timedelta(seconds=9), None)])
def test_no_clock_of_a_phone_goes_before_the_finding_or_after_the_arrival(cast, site, told, kept):
    case = found_bad(cast, site)
    fixed(cast, site, at=MORNING + DAY, case=case, done_at=MORNING + told)
    assert Transition.objects.get(act="submit").done_at == kept
