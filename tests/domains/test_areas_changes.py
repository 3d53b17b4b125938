"""黄泥河镇 and its neighbours over the years: each change one act, one line, under its document and from its day."""

from datetime import UTC, date, datetime

import pytest

from shouwang.domains.areas.changing import change_areas
from shouwang.domains.areas.history import history, names_on, path_on
from shouwang.domains.areas.lineage import current, lineage
from shouwang.domains.areas.models import Alias, Area, FormerName, Part
from shouwang.domains.areas.queries import children, line_of, place
from shouwang.domains.ledger.models import Line
from shouwang.policy.area_changes import read_changes
from tests.domains.areas_story import YANBIAN, area, bring, importer

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 2, 1, 0, tzinfo=UTC)
TODAY, BEFORE = date(2026, 7, 2), date(2026, 6, 30)
HEADING = "act,code,into,parts,successor,zh,ko,kind,since,document\n"
OLD, HEIR, VILLAGE = "222403101", "222403102", "222403101201"
DOCUMENT = "吉政函〔2026〕12号"


@pytest.fixture(autouse=True)
def tree():
    bring(
        area("222400", "延边朝鲜族自治州"),
        area("222403", "敦化市"),
        area("222405", "龙井市"),
        area(OLD, "黄泥河镇", ko="황니하진"),
        area(VILLAGE, "团山子村委会"),
        area(HEIR, "秋梨沟镇"),
        area("222403200", "翰章乡"),
        area("222405104", "东盛涌镇"),
    )
    Line.objects.all().delete()


def change(*rows, areas=YANBIAN, at=NOW):
    read = read_changes(HEADING + "\n".join(rows) + "\n")
    assert not read.refusals, read.refusals
    return change_areas(read.acts, by=importer(areas), at=at)


def row(act, code, **cells):
    given = {"act": act, "code": code, "since": "2026-07-01", "document": DOCUMENT} | cells
    return ",".join(str(given.get(name, "")) for name in HEADING.strip().split(","))


def reasons(done):
    return [(refusal.field, refusal.reason) for refusal in done.refusals]


def test_a_merger_is_one_act_and_one_line_and_old_rows_are_read_with_the_heir():
    done = change(row("merge", OLD, into=HEIR))
    assert [line.act for line in Line.objects.all()] == ["merge"]
    assert done.events[0].counties == ("222403",)
    alias = Alias.objects.get()
    assert (alias.target, alias.document, alias.act) == (HEIR, DOCUMENT, "merge")
    assert Area.objects.get(region=OLD).until == date(2026, 7, 1)
    assert current([OLD, VILLAGE], on=TODAY) == {OLD: HEIR, VILLAGE: HEIR}
    assert current([OLD], on=BEFORE) == {OLD: OLD}


def test_its_villages_stand_on_under_the_heir_until_the_yearly_list_gives_new_codes():
    change(row("merge", OLD, into=HEIR))
    known = lineage(TODAY)
    below = children(HEIR, areas=["222403"], on=TODAY, lineage=known).places
    assert [unit.code for unit in below] == [VILLAGE]
    assert [unit.code for unit in line_of(VILLAGE, known)] == ["222400", "222403", HEIR, VILLAGE]
    assert OLD not in [unit.code for unit in children("222403", areas=["222403"], on=TODAY, lineage=known).places]
    assert OLD in [unit.code for unit in children("222403", areas=["222403"], on=BEFORE).places]


def test_several_units_become_a_new_one_and_a_township_may_leave_its_county():
    done = change(row("合并", f"{OLD} {HEIR}", into="222403109", zh="黄秋镇"))
    assert (place("222403109").kind, len(done.events)) == ("town", 1)
    assert {alias.region for alias in Alias.objects.all()} == {OLD, HEIR}
    assert Line.objects.count() == 1
    moved = change(row("merge", "222405104", into="222403109", since="2026-07-02"))
    assert moved.events[0].counties == ("222405",)
    assert lineage(TODAY).counties_with(["222403"]) == ["222403", "222405"]


def test_a_village_that_gives_off_a_part_keeps_its_own_rows():
    change(row("split", VILLAGE, parts=f"{VILLAGE};222403101202 新团村/신단촌"))
    assert not Alias.objects.exists()
    part = Part.objects.get()
    assert (part.region, part.origin) == ("222403101202", VILLAGE)
    assert (place(part.region).ko, place(part.region).kind) == ("신단촌", "village")
    assert lineage(TODAY).followed([VILLAGE]) == (VILLAGE, "222403101202")


def test_of_a_unit_taken_apart_somebody_named_in_the_act_goes_on_with_the_old_rows():
    parts = "222403101202 东团村;222403101203 西团村"
    assert reasons(change(row("split", VILLAGE, parts=parts))) == [("successor", "no_successor")]
    change(row("split", VILLAGE, parts=parts, successor="222403101203"))
    known = lineage(TODAY)
    assert known.current(VILLAGE) == "222403101203"
    assert set(known.followed([VILLAGE])) == {VILLAGE, "222403101202", "222403101203"}
    assert VILLAGE not in known.with_former(["222403101202"])


