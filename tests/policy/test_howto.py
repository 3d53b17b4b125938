"""The examples of the howtos work as they stand: a new duty and a new record type by YAML alone."""

import re
from shutil import copytree

from shouwang.policy.checks import check
from shouwang.policy.docs import pages
from shouwang.policy.pack_reading import read
from shouwang.policy.shipped import PACKS
from tests.house.sources import ROOT
from tests.policy.packs import copied

FENCED = re.compile(r"```yaml\n(.*?)```", re.DOTALL)


def example(page):
    return FENCED.search((ROOT / "docs" / "howto" / page).read_text("utf-8"))[1]


def loaded(folder):
    pack, findings = read(folder)
    found = (*findings, *check(pack))
    assert [one for one in found if one.weight == "error"] == []
    return pack


def test_a_record_type_is_added_by_its_example_alone(tmp_path):
    folder = copied(tmp_path)
    (folder / "records" / "tried.yaml").write_text(example("new-record.md"), "utf-8")
    pack = loaded(folder)
    assert pack.records["extinguisher_box"].evidence == "record.extinguisher_box"
    assert "公共灭火器箱" in pages(pack, ())["records.md"]


def test_a_duty_can_ask_for_it_at_once(tmp_path):
    folder = copied(tmp_path)
    (folder / "records" / "tried.yaml").write_text(example("new-record.md"), "utf-8")
    duty = re.sub(r"\A\w+:\n  row: \S+", "tried:\n  row: 04-13", example("new-duty.md"))
    duty = re.sub(r"evidence: .*", "evidence: {kind: record.extinguisher_box, where: {fit: true}}", duty)
    (folder / "duties" / "tried.yaml").write_text(duty, "utf-8")
    assert loaded(folder).duties["tried"].evidence.where == {"fit": True}


def test_a_pack_for_another_prefecture_starts_as_a_copy_of_the_small_one(tmp_path):
    """docs/howto/new-prefecture.md: the copy holds as it stands, and each file it names is there to be changed."""
    page = (ROOT / "docs" / "howto" / "new-prefecture.md").read_text("utf-8")
    small = re.search(r"packs/([\w-]+) src/", page)[1]
    copytree(PACKS / small, tmp_path / "ours-2026")
    loaded(tmp_path / "ours-2026")
    named = set(re.findall(r"`([a-z_]+(?:\.yaml|\.csv|/))`", page))
    assert len(named) > 12
    assert [one for one in named if not (tmp_path / "ours-2026" / one).exists()] == []


def test_a_part_that_nothing_plays_is_named(tmp_path):
    folder = tmp_path / "ours-2026"
    copytree(PACKS / "jiye-2025", folder)
    wiring = (folder / "wiring.yaml").read_text("utf-8")
    (folder / "wiring.yaml").write_text(wiring.replace("station: fire_post", "station: fire_house"), "utf-8")
    said = [f"{one.where}: {one.text}" for one in check(read(folder)[0])]
    assert "wiring.yaml: departments.station: department 'fire_house' does not exist in this pack" in said
