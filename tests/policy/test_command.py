"""`shouwang policy` from a shell: words for people, JSON for programs, no database, pages up to date."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from shouwang.config.commands.policy import policy
from tests.policy.packs import copied

ROOT = Path(__file__).parents[2]


def run(*words):
    return CliRunner().invoke(policy, words)


def test_check_of_the_shipped_pack():
    result = run("check")
    assert result.exit_code == 0
    assert "0 errors" in result.output
    assert "GB 35181-2025" in result.output


def test_check_of_a_spoilt_pack_fails_and_says_where(tmp_path):
    folder = copied(tmp_path)
    (folder / "kinds.yaml").write_text("exit_blocked: {icon: door}\n", "utf-8")
    result = run("check", "--folder", str(folder), "--json")
    assert result.exit_code == 1
    assert {
        "where": "kinds.yaml: exit_blocked",
        "text": "'label' is missing",
        "weight": "error",
    } in json.loads(result.output)["findings"]


def test_coverage_tells_every_row():
    told = json.loads(run("coverage", "--situations", str(ROOT / "tests/rules/situations"), "--json").output)
    assert len(told["rows"]) == told["summary"]["rows"] == 294
    loop = next(row for row in told["rows"] if row["row"] == "07-31")
    assert loop["duties"] == ["hazard_closed_loop", "closure_looked_at_again"]
    assert loop["situations"]
    lines = run("coverage").output.splitlines()
    assert lines[294].startswith("294 rows")


def test_coverage_lists_what_only_we_say_or_nobody_with_who_gives_it():
    told = run("coverage").output.splitlines()[295:]
    assert {line.split()[0] for line in told} == {"default", "unset"}
    office = "for county_office (县(市)消防救援委员会办公室)"
    assert any("whistle.arrival.hours" in line and f"{office} to enter" in line for line in told)
    assert any("hazard.minor.hours" in line and f"{office} to adopt" in line for line in told)
    listed = {one["parameter"]: one for one in json.loads(run("coverage", "--json").output)["values"]}
    assert listed["hazard.minor.hours"]["keeper"] == "county_office"
    assert len(listed) == len(told) and "hazard.recheck.workdays" not in listed


def test_show_judges_by_the_day_asked_for():
    name = "hazard.major.comprehensive.count"
    before = json.loads(run("show", name, "--on", "2025-10-31", "--json").output)
    after = json.loads(run("show", name, "--on", "2025-11-01", "--json").output)
    assert (before["on"]["value"], after["on"]["provenance"]) == (3, "unset")
    assert "02-05" in run("show", "02-05").output


def test_show_of_something_unknown_offers_what_is_like_it():
    result = run("show", "hazard.minor")
    assert result.exit_code == 1
    assert "hazard.minor.hours" in result.output


@pytest.mark.parametrize("name", ["moon", "major-elements-gb35181-2017"])
def test_a_table_that_is_not_there_or_not_in_force(name):
    result = run("table", name, "--on", "2026-11-24")
    assert result.exit_code == 1
    assert name in result.output


def test_a_table_as_a_sheet_and_its_check(tmp_path):
    sheet = tmp_path / "grade.csv"
    sheet.write_text(run("table", "hazard-grade").output, "utf-8")
    assert run("table", "hazard-grade", "--sheet", str(sheet)).exit_code == 0
    sheet.write_text(sheet.read_text("utf-8").replace(">= 50", "many"), "utf-8")
    result = run("table", "hazard-grade", "--sheet", str(sheet))
    assert result.exit_code == 1
    assert "'many' is neither a number" in result.output


def test_the_written_pages_are_up_to_date(tmp_path):
    situations = str(ROOT / "tests/rules/situations")
    assert run("docs", "--out", str(tmp_path), "--situations", situations).exit_code == 0
    fresh = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    kept = {path.name: path.read_text("utf-8") for path in (ROOT / "docs" / "policy").iterdir()}
    assert kept == fresh, "run `shouwang policy docs`"


def test_it_needs_neither_framework_nor_database():
    code = (
        "import sys\n"
        "from shouwang.config.commands.policy import policy\n"
        "policy(['coverage'], standalone_mode=False)\n"
        "sys.exit('django' in sys.modules or 'psycopg' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0