def test_or_the_level_above_does():
    change(row("split", VILLAGE, parts="222403101202 东团村;222403101203 西团村", successor="上级"))
    known = lineage(TODAY)
    assert known.current(VILLAGE) == OLD
    assert OLD not in known.followed([VILLAGE])


def test_a_renamed_township_keeps_its_old_name_on_papers_of_earlier_days():
    change(row("rename", OLD, zh="黄泥河街镇", ko=""))
    assert names_on([OLD], BEFORE) == {OLD: "黄泥河镇"}
    assert names_on([OLD], date(2026, 7, 1)) == {OLD: "黄泥河街镇"}
    assert path_on(VILLAGE, BEFORE) == "敦化市 黄泥河镇 团山子村"
    change(row("rename", OLD, zh="黄河镇", since="2026-07-02"))
    assert names_on([OLD], date(2026, 7, 1)) == {OLD: "黄泥河街镇"}
    assert [event.zh for event in history(OLD)] == ["黄泥河街镇", "黄泥河镇"]
    assert FormerName.objects.count() == 2


def test_a_township_becomes_a_town_with_a_new_code_and_a_county_a_city_without():
    change(row("乡改镇", "222403200", into="222403110", zh="翰章镇", kind="镇"))
    new = Area.objects.get(region="222403110")
    assert (new.kind, new.since, new.civil_code) == ("town", date(2026, 7, 1), "")
    assert lineage(TODAY).followed(["222403200"]) == ("222403200", "222403110")
    change(row("rerank", "222405", kind="县", zh="龙井县"))
    assert (place("222405").kind, place("222405").name) == ("county", "龙井县")
    assert [(event.sort, event.kind) for event in history("222405")] == [("reranked", "city")]
    assert [event.sort for event in history("222403110")] == ["made_of"]


def test_a_yearly_table_brought_in_again_does_nothing():
    table = [
        row("merge", OLD, into=HEIR),
        row("split", "222403200", parts="222403200;222403201 新章乡"),
        row("rename", HEIR, zh="秋梨镇"),
    ]
    first, second = change(*table), change(*table)
    assert (len(first.events), second.events, second.unchanged) == (3, (), 3)
    assert Line.objects.count() == 3


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (row("merge", OLD), ("into", "missing")),
        (row("merge", OLD, into=OLD), ("into", "into_itself")),
        (row("merge", OLD, into=VILLAGE), ("into", "level_differs")),
        (row("merge", OLD, into="222403109"), ("into", "name_needed")),
        (row("merge", "222403199", into=HEIR), ("code", "not_on_record")),
        (row("split", OLD, parts=OLD), ("parts", "too_few_parts")),
        (row("split", OLD, parts=f"{OLD};{HEIR} 秋梨沟镇"), ("parts", "taken_already")),
        (row("split", OLD, parts=f"{OLD};222403101202 新村"), ("parts", "level_differs")),
        (row("rename", OLD, zh="黄泥河镇"), ("zh", "same_name")),
        (row("rename", OLD, zh="黄河镇", since="2026-08-01"), ("since", "not_yet")),
        (row("rename", f"{OLD} {HEIR}", zh="黄河镇"), ("code", "one_at_a_time")),
        (row("rerank", OLD, kind="镇"), ("kind", "same_kind")),
        (row("rerank", OLD, kind="村"), ("kind", "kind_not_here")),
        (row("rerank", OLD, kind="街道", into=HEIR), ("into", "taken_already")),
    ],
)
def test_what_cannot_be_says_which_field_and_why_and_writes_nothing(wrong, why):
    assert reasons(change(wrong)) == [why]
    assert not Line.objects.exists() and not Alias.objects.exists()


def test_what_is_no_more_cannot_change_again_and_nobody_changes_the_areas_of_others():
    change(row("merge", OLD, into=HEIR))
    assert reasons(change(row("rename", OLD, zh="黄河镇"))) == [("code", "ended_already")]
    assert reasons(change(row("merge", HEIR, into=OLD, since="2026-07-02"))) == [("into", "ended_already")]
    assert reasons(change(row("rename", "222405104", zh="东盛镇"), areas=("222403",))) == [
        ("code", "outside_territory")
    ]


def test_a_cell_that_cannot_be_read_is_named():
    read = read_changes(HEADING + row("swallow", "22240", since="soon", document="") + "\n")
    assert {(refusal.field, refusal.reason) for refusal in read.refusals} == {
        ("act", "act_unknown"), ("code", "not_a_code"), ("since", "not_a_day"), ("document", "missing"),
    }  # fmt: skip
