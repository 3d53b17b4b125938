"""A table of areas comes in: good rows go in, bad rows come back, nothing is entered twice."""

import csv
import io

import pytest
from django.utils import translation

from shouwang.domains.areas.models import Area
from shouwang.domains.areas.returning import returned
from shouwang.domains.areas.words import COLUMNS, KINDS, REASONS
from shouwang.domains.ledger.models import Line
from shouwang.policy.area_kinds import AreaKind
from shouwang.policy.areas import COLUMNS as TABLE_COLUMNS
from shouwang.policy.areas import read
from tests.domains.areas_story import HEADING, NOW, SMALL, area, bring, bring_pack

pytestmark = pytest.mark.django_db


def refused(imported):
    return [(r.field, r.reason) for r in imported.refusals]


def test_the_whole_prefecture_comes_in_at_once():
    imported = bring_pack()
    assert (imported.added, imported.changed, imported.refused) == (1652, 0, 0)
    assert Area.objects.count() == 1652


def test_each_county_keeps_one_line_for_the_whole_import():
    imported = bring_pack()
    counties = [event.county for event in imported.events]
    assert counties == sorted(set(counties)) and len(counties) == 9
    lines = {line.id: line for line in Line.objects.filter(room="areas", act="import")}
    assert {event.line for event in imported.events} == set(lines)
    assert sum(line.count for line in lines.values()) == 1652
    assert all(line.region == line.county and line.pack == "yanbian-2023" for line in lines.values())


def test_a_second_import_of_the_same_table_writes_nothing():
    bring(*SMALL)
    lines = Line.objects.count()
    again = bring(*SMALL)
    assert (again.added, again.changed, again.unchanged) == (0, 0, len(SMALL))
    assert Line.objects.count() == lines


def test_a_later_list_renames_an_area_and_keeps_its_id():
    bring(*SMALL)
    before = Area.objects.get(region="222405104")
    imported = bring(area("222405104", "东盛涌街道", kind="街道", year=2026))
    now = Area.objects.get(region="222405104")
    assert (imported.added, imported.changed) == (0, 1)
    assert (now.id, now.zh, now.kind, now.year) == (before.id, "东盛涌街道", AreaKind.STREET, 2026)


def test_a_blank_cell_takes_nothing_away():
    bring(*SMALL)
    bring(area("222401", "延吉市", year=2024))
    yanji = Area.objects.get(region="222401")
    assert (yanji.ko, yanji.lon, yanji.year) == ("연길시", 129.50241, 2024)


def test_an_older_list_does_not_undo_a_newer_one():
    bring(*SMALL)
    assert refused(bring(area("222401", "延吉县", year=1980))) == [("year", "older_list")]
    assert Area.objects.get(region="222401").zh == "延吉市"


def test_grids_come_in_under_their_village():
    bring(*SMALL)
    imported = bring(area("222401001001001", "一网格"), area("222401001999001", "无村网格"))
    assert imported.added == 1
    assert refused(imported) == [("code", "no_parent")]
    grid = Area.objects.get(region="222401001001001")
    assert (grid.level, grid.kind, grid.county) == ("grid", "grid", "222401")


def test_rows_may_stand_in_any_order():
    assert bring(*reversed(SMALL)).added == len(SMALL)


def test_what_hangs_on_a_refused_row_is_refused_too():
    imported = bring(*SMALL[:2], area("222401001", "进学街道", year=""), SMALL[3])
    assert imported.added == 2
    assert refused(imported) == [("year", "missing"), ("code", "no_parent")]


def test_a_post_in_one_county_brings_in_nothing_for_its_neighbour():
    bring(*SMALL)
    imported = bring(
        area("222401002", "北山街道"), area("222405105", "智新镇"), areas=("222401",)
    )  # fmt: skip
    assert imported.added == 1
    assert refused(imported) == [("code", "outside_territory")]
    assert not Area.objects.filter(region="222405105").exists()


def test_without_a_territory_nothing_comes_in():
    imported = bring(*SMALL, areas=())
    assert (imported.added, imported.refused) == (0, len(SMALL))
    assert not Area.objects.exists() and not Line.objects.exists()


def test_a_merger_needs_a_unit_to_merge_into():
    bring(*SMALL)
    gone = area("222405101", "朝阳川镇", until="2009-01-04", merged_into="222401105")
    assert refused(bring(gone)) == [("merged_into", "no_target")]


def test_two_units_cannot_merge_into_each_other():
    bring(*SMALL)
    bring(area("222401001", "进学街道", until="2020-01-01", merged_into="222405104"))
    back = area("222405104", "东盛涌镇", until="2021-01-01", merged_into="222401001")
    assert refused(bring(back)) == [("merged_into", "merge_circle")]


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "22240"), ("ko", "22240"), ("en", "22240")])
def test_a_refused_row_comes_back_whole_with_its_reason(language, said):
    text = HEADING + area("22240", "延吉市", ko="연길시") + "\n" + SMALL[0] + "\n"
    with translation.override(language):
        reading = read(text)
        table = list(csv.reader(io.StringIO(returned(reading, reading.refusals))))
    assert len(table) == 2
    cells = dict(zip(table[0], table[1], strict=True))
    assert (cells["code"], cells["zh"], cells["ko"], table[1][-2]) == ("22240", "延吉市", "연길시", "2")
    assert said in table[1][-1]


def test_every_reason_column_and_kind_has_its_word():
    import shouwang.domains.areas.boundaries as boundaries
    import shouwang.domains.areas.boundary_mending as mending
    import shouwang.domains.areas.boundary_reading as reading
    import shouwang.domains.areas.fitting as fitting
    import shouwang.domains.areas.judging as judging
    import shouwang.policy.area_changes as changes
    import shouwang.policy.areas as areas

    told_in = (boundaries, mending, reading, fitting, judging, changes, areas)
    sources = "".join(open(one.__file__).read() for one in told_in)
    unused = [reason for reason in REASONS if f'"{reason}"' not in sources]
    assert unused == []
    assert set(KINDS) == set(AreaKind)
    assert set(TABLE_COLUMNS) <= set(COLUMNS)


def test_the_line_was_written_at_the_time_given():
    bring(*SMALL)
    assert {line.at for line in Line.objects.all()} == {NOW}
