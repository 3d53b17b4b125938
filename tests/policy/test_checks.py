"""`policy check` finds what is wrong and says it in words."""

import pytest

from tests.policy.packs import copied, errors, spoilt

GRADE, AUTHORITY = "tables/hazard-grade.yaml", "tables/hazard-authority.yaml"

SPOILT = {
    "a season without a name": (
        "wordings/seasons.yaml",
        "season.harvest: ",
        "season.reaping: ",
        "names the season 'harvest', which has no words",
    ),
    "a photo demanded with an empty reason": (
        "transitions.yaml",
        "zh: 复核人没有到场，只能凭整改后的照片判断隐患是否消除",
        "zh: ''",
        "demands a photo without saying why it is needed",
    ),
    "a track demanded with no reason at all": (
        "transitions.yaml",
        "      - what: place\n",
        "      - {what: track, required: true, row: 07-15}\n      - what: place\n",
        "demands a track without saying why it is needed (国办函〔2026〕12号)",
    ),
    "a person may re-check their own fix": (
        "transitions.yaml",
        "    guards: [other_person]\n",
        "    guards: []\n",
        "lets a person re-check their own fix",
    ),
    "a default shown as the plan": (
        "parameters/clocks.yaml",
        "value: 5, provenance: default, source: 本系统建议值",
        "value: 5, provenance: plan, source: 实施方案二(一)2",
        "row 02-06 of the plan states no such number",
    ),
    "a default that names the plan as its source": (
        "parameters/clocks.yaml",
        "value: 24, provenance: default, source: 本系统建议值",
        "value: 24, provenance: default, source: 实施方案二(一)2",
        "is our default and must not be shown as the plan's",
    ),
    "a standard without number": (
        "parameters/clocks.yaml",
        "source: 公安部令第120号《消防监督检查规定》",
        "source: 有关标准",
        "is no standard with number and edition",
    ),
    "a standard read nowhere surely": (
        "parameters/clocks.yaml",
        "mark: H",
        "mark: L",
        "needs the mark H",
    ),
    "a source left out": (
        "parameters/clocks.yaml",
        "provenance: default, source: 本系统建议值",
        "provenance: default",
        "names no source",
    ),
    "an unset value with a value": (
        "parameters/06-forces.yaml",
        "provenance: unset",
        "value: 3, provenance: unset",
        "is unset and yet has a value",
    ),
    "a local value without signer": (
        "parameters/clocks.yaml",
        "value: 24, provenance: default, source: 本系统建议值",
        "value: 24, provenance: local, source: 延州政办发〔2026〕1号",
        "needs document number, day and signer",
    ),
    "a language left out": ("kinds.yaml", ", ko: 통로 막힘", "", "kinds: exit_blocked: has no Korean (ko)"),
    "a language left empty": ("kinds.yaml", "ko: 통로 막힘", "ko: ' '", "has no Korean (ko)"),
    "an unknown row": ("kinds.yaml", "row: 09-17", "row: 99-17", "row '99-17' does not exist"),
    "an unknown keeper": (
        "parameters/clocks.yaml",
        "keeper: county_office",
        "keeper: mayor",
        "keeper 'mayor'",
    ),
    "an unknown state": (
        "transitions.yaml",
        "target: closed",
        "target: ended",
        "state 'ended' does not exist",
    ),
    "an unknown action": ("posts.yaml", "hazards.see", "hazards.delete", "hazards.delete"),
    "an unknown screen": ("plan/01-leadership.yaml", "[office.today]", "[office.moon]", "screen 'office.moon'"),
    "a duty with an unknown deadline": (
        "duties/02-industry.yaml",
        "parameter: case",
        "parameter: soon",
        "parameter 'soon'",
    ),
    "a duty verified by whoever performs it": (
        "duties/02-industry.yaml",
        "verifier: county_office",
        "verifier: dept_head",
        "is verified by dept_head, who performs it",
    ),
    "a duty met by evidence nobody announces": (
        "duties/02-industry.yaml",
        "kind: hazard.rectified",
        "kind: hazard.vanished",
        "evidence 'hazard.vanished' does not exist",
    ),
    "a duty that asks for a number out of the air": (
        "duties/02-industry.yaml",
        "kind: hazard.rectified",
        "kind: hazard.rectified, least: 3",
        "asks for 3 without a source",
    ),
    "a duty that compares a fact nobody gives": (
        "duties/07-grid.yaml",
        "kind: hazard.assigned",
        "kind: hazard.assigned, reaching: {persons: station.staff.least}",
        "needs a fact 'persons' of type integer in hazard.assigned",
    ),
    "a duty done on a day nobody gives": (
        "duties/07-grid.yaml",
        "kind: hazard.assigned",
        "kind: hazard.assigned, at: assigned_on",
        "needs a fact 'assigned_on' of type date in hazard.assigned",
    ),
    "a duty that counts by a fact nobody gives": (
        "duties/07-grid.yaml",
        "kind: hazard.assigned",
        "kind: hazard.assigned, each: department",
        "counts each 'department', which hazard.assigned does not give",
    ),
    "a duty done several times in no period": (
        "duties/07-grid.yaml",
        "kind: hazard.assigned",
        "kind: hazard.assigned, times: meeting.joint.per_quarter",
        "has no period in which something is done several times",
    ),
    "a prefecture's duty that every county would open": (
        "duties/04-offices.yaml",
        "bearer: {level: prefecture}\n  performer: prefecture_office\n  verifier: prefecture_leader\n"
        "  trigger: {kind: event, on: record.dispatch, own: true}",
        "bearer: {level: prefecture}\n  performer: prefecture_office\n  verifier: prefecture_leader\n"
        "  trigger: {kind: event, on: record.dispatch}",
        "would be opened by the events of every county",
    ),
    "a duty with a clock counted in people": (
        "duties/07-grid.yaml",
        "parameter: hazard.report.hours",
        "parameter: station.staff.least",
        "is counted in persons, not in hours",
    ),
    "a duty of a trigger nobody knows": (
        "duties/02-industry.yaml",
        "{kind: event, on: hazard.reported",
        "{kind: mood, on: hazard.reported",
        "nvalid value 'mood'",
    ),
    "a duty without Korean": (
        "duties/02-industry.yaml",
        ", ko: 경미한 우환은 즉시 조사·시정",
        "",
        "has no Korean (ko)",
    ),
    "a duty milder than the plan": (
        "duties/02-industry.yaml",
        "modality: must",
        "modality: may",
        "the plan says 'must'",
    ),
    "words for a row that is not in the plan": (
        "plan/07-grid.yaml",
        "07-02:",
        "07-99:",
        "not a row of the plan",
    ),
    "a key twice": ("kinds.yaml", "ebike_charging:", "exit_blocked:", "'exit_blocked' stands twice"),
    "broken YAML": ("kinds.yaml", "wiring: {", "wiring: [", "is not readable YAML"),
    "a time zone that does not exist": ("pack.yaml", "Asia/Shanghai", "Asia/Yanji", "time zone 'Asia/Yanji'"),
    "a grade without a clock": ("pack.yaml", "  minor: hazard.minor.hours\n", "", "grade 'minor' needs"),
    "an overlap": (
        AUTHORITY,
        "when: {grade: major}",
        "when: {grade: major | general}",
        "rows general and major overlap",
    ),
    "a gap": (
        AUTHORITY,
        "when: {grade: major}",
        "when: {grade: major, site: school}",
        "has no row when grade is major",
    ),
    "a row never reached": (
        GRADE,
        "when: {determined_major: yes}",
        "when: {}",
        "row otherwise is never reached",
    ),
    "a value that is not in the list": (
        GRADE,
        "kind: detector_faulty",
        "kind: alarm",
        "'alarm' is not one of its values",
    ),
    "an answer that is not in the list": (
        GRADE,
        "grade: major,",
        "grade: huge,",
        "answer 'huge' is not one of",
    ),
    "a cell outside the grammar": (GRADE, '">= 50"', '"many"', "'many' is neither a number"),
    "a column that is not there": (
        GRADE,
        "fixed_on_spot: no",
        "fixed_later: no",
        "'fixed_later' is not a column",
    ),
    "a version that never ends": (
        "tables/major-elements.yaml",
        "- {since: 2025-11-01, unset: true, source: GB 35181-2025}",
        "- {since: 2025-11-01, unset: true}\n    - {since: 2026-11-01, unset: true}",
        "hold on the same days",
    ),
}


@pytest.mark.parametrize("case", SPOILT)
def test_what_is_spoilt_is_found(case, tmp_path):
    file, old, new, said = SPOILT[case]
    found = spoilt(tmp_path, file=file, old=old, new=new)
    assert any(said in one for one in found), found


def test_the_shipped_pack_has_no_error(tmp_path):
    assert errors(copied(tmp_path)) == []


def test_one_bad_entry_does_not_hide_the_next(tmp_path):
    pack = copied(tmp_path)
    kinds = (pack / "kinds.yaml").read_text("utf-8")
    kinds = kinds.replace(", ko: 통로 막힘", "").replace(", ko: 무단 배선", "")
    (pack / "kinds.yaml").write_text(kinds, "utf-8")
    found = [one for one in errors(pack) if "has no Korean" in one]
    assert [one.split(":")[1].strip() for one in found] == ["exit_blocked", "wiring"]


def test_a_folder_that_is_no_pack_says_so(tmp_path):
    assert errors(tmp_path) == [f"{tmp_path.name}: has no pack.yaml, so it is no policy pack"]
