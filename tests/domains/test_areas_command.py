"""The command `shouwang areas`, as somebody at the keyboard meets it."""

import json

import pytest
from click.testing import CliRunner

from shouwang.config.commands.areas import areas
from tests.domains.areas_story import HEADING, SMALL, area, bring

pytestmark = pytest.mark.django_db


def run(*words, code=0):
    result = CliRunner().invoke(areas, [*map(str, words)])
    assert result.exit_code == code, result.output
    return result.output


def said(*words, code=0):
    return json.loads(run(*words, "--json", code=code))


def test_the_pack_comes_in_and_a_second_time_changes_nothing():
    first, second = said("import", "--pack"), said("import", "--pack")
    assert (first["added"], first["refused"], len(first["lines"])) == (1652, 0, 9)
    assert (second["added"], second["changed"], second["unchanged"], second["lines"]) == (0, 0, 1652, [])


def test_a_file_with_a_bad_row_brings_in_the_good_ones_and_hands_back_the_bad_one(tmp_path):
    file, back = tmp_path / "areas.csv", tmp_path / "refused.csv"
    file.write_text(HEADING + "\n".join([*SMALL, area("22240", "某地")]), encoding="utf-8")
    told = said("import", file, "--refused", back, code=1)
    assert (told["added"], told["refused"]) == (len(SMALL), 1)
    assert told["refusals"][0]["field"] == "code" and told["refusals"][0]["line"] == len(SMALL) + 2
    assert "22240,,某地" in back.read_text(encoding="utf-8-sig")


def test_import_wants_a_file_or_the_pack_and_not_both(tmp_path):
    assert "FILE or --pack" in run("import", code=2)
    file = tmp_path / "areas.csv"
    file.write_text(HEADING)
    assert "FILE or --pack" in run("import", file, "--pack", code=2)


def test_show_tells_where_an_area_stands_and_what_it_holds():
    bring(*SMALL)
    shown = said("show", "222401")
    assert (shown["zh"], shown["ko"], shown["kind"]) == ("延吉市", "연길시", "city")
    assert [unit["code"] for unit in shown["path"]] == ["222400", "222401"]
    assert shown["holds"] == {"township": 1, "village": 1}
    assert "延吉市" in run("show", "222401")


def test_an_unknown_code_is_named():
    bring(*SMALL)
    assert "no area is on record under 222499" in run("show", "222499", code=1)
    assert "延吉 is not a region code" in run("show", "延吉", code=2)
    assert "22 is not a region code" in run("count", "--below", "22", code=2)


def test_list_goes_down_the_tree_page_by_page_or_finds_a_name():
    bring(*SMALL)
    assert [unit["code"] for unit in said("list")["areas"]] == ["222400"]
    page = said("list", "--below", "222400", "--limit", 1)
    assert [unit["code"] for unit in page["areas"]] == ["222401"]
    rest = said("list", "--below", "222400", "--after", page["after"])
    assert [unit["code"] for unit in rest["areas"]] == ["222405"] and rest["after"] == ""
    assert [unit["code"] for unit in said("list", "--search", "东盛涌")["areas"]] == ["222405104"]
    assert "东盛涌镇" in run("list", "--below", "222405")
    assert "not a region code" in run("list", "--below", "22", code=2)


def test_count_by_level_and_by_kind():
    bring(*SMALL)
    assert said("count") == {"county": 2, "prefecture": 1, "township": 2, "village": 1, "total": 6}
    assert said("count", "--by", "kind", "--below", "222405") == {"city": 1, "town": 1, "total": 2}
    assert "6  total" in run("count")
