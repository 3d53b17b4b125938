"""What the import contract cannot see: clocks, dice, catch-all modules, missing docstrings, secrets."""

import ast
import re

from tests.house.sources import PACKAGE, ROOT, code, dotted, every, name, tree, under

CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now",
    "datetime.date.today", "timezone.now", "time.time",
}  # fmt: skip
# These read the clock only when they are not handed a time.
CONVERTERS = {"timezone.localdate", "timezone.localtime"}
DICE = re.compile(r"^(random|numpy\.random|np\.random)\.")
# Judgement is the same on every machine: not even a token may be drawn there.
PURE = ("kernel", "policy", "rules")
CHANCE = re.compile(r"^(random\.|secrets\.|os\.urandom|uuid\.uuid|uuid4|time\.(time|monotonic)$)")
# Where the outside world comes in; everything below is handed its time and its seed.
DOORS = ("config", "gateways", "simulation", "faces")
CATCH_ALL = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "base"}
SECRET = re.compile(
    r"BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30}"
    r"|(?i:(?:password|secret|token)\s*=\s*[\"'][A-Za-z0-9+/]{20,}[\"'])"
)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
ELSEWHERE = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|tmp/team)/")
OWN = [*code(), *under(ROOT / "tests", ".py"), *under(ROOT / "docs", ".md", ".py"), *ROOT.glob("*.md")]


def room(path):
    return path.relative_to(PACKAGE).parts[0]


def calls(path):
    nodes = [n for n in ast.walk(tree(path)) if isinstance(n, ast.Call)]
    return [(dotted(n.func), n.lineno) for n in nodes if not (n.args and dotted(n.func) in CONVERTERS)]


@every([p for p in code() if room(p) not in DOORS])
def test_time_and_dice_are_arguments(path):
    found = [(call, line) for call, line in calls(path) if call in CLOCKS | CONVERTERS or DICE.match(call)]
    assert found == []


@every([p for p in code() if room(p) in PURE])
def test_judgement_draws_nothing(path):
    assert [(call, line) for call, line in calls(path) if CHANCE.match(call)] == []


@every(code())
def test_every_module_says_what_it_is_for(path):
    if path.read_text("utf-8").strip():
        assert ast.get_docstring(tree(path)), f"{name(path)} has no docstring"


@every(code())
def test_no_catch_all_module(path):
    assert not CATCH_ALL & {path.stem, *path.relative_to(PACKAGE).parts[:-1]}


@every(code())
def test_functions_with_many_arguments_name_them(path):
    crowded = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            plain = [a.arg for a in node.args.posonlyargs + node.args.args if a.arg not in {"self", "cls"}]
            if len(plain) > 5:
                crowded.append((node.name, node.lineno, plain))
    assert crowded == []


@every([p for p in OWN if p.name != "test_sources.py"])
def test_no_secret_no_unfinished_note_no_path_of_one_machine(path):
    text = path.read_text("utf-8")
    for pattern in (SECRET, UNFINISHED, ELSEWHERE):
        assert pattern.findall(text) == []


def test_scripts_parse_and_may_be_run():
    for path in [*(ROOT / "script").iterdir(), ROOT / ".ci" / "run"]:
        assert path.stat().st_mode & 0o111, f"{name(path)} is not executable"
        first = path.read_text("utf-8").startswith("#!/usr/bin/env bash\n# ")
        assert first, f"{name(path)} does not say what it is for"


@every([p for p in code() if p.name != "moments.py"])
def test_a_day_is_that_of_the_place(path):
    """`now.date()` is the day in Greenwich: until eight in the morning, yesterday's."""
    assert [line for call, line in calls(path) if call.endswith("now.date")] == []
