"""Every label and sentence of a pack stands in each of its languages (各种语言)."""

from collections.abc import Iterator

from shouwang.policy.channel_checks import texts_of_channels
from shouwang.policy.checklist_checks import texts_of_checklists
from shouwang.policy.findings import Findings
from shouwang.policy.household_checks import texts_of_households
from shouwang.policy.lesson_checks import texts_of_lessons
from shouwang.policy.loop_checks import texts_of_loops
from shouwang.policy.manual_checks import texts_of_manuals
from shouwang.policy.pack import Pack
from shouwang.policy.text import Text

NAMES = {"zh": "Chinese (zh)", "ko": "Korean (ko)", "en": "English (en)"}


def check_words(pack: Pack, findings: Findings) -> None:
    if pack.languages[:1] != ("zh",) or len(set(pack.languages)) != len(pack.languages):
        findings.error("pack.yaml: languages", "must begin with zh, the official language, and name each once")
    for where, text in texts(pack):
        for tag in text.blanks(pack.languages):
            findings.error(where, f"has no {NAMES[tag]}")


def texts(pack: Pack) -> Iterator[tuple[str, Text]]:
    """Every text of the pack and where it stands."""
    yield "pack.yaml: title", pack.title
    yield "pack.yaml: name_shown", pack.name_shown
    listed = {
        "states": pack.states,
        "grades": pack.grades,
        "levels": pack.levels,
        "screens": pack.screens,
        "headings": pack.headings,
    }
    for name, words in listed.items():
        yield from ((f"pack.yaml: {name}.{key}", text) for key, text in words.items())
    labelled = {
        "kinds": pack.kinds,
        "sites": pack.sites,
        "departments": pack.departments,
        "posts": pack.posts,
        "parameters": pack.parameters,
        "evidence": pack.evidence,
        "duties": pack.duties,
        "records": pack.records,
        "indicators": pack.indicators,
        "tables": pack.tables,
    }
    for name, things in labelled.items():
        yield from ((f"{name}: {key}", getattr(thing, "label")) for key, thing in things.items())  # noqa: B009
    yield from ((f"wordings: {key}", text) for key, text in pack.wordings.items())
    yield from _of_bases(pack)
    yield from ((f"festivals: {key}", one.label) for key, one in pack.festivals.items())
    yield from _of_rows(pack)
    yield from _of_tables(pack)
    yield from _of_arrows(pack)
    yield from _of_records(pack)
    yield from texts_of_manuals(pack)
    yield from texts_of_lessons(pack)
    yield from texts_of_households(pack)
    yield from texts_of_checklists(pack)
    yield from texts_of_channels(pack)
    yield from texts_of_loops(pack)


def _of_bases(pack: Pack) -> Iterator[tuple[str, Text]]:
    for key, basis in pack.bases.items():
        named = (("title", basis.title), ("held", basis.held), ("wanting", basis.wanting))
        yield from ((f"bases: {key}.{name}", text) for name, text in named if text is not None)


def _of_rows(pack: Pack) -> Iterator[tuple[str, Text]]:
    for key, row in pack.rows.items():
        named = (("where", row.where), ("title", row.title), ("text", row.text))
        yield from ((f"plan: {key}.{name}", text) for name, text in named if text is not None)


def _of_tables(pack: Pack) -> Iterator[tuple[str, Text]]:
    for key, table in pack.tables.items():
        for edition in table.editions:
            yield from ((f"tables: {key} row {line.id}", line.note) for line in edition.lines)
            columns = [(one.name, one.label) for one in edition.inputs]
            columns += [(one.name, one.label) for one in edition.outputs]
            yield from ((f"tables: {key} column {name}", label) for name, label in columns)


def _of_arrows(pack: Pack) -> Iterator[tuple[str, Text]]:
    for arrow in pack.transitions:
        yield f"transitions: {arrow.act}", arrow.label
        yield from ((f"transitions: {arrow.act} asks {one.what}", one.why) for one in arrow.asks if one.why)


def _of_records(pack: Pack) -> Iterator[tuple[str, Text]]:
    for key, one in pack.records.items():
        yield from ((f"records: {key}.help", text) for text in (one.help, one.source) if text)
        for name, paper in one.papers.items():
            yield from ((f"records: {key}.{name}", text) for text in (paper.label, paper.why) if text)
        for name, field in one.fields.items():
            where = f"records: {key}.{name}"
            said = (field.label, field.unit, field.help, field.why, *field.choices.values())
            yield from ((where, text) for text in said if text)
