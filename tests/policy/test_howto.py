"""The examples of the howtos work as they stand: a new duty and a new record type by YAML alone."""

import re

from shouwang.policy.checks import check
from shouwang.policy.docs import pages
from shouwang.policy.pack_reading import read
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
