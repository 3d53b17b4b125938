"""The documents say what is there: settings, commands, links."""

import ast
import re

from tests.house.sources import PACKAGE, ROOT, code, dotted, every, name, tree, under

SETTING = re.compile(r"`(SHOUWANG_[A-Z0-9_]+)`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
REGISTRY = re.compile(r"pypi\.org|files\.pythonhosted|registry\.npmjs|deb\.debian\.org", re.IGNORECASE)


def read_settings():
    """Every name that the program reads from its environment."""
    found = set()
    for path in code():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                value = node.args[0].value
                if isinstance(value, str) and re.fullmatch(r"SHOUWANG_[A-Z0-9_]+", value):
                    found.add(value)
    return found


def test_every_setting_is_documented_and_every_documented_setting_exists():
    documented = set(SETTING.findall((ROOT / "docs" / "settings.md").read_text("utf-8")))
    assert documented == read_settings()


def test_settings_come_from_the_environment_in_one_place():
    readers = {
        name(path)
        for path in code()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and dotted(node) == "os.environ" and "config" not in path.parts
    }
    assert readers == set()


@every([*ROOT.glob("*.md"), *under(ROOT / "docs", ".md")])
def test_links_lead_somewhere_and_no_registry_is_named(path):
    text = path.read_text("utf-8")
    assert [link for link in LINK.findall(text) if not (path.parent / link).exists()] == []
    assert REGISTRY.findall(text) == []


def test_every_room_stands_in_the_architecture():
    told = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms = [p.name for p in (PACKAGE / "domains").iterdir() if (p / "apps.py").exists()]
    assert [room for room in rooms if f"`{room}`" not in told] == []
