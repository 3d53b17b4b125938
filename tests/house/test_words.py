"""docs/words.md says what the program says: the pack word for word, every table with its Chinese term."""

import re

import pytest
from django.apps import apps

from shouwang.policy import load
from tests.house.sources import ROOT

ROW = re.compile(r"^\| (.+?) \| (.+?) \| (.+?) \| `(.+?)` \|$")


def told():
    """{heading: {code name: (中文, 한국어, English)}}"""
    sections, current = {}, {}
    for line in (ROOT / "docs" / "words.md").read_text("utf-8").splitlines():
        if line.startswith("## "):
            current = sections.setdefault(line[3:], {})
        elif row := ROW.match(line):
            assert row[4] not in current, f"{row[4]} stands there twice"
            current[row[4]] = (row[1], row[2], row[3])
    return sections


WORDS = told()


def labels(things):
    if isinstance(things, tuple):
        things = {arrow.act: arrow for arrow in things}
    texts = {code: getattr(thing, "label", thing) for code, thing in things.items()}
    return {code: (text.zh, text.ko, text.en) for code, text in texts.items()}


@pytest.mark.parametrize(
    "heading, part",
    [
        ("Posts", "posts"),
        ("Departments", "departments"),
        ("Kinds of hazard", "kinds"),
        ("Kinds of place", "sites"),
        ("States of a case", "states"),
        ("Grades", "grades"),
        ("Levels", "levels"),
        ("Acts on a case", "transitions"),
    ],
)
def test_labels_are_those_of_the_pack(heading, part):
    assert WORDS[heading] == labels(getattr(load("yanbian-2023"), part))


def test_every_table_has_its_word_and_says_it_in_its_docstring():
    models = {
        model._meta.label: model.__doc__
        for model in apps.get_models()
        if model.__module__.startswith("shouwang.domains.")
    }
    assert set(WORDS["Tables"]) == set(models)
    silent = [label for label, words in WORDS["Tables"].items() if words[0] not in models[label]]
    assert silent == []


def test_one_chinese_word_means_one_thing_within_a_section():
    for heading, rows in WORDS.items():
        chinese = [words[0] for words in rows.values()]
        assert len(chinese) == len(set(chinese)), heading
