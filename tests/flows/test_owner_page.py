"""场所主页: an owner without an account goes round, teaches and fixes; the fix is looked at by somebody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shouwang.domains.hazards.models import Case
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.ledger.models import Evidence, Line
from shouwang.domains.ledger.sealing import seal_county
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.patrols.models import Visit
from shouwang.domains.sites.codes import code_of, contact_of, people_of
from shouwang.domains.sites.models import Round, Site, Taught
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.amend_site import SiteTold, amend_site, mark_of_what_stands
from shouwang.flows.owner_page import Lesson, fix_of_owner, go_round, open_site, teach
from shouwang.flows.photos import Photo
from shouwang.flows.record_visit import Walked, list_for, record_visit, report_finding
from shouwang.flows.refusal import NotSeen, Refused, TooOften, Unfit
from shouwang.flows.register_site import NewSite, register_site, renew_site_code
from shouwang.flows.sight import pack_for
from tests.cast import COUNTY, GRID, NEXT_GRID, OUTSIDER
from tests.faces.stage import AFTER, BEFORE
from tests.flows.records_story import MORNING
from tests.flows.test_households import SHOP, dump

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
INN = NewSite(key="s1", region=GRID, mark="铺-8", name="老四粮油店", kind=SHOP, person="崔老四", phone="13904331234")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def site(cast):
    return Site.objects.get(id=register_site(cast["liming"], INN, now=MORNING))


def found_bad(cast, site, answer="bad"):
    """A patrol of the place finds something, and it becomes a case."""
    told = list_for(pack_for(GRID, now=MORNING), home=False, site=site.kind, region=GRID, now=MORNING)
    point = told.points[0].id
    walked = Walked(key="v", region=GRID, checklist=told.id, version=told.version, answers={point: answer},
                    found_at=MORNING, at_site=site.id)  # fmt: skip
    visit = record_visit(cast["liming"], walked, now=MORNING)
    return report_finding(cast["liming"], visit, point, [BEFORE], now=MORNING).id


def test_a_patrol_delivered_again_after_the_place_was_renamed_is_the_same(cast, site):
    case = found_bad(cast, site)
    told, stood = SiteTold(mark=INN.mark, name="福寿园", kind=INN.kind), mark_of_what_stands(site)
    amend_site(cast["liming"], site.id, told, stood=stood, now=MORNING + MINUTE)
    assert found_bad(cast, site) == case and Visit.objects.count() == 1
    with pytest.raises(KeyReused):
        found_bad(cast, site, answer="ok")


def test_a_place_is_entered_once_and_a_thief_reads_no_name(cast, site):
    assert register_site(cast["liming"], INN, now=MORNING + MINUTE) == site.id and Site.objects.count() == 1
    assert contact_of(site) == {"person": "崔老四", "phone": "13904331234"}
    teach(open_site(code_of(site), now=MORNING),
          Lesson(key="t", kind="regular", on=MORNING.date(), people=["金哲", " ", "朴顺子"], topic="灭火器怎么用"),
          now=MORNING)  # fmt: skip
    stolen = dump()
    assert not [one for one in ("崔老四", "13904331234", "朴顺子", code_of(site)) if one in stolen]
    with pytest.raises(Unfit) as unfit:
        register_site(cast["liming"], replace(INN, key="s2"), now=MORNING)
    assert set(unfit.value.fields) == {"mark"}
    for login, told in (("sunyulan", INN), (OUTSIDER.login, INN), ("liming", replace(INN, region=NEXT_GRID))):
        with pytest.raises(Refused):
            register_site(cast[login], replace(told, key="s3", mark="9"), now=MORNING)


def test_the_owner_fixes_and_somebody_else_looks_at_it(cast, site):
    case = found_bad(cast, site)
    owned = open_site(code_of(site), now=MORNING)
    assert [one.id for one in owned.to_fix] == [case] and owned.to_fix[0].place == "老四粮油店"
    with pytest.raises(Refused):
        fix_of_owner(owned, case, note="", photos=(), now=MORNING, key="f1")
    after, later = Photo(data=AFTER.data, purpose="after"), MORNING + MINUTE
    with pytest.raises(Unfit) as unfit:
        fix_of_owner(owned, case, note="清走了", photos=(after,), now=later, key="")
    assert set(unfit.value.fields) == {"key"} and Case.objects.get(id=case).state == "assigned"
    for _twice in range(2):
        fix_of_owner(open_site(code_of(site), now=MORNING), case, note="清走了", photos=(after,), now=later, key="f1")
    row = Case.objects.get(id=case)
    assert (row.state, row.submitter) == ("submitted", site.id)
    assert Line.objects.get(act="submit").actor is None
    again = open_site(code_of(site), now=MORNING)
    assert again.to_fix == [] and [one.id for one in again.handed_in] == [case]
    with pytest.raises(NotSeen):
        fix_of_owner(again, case, note="", photos=(after,), now=later, key="f2")
    advance_hazard(cast["piaoyingshun"], case, Move(act="pass"), now=MORNING + 2 * MINUTE)
    assert Case.objects.get(id=case).state == "closed"
    seal_county(COUNTY, now=MORNING + 3 * MINUTE)
    assert verify(COUNTY).faults == []


def test_a_code_opens_its_own_place_alone_and_no_other_case(cast, site):
    other = register_site(cast["sunyulan"], replace(INN, key="o", region=NEXT_GRID, mark="铺-9"), now=MORNING)
    case, theirs = found_bad(cast, site), open_site(code_of(Site.objects.get(id=other)), now=MORNING)
    assert theirs.to_fix == []
    with pytest.raises(NotSeen):
        fix_of_owner(theirs, case, note="", photos=(AFTER,), now=MORNING, key="f3")
    code = code_of(site)
    with pytest.raises(NotSeen):
        renew_site_code(cast["sunyulan"], site.id, now=MORNING)
    renew_site_code(cast["liming"], site.id, now=MORNING)
    for gone in (code, code[:-1], "x", ""):
        with pytest.raises(NotSeen):
            open_site(gone, now=MORNING)


def test_a_round_and_a_lesson_are_kept_once_and_prove_without_names(cast, site):
    owned = open_site(code_of(site), now=MORNING)
    points = [point.id for point in owned.list.points]
    told = {points[0]: "bad", points[1]: "ok", "strange": "ok"}
    for _twice in range(2):
        assert go_round(owned, told, key="r", version=1, now=MORNING) == [points[0]]
    assert Round.objects.get().answers == {points[0]: "bad", points[1]: "ok"}
    assert Evidence.objects.get(kind="site.patrolled").facts == {"kind": SHOP, "well": False}
    lesson = Lesson(key="t", kind="regular", on=MORNING.date(), people=["金哲", "朴顺子"],
                    topic="", lesson=next(iter(owned.pack.lessons), ""))  # fmt: skip
    lesson = lesson if lesson.lesson else replace(lesson, topic="灭火器")
    for _twice in range(2):
        teach(owned, lesson, now=MORNING)
    assert people_of(Taught.objects.get()) == ["金哲", "朴顺子"]
    proof = Evidence.objects.get(kind="site.trained")
    assert (proof.subject, proof.facts) == (site.id, {"kind": "regular", "persons": 2})
    for name, value in (("kind", "party"), ("on", None), ("people", []), ("lesson", "no_such")):
        with pytest.raises(Unfit) as unfit:
            teach(owned, replace(lesson, key="t2", **{name: value}), now=MORNING)
        assert name in unfit.value.fields
    for number in range(23):
        go_round(owned, told, key=f"r{number}", version=1, now=MORNING + MINUTE)
    with pytest.raises(TooOften):
        go_round(owned, told, key="r24", version=1, now=MORNING + MINUTE)
