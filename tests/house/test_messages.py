"""What is said is said whole, in 中文 and 조선말."""

import ast
import re

import pytest

from shouwang.config import catalogues
from tests.house.sources import code, dotted, every, name, tree

SAYING = catalogues.SINGLE | catalogues.PLURAL | catalogues.WITH_CONTEXT
ANONYMOUS = re.compile(r"%[sdif]|\{\}|\{\d+\}")


def sayings(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in SAYING:
            yield node


def made_up(text):
    """Joined, formatted or chosen on the spot; a word looked up where others were marked is none of these."""
    if isinstance(text, ast.IfExp):
        return any(isinstance(branch, ast.Constant) for branch in (text.body, text.orelse))
    formatted = isinstance(text, ast.Call) and dotted(text.func).split(".")[-1] in {"format", "join"}
    return formatted or isinstance(text, ast.JoinedStr | ast.BinOp)


@every(code())
def test_texts_are_whole_with_named_values(path):
    for call in sayings(path):
        first, place = call.args[0], f"{name(path)}:{call.lineno}"
        assert not made_up(first), f"{place}: a text put together cannot be translated"
        if isinstance(first, ast.Constant):
            assert not ANONYMOUS.search(str(first.value)), f"{place}: a value without a name"


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_everything_is_translated(language):
    assert catalogues.faults(language) == []


def test_templates_and_code_both_speak():
    places = {message.place.split("/")[0] for message in catalogues.messages()}
    assert "faces" in places


def test_a_template_is_read_as_django_reads_it():
    source = """{% translate "May" context "month" %}<c-x label="{% translate 'Due today' %}"/>{{ _("Open") }}
    {% blocktranslate count n=n trimmed %}one case{% plural %}{{ n }} cases{% endblocktranslate %}"""
    found = {(m.text, m.plural, m.context) for m in catalogues.said_in_template(source, "x.html")}
    assert found == {
        ("May", "", "month"), ("Due today", "", ""), ("Open", "", ""), ("one case", "%(n)s cases", ""),
    }  # fmt: skip
