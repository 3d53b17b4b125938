"""The operating manual: every duty on one page, told in three languages, and what is wrong with it in words."""

from dataclasses import replace
from datetime import date

import pytest

from shouwang.policy import load
from shouwang.policy.checks import check
from shouwang.policy.duty_shapes import Duty
from shouwang.policy.manual_pages import page, page_of, pages_of
from shouwang.policy.pack_reading import read
from shouwang.policy.values import Value
from tests.policy.packs import copied, errors, spoilt

DAY = date(2026, 11, 24)
PACK = load()
HAZARDS = "manuals/1-hazards.yaml"

SPOILT = {
    "a row that does not exist": ("rows: [07-31]", "rows: [07-99]", "row '07-99' does not exist in this pack"),
    "a duty that does not exist": ("rows: [02-07]\n", "rows: [02-07]\n  duties: [no_such_duty]\n",
                                   "duty 'no_such_duty' does not exist in this pack"),
    "an act that does not exist": ("acts: [pass, fail]", "acts: [pass, tick]", "act 'tick' does not exist"),
    "a post that does not exist": ("readers: [county_fire,", "readers: [fire_chief,", "post 'fire_chief' does not"),
    "work told on two pages": ("rows: [07-31]", "rows: [07-31, 02-07]", "covers '02-07', which stands in manual"),
    "a language left out": (" ko: 없어졌으면 “재검사 합격·종결”을 누른다.,", "", "has no Korean (ko)"),
    "an empty step": ("{zh: 没了，点“复核通过并销案”。,", "{zh: '',", "recheck_hazard.steps 3: has no Chinese (zh)"),
}  # fmt: skip


@pytest.mark.parametrize("case", SPOILT)
def test_what_is_wrong_with_a_page_is_said(tmp_path, case):
    old, new, said = SPOILT[case]
    found = spoilt(tmp_path, file=HAZARDS, old=old, new=new)
    assert [line for line in found if said in line], found


def test_a_page_without_steps_or_work_is_refused(tmp_path):
    folder = copied(tmp_path)
    text = "idle:\n  label: {zh: 空, ko: 빈, en: Idle}\n  purpose: {zh: 空, ko: 빈, en: Idle}\n  steps: []\n"
    (folder / "manuals" / "9-idle.yaml").write_text(text, "utf-8")
    found = [line for line in errors(folder) if "manuals: idle" in line]
    assert any("has no steps" in line for line in found) and any(
        "covers no row and no duty" in line for line in found
    )


def test_a_pack_without_the_sentences_of_a_page_is_refused():
    wordings = {key: text for key, text in PACK.wordings.items() if key != "manual.every.half"}
    found = [one.where for one in check(replace(PACK, wordings=wordings)) if "has no words" in one.text]
    assert found == ["wordings: manual.every.half"]


def test_every_duty_stands_on_exactly_one_page():
    listed = [duty for duties in pages_of(PACK).values() for duty in duties]
    assert sorted(listed) == sorted(PACK.duties)
    assert all(key in pages_of(PACK)[page_of(PACK, key)] for key in PACK.duties)


def test_every_row_that_somebody_must_do_has_a_written_page():
    told = {row for one in PACK.manuals.values() for row in one.rows}
    assert [key for key, row in PACK.rows.items() if row.modality in ("must", "encouraged", "may")] == [
        key for key in PACK.rows if key in told
    ]


def test_every_page_can_be_told_in_every_language():
    for name in pages_of(PACK):
        found = page(PACK, name, on=DAY)
        said = [found.label, *found.steps, *found.tips, *found.never]
        said += [
            text for work in found.works for text in (work.when, work.missed, work.level, work.performer)
        ]
        for text in said:
            assert all(text.in_(tag) for tag in ("zh", "ko", "en"))
            assert not any(
                "{" in text.in_(tag) or "manual." in text.in_(tag) for tag in ("zh", "ko", "en")
            ), text


def test_a_duty_nobody_wrote_a_page_for_gets_one_from_its_own_words(tmp_path):
    folder = copied(tmp_path)
    (folder / "records" / "snow.yaml").write_text(SNOW_RECORD, "utf-8")
    (folder / "duties" / "snow.yaml").write_text(SNOW_DUTY, "utf-8")
    water = folder / "manuals" / "7-building.yaml"
    water.write_text(water.read_text("utf-8").replace(" 11-16,", "", 1), "utf-8")
    pack, findings = read(folder)
    assert pack is not None and errors(folder) == [], findings
    found = page(pack, "snow_cleared", on=DAY)
    assert not found.is_written and found.readers == ("village_head",)
    assert [step.zh for step in found.steps[2:]] == [
        "在“台账”里登记“清雪记录”，带 * 的要填。", "附上：现场照片。", "由消防工作站站长核对，核对后才算数。",
    ]  # fmt: skip
    assert found.works[0].when.zh == "每月至少1次" and found.works[0].when.en == "Every month, at least 1"
    asked = {one.label.zh: (one.required, [why.zh for why in one.why]) for one in found.proofs[0].asks}
    assert asked["水鹤已清出"] == (True, ["判定“水鹤周边清雪”时看这一项", "要为“是”"])
    assert asked["现场照片"] == (True, ["冬天远处看不清，照片看得出"])


def test_the_digest_of_a_page_changes_with_its_values_and_with_nothing_else():
    before = page(PACK, "report_hazard", on=DAY).digest
    local = Value(since=date(2026, 1, 1), value=4, provenance="local", source="敦消委办〔2026〕1号")
    adopted = PACK.with_values({"hazard.report.hours": (local,)})
    assert page(PACK, "report_hazard", on=DAY).digest == before
    assert page(adopted, "report_hazard", on=DAY).digest != before
    assert (
        page(adopted, "report_hazard", on=date(2025, 1, 1)).digest
        == page(PACK, "report_hazard", on=date(2025, 1, 1)).digest
    )
    assert page(adopted, "joint_meeting", on=DAY).digest == page(PACK, "joint_meeting", on=DAY).digest


def test_only_what_the_plan_demands_says_what_follows():
    for name in pages_of(PACK):
        for work in page(PACK, name, on=DAY).works:
            duty: Duty = PACK.duties[work.duty]
            assert duty.can_fail or "逾期" not in work.missed.zh


SNOW_RECORD = """
snow:
  row: 11-16
  label: {zh: 清雪记录, ko: 눈치기 기록, en: Snow cleared}
  levels: [village]
  enters: [village_head]
  verifies: [station_head]
  occurs: cleared_on
  named_by: where
  fields:
    cleared_on: {label: {zh: 日期, ko: 날자, en: Day}, type: date, required: true}
    where: {label: {zh: 地点, ko: 곳, en: Where}, type: text, required: true, most: 60}
    usable: {label: {zh: 水鹤已清出, ko: 수학 주변을 치웠음, en: Cleared}, type: yes_no, required: true, fact: true}
  papers:
    photo:
      label: {zh: 现场照片, ko: 현장사진, en: Photo}
      what: photo
      required: true
      why: {zh: 冬天远处看不清，照片看得出, ko: 쓸 수 있는지 사진으로 안다, en: It shows whether it can be used}
"""
SNOW_DUTY = """
snow_cleared:
  row: 11-16
  label: {zh: 水鹤周边清雪, ko: 수학 주변 눈치기, en: Snow cleared around cranes}
  modality: must
  bearer: {level: village}
  performer: village_head
  verifier: station_head
  trigger: {kind: calendar, every: month}
  evidence: {kind: record.snow, where: {usable: true}}
  ladder: [remind]
"""
