"""A translator's day: new texts arrive, old ones go, a slip is named before a villager reads it."""

import gettext

import polib
import pytest
from click.testing import CliRunner

from shouwang.config import catalogues
from shouwang.config.commands.messages import messages


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A package with one page that says two things, and empty catalogues."""
    pages = tmp_path / "faces" / "templates"
    pages.mkdir(parents=True)
    page = pages / "case.html"
    page.write_text(
        '<h1>{% translate "Due today" %}</h1>'
        "{% blocktranslate count n=n %}{{ n }} case{% plural %}{{ n }} cases{% endblocktranslate %}"
    )
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path)
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path / "locale")
    return page


def translate(language, **texts):
    path = catalogues.catalogue_path(language)
    book = polib.pofile(str(path))
    for entry in book:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: texts["cases"]}
        else:
            entry.msgstr = texts["due"]
    book.save()


def test_new_texts_arrive_untranslated_and_the_check_names_them(desk):
    assert catalogues.update("ko") == (2, 0)
    assert len(catalogues.faults("ko")) == 2
    assert any("Due today" in fault and "case.html" in fault for fault in catalogues.faults("ko"))


def test_a_whole_catalogue_passes_and_is_read_by_the_program(desk):
    catalogues.update("ko")
    translate("ko", due="오늘 마감", cases="%(n)s건")
    assert catalogues.faults("ko") == []
    [made] = catalogues.compile_catalogues()
    with made.open("rb") as source:
        read = gettext.GNUTranslations(source)
    assert read.gettext("Due today") == "오늘 마감"
    assert read.ngettext("%(n)s case", "%(n)s cases", 3) % {"n": 3} == "3건"


def test_a_value_that_does_not_exist_is_named(desk):
    catalogues.update("ko")
    translate("ko", due="오늘 마감", cases="%(count)s건")
    assert any("count" in fault for fault in catalogues.faults("ko"))


def test_a_text_that_is_gone_leaves_the_catalogue_and_the_rest_stays(desk):
    catalogues.update("ko")
    translate("ko", due="오늘 마감", cases="%(n)s건")
    desk.write_text('{% translate "Due today" %}')
    assert catalogues.update("ko") == (0, 1)
    assert [(e.msgid, e.msgstr) for e in polib.pofile(str(catalogues.catalogue_path("ko")))] == [
        ("Due today", "오늘 마감")
    ]


def test_the_command_fails_until_both_languages_are_whole(desk):
    runner = CliRunner()
    assert runner.invoke(messages, ["extract"]).exit_code == 0
    assert runner.invoke(messages, ["check"]).exit_code == 1
    translate("ko", due="오늘 마감", cases="%(n)s건")
    translate("zh_Hans", due="今日到期", cases="%(n)s 件")
    assert runner.invoke(messages, ["check", "--json"]).exit_code == 0
