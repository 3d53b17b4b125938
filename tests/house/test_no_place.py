"""The house belongs to no prefecture: what a pack names stands in no line of code, and every shipped pack is whole."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from shouwang.policy import load
from shouwang.policy.areas import table
from shouwang.policy.coverage import coverage, summary
from shouwang.policy.docs import pages
from shouwang.policy.shipped import PACKS, USUAL
from shouwang.policy.vocabulary import REGISTERS, LevelName, Rung

ROOT = Path(__file__).resolve().parents[2] / "src" / "shouwang"
SHIPPED = sorted(path.parent.name for path in PACKS.glob("*/pack.yaml"))
# Words of the code itself that a pack happens to use too: levels, registers, the site nobody stated, plain nouns.
OWN = {
    *get_args(LevelName),
    *get_args(Rung),
    *REGISTERS,
    "unknown",
    "other",
    "water",
    "record",
    "publicity",
    "fire",
    "volunteers",
    "drill",
}
# Who lives in the simulation lives in Yanbian, and the golden story is told of them.
OF_YANBIAN = ("simulation/", "config/golden.py", "policy/packs/", "policy/shipped.py")
CODE = re.compile(r"22(?:24\d\d|0000)(?:\d{3}){0,3}")


def named() -> dict[str, str]:
    """Every word some pack uses for a thing of its own, and what it is."""
    found: dict[str, str] = {}
    for name in SHIPPED:
        pack = load(name)
        for part in ("rows", "posts", "departments", "kinds", "duties", "records", "indicators", "channels"):
            found |= dict.fromkeys(set(getattr(pack, part)) - OWN, part)
    return found


def sources() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*.py")):
        inside = path.relative_to(ROOT).as_posix()
        if not inside.startswith(OF_YANBIAN) and "/migrations/" not in inside:
            yield path


def said(path: Path) -> Iterator[tuple[int, str]]:
    """Every text in the code of a file, but for what only explains and what is a name: a column, a keyword, a key."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


NAMED = named()
# Columns, sections and parameters of calls that bear such a word as their own name.
COLUMNS = {"organization", "development", "industry", "justice", "science", "digital", "power", "weather", "police",
           "housing", "education", "health", "commerce", "agriculture", "forestry", "emergency", "transport",
           "ethnic", "finance", "profile", "meeting", "training", "wiring", "alarm", "inspection", "referral",
           "telephone", "hotline", "works", "trade", "welfare", "rescue", "schools", "clinics", "streets", "pasture",
           "riders"}  # fmt: skip


def test_no_word_of_a_pack_stands_in_the_code():
    found = [
        f"{path.relative_to(ROOT)}:{line}: '{text}' is one of the {NAMED[text]} of a pack; let its wiring.yaml name it"
        for path in sources()
        for line, text in said(path)
        if text in NAMED and text not in COLUMNS
    ]
    assert found == []


def test_no_place_stands_in_the_code():
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in sources()
        for line, text in said(path)
        if USUAL in text or "延边" in text or CODE.fullmatch(text)
    ]
    # An example in the description of the API tells what a code looks like.
    assert [one for one in found if not one.startswith("faces/api/shapes.py")] == []


def test_what_the_code_asks_for_by_name_is_in_every_pack():
    """Values, tables and side loops are asked for by name: a pack without them would fail at work, not in its check."""
    asked = {text for path in sources() for _line, text in said(path)}
    for part in ("parameters", "tables", "loops"):
        everywhere = {name for pack in SHIPPED for name in getattr(load(pack), part)} & asked - OWN
        for pack in SHIPPED:
            assert everywhere - set(getattr(load(pack), part)) == set(), (pack, part)


def test_templates_name_no_row_and_no_place():
    for path in sorted((ROOT / "faces" / "templates").rglob("*.html")):
        text = path.read_text("utf-8")
        rows = [row for row in re.findall(r'row="([^"{]+)"', text) if row in NAMED]
        assert rows == [] and "Yanbian" not in text and "延边" not in text, path.name


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_pack_is_served_and_told(name):
    pack = load(name)
    lines = coverage(pack)
    assert summary(lines)["rows"] == len(pack.rows)
    assert "README.md" in pages(pack, lines)
    areas = table(name)
    assert areas.refusals == () and areas.facts


def test_the_second_prefecture_shares_no_word_with_the_first():
    one, other = load(USUAL), load("jiye-2025")
    for part in (
        "rows",
        "posts",
        "departments",
        "kinds",
        "duties",
        "records",
        "indicators",
        "channels",
        "festivals",
    ):
        mine, theirs = getattr(one, part), getattr(other, part)
        assert set(mine) & set(theirs) == set(), part
    assert set(one.levels) - set(other.levels) == {"grid"}
    assert set(one.sites) & set(other.sites) == {"unknown"}
    assert set(one.clocks.values()) & set(other.clocks.values()) == set()
    assert (one.since, one.languages, one.cited) != (other.since, other.languages, other.cited)
    assert other.languages == ("zh", "en") and not other.title.ko


def test_the_second_prefecture_is_no_real_place():
    """No province has the number 99: GB/T 2260 ends at 82."""
    assert {one.code[:2] for one in table("jiye-2025").facts} == {"99"}
    assert all(one.lon is None for one in table("jiye-2025").facts)
