"""A decision table as an office sends it (判定表改稿): in its words or in codes, every fault by its row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang.kernel.decision import Reason
from shouwang.policy import Pack
from shouwang.policy.document_numbers import read_number
from shouwang.policy.findings import Finding, Findings
from shouwang.policy.local_tables import read_edition
from shouwang.policy.sheet_words import coded, coded_elements
from shouwang.policy.tables import Edition, Table

from .refusal import Unfit

TABLE, MOST = "table:", 30
Grid = Sequence[Sequence[str]]


def is_of_standard(table: Table, on: date) -> bool:
    """Whether a standard gives the table, so that an office may enter its text and nothing of its own."""
    edition = table.edition(on)
    return edition is not None and (
        edition.unset or any(line.provenance == "standard" for line in edition.lines)
    )


def first_day(pack: Pack, name: str, since: date) -> date:
    """A standard's text holds as long as the standard does, whoever enters it when; a place's own rows from its day."""
    table = pack.tables[name]
    edition = table.edition(since)
    return edition.since if edition is not None and is_of_standard(table, since) else since


def codes_of(pack: Pack, table: Table, grid: Grid, *, source: str, on: date) -> str:
    """The sheet in codes. Raises Unfit with every fault of its headings and rows."""
    findings, standing = Findings(), table.edition(on)
    if standing is None:
        raise Unfit({f"{TABLE}{table.id}": _("This table is not in force on that day.")})
    if is_of_standard(table, on):
        text = coded_elements(pack, grid, findings=findings)
    else:
        text = coded(pack, standing, grid, source=read_number(source) or source, findings=findings)
    faults = dict(_told(pack, table.id, findings.kept)) or table_faults({table.id: text}, pack, on)
    if faults:
        raise Unfit(faults)
    return text


def edition_in(pack: Pack, table: Table, text: str, on: date) -> Edition | None:
    return read_edition(table, text, since=on, findings=Findings(), pack=pack)


def table_faults(tables: Mapping[str, str], pack: Pack, since: date) -> dict[str, str]:
    """What is wrong with tables in codes, in the reader's language."""
    faults: dict[str, str] = {}
    for name, text in tables.items():
        table, findings = pack.tables.get(name), Findings()
        if table is None:
            faults[TABLE + name] = _("There is no such table.")
            continue
        found = read_edition(table, text, since=since, findings=findings, pack=pack)
        standing = table.edition(since)
        if found is not None and standing is not None and found.lines == standing.lines:
            findings.error("sheet", "is the table in force", Reason("sheet_same"))
        faults.update(_told(pack, name, findings.kept))
    return faults


def _told(pack: Pack, table: str, kept: Sequence[Finding]) -> Iterator[tuple[str, str]]:
    language = get_language() or "zh-hans"
    if table in pack.tables:
        # Its own columns alone: another table may call a column of the same name otherwise.
        pack = replace(pack, tables={table: pack.tables[table]})
    errors = [one for one in kept if one.weight == "error"]
    for number, one in enumerate(errors[:MOST]):
        said = pack.explain(one.reason, language) if one.reason else one.text
        where = one.where.removeprefix("sheet").strip()
        yield f"{TABLE}{table}:{number}", f"{_place(where)}{said}"


def _place(where: str) -> str:
    kind, _sep, name = where.partition(" ")
    match kind:
        case "line":
            return _("Line %(n)s: ") % {"n": name}
        case "row":
            return _("Row %(name)s: ") % {"name": name}
        case _:
            return ""
