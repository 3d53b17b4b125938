"""Screens: every word is translated, nothing comes from outside, nothing breaks the strict content policy."""

import hashlib
import re
import tomllib
from html.parser import HTMLParser

from tests.house.sources import STATIC, TEMPLATES, code, every, templates, under

SPOKEN = ("title", "alt", "placeholder", "label", "aria-label", "aria-description", "heading", "hint", "text")
# Commands to type and keys to press are the same in every language.
UNSPOKEN = {"script", "style", "code", "kbd"}
# Names of languages and of the system are the same in every language.
NAMES = {"中文", "조선말", "English", "守望", "Shouwang"}
WORD = re.compile(r"[A-Za-z]{2,}|[\u3400-\u9fff\uac00-\ud7af]")
TAG = re.compile(
    r"{%\s*comment.*?endcomment\s*%}"
    r"|{%\s*block \w*(?:class|attributes)\s*%}.*?{%\s*endblock\s*%}"
    r"|{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}"
    r"|{%.*?%}|{{.*?}}|{#.*?#}",
    re.DOTALL,
)
OUTSIDE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
)
# A data block is not run, so the policy has nothing against it.
DATA_BLOCK = re.compile(r"<script[^>]*type=[\"']application/(?:ld\+)?json[\"'][^>]*>")

each_template = every(templates())


class Spoken(HTMLParser):
    """Collects what a reader would see or hear."""

    def __init__(self):
        super().__init__()
        self.words, self._silent = [], 0

    def handle_starttag(self, tag, attrs):
        self._silent += tag in UNSPOKEN
        self.words += [value for key, value in attrs if key in SPOKEN and value]

    def handle_endtag(self, tag):
        self._silent -= tag in UNSPOKEN

    def handle_data(self, data):
        if not self._silent:
            self.words.append(data)


def untranslated(source):
    page = Spoken()
    page.feed(TAG.sub("", source))
    return [w.strip() for w in page.words if WORD.search(w) and w.strip() not in NAMES]


def test_the_detector_sees_what_it_should():
    assert untranslated("<p>Closed</p>") == ["Closed"]
    assert untranslated('<img alt="通道">') == ["通道"]
    assert untranslated('<p title="{% translate "Closed" %}">{{ it }} {% translate "Closed" %} 119</p>') == []
    assert INLINE.search('<b style="x">') and not INLINE.search('<script src="x"></script>')


@each_template
def test_every_word_is_translated(path):
    assert untranslated(path.read_text("utf-8")) == []


@each_template
def test_nothing_inline_that_the_content_policy_refuses(path):
    assert INLINE.findall(DATA_BLOCK.sub("", path.read_text("utf-8"))) == []


@every([p for p in code() if "faces" in p.parts])
def test_no_page_is_written_in_python(path):
    assert INLINE.findall(path.read_text("utf-8")) == []


@every(under(STATIC, ".css", ".js", ".svg", ".webmanifest") + templates())
def test_nothing_is_fetched_from_another_host(path):
    assert OUTSIDE.findall(path.read_text("utf-8")) == []


def listed():
    lists = [tomllib.loads(path.read_text("utf-8")) for path in STATIC.rglob("vendor.toml")]
    return [entry for each in lists for group in each.values() for entry in group]


def test_vendored_files_are_named_licensed_and_unchanged():
    vendor = STATIC / "vendor"
    known = {}
    for entry in listed():
        assert entry["name"] and entry["version"] and entry["licence"]
        known[entry["file"]] = entry["sha256"]
    found = {
        str(p.relative_to(vendor)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in vendor.rglob("*")
        if p.suffix in {".js", ".css"}
    }
    assert found
    assert found == known


def test_there_are_templates_to_check():
    assert TEMPLATES.is_dir() and len(templates()) > 5
