"""From a folder to a pack: every section is read by itself, so one bad entry hides no other (装载)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct, structs

from shouwang.policy.channel_shapes import Channel
from shouwang.policy.checklist_shapes import Checklist
from shouwang.policy.duty_shapes import Duty, EvidenceKind
from shouwang.policy.festivals import Festival
from shouwang.policy.findings import Finding, Findings
from shouwang.policy.household_shapes import PersonField, RiskGroup
from shouwang.policy.indicator_shapes import Indicator
from shouwang.policy.lesson_shapes import Lesson
from shouwang.policy.letter_shapes import LetterArrow, LetterKind
from shouwang.policy.loop_shapes import Loop
from shouwang.policy.manual_shapes import Manual
from shouwang.policy.pack import Labelled, Pack
from shouwang.policy.product_shapes import Product
from shouwang.policy.reading import decode, entries, read_yaml
from shouwang.policy.record_shapes import Field, RecordType
from shouwang.policy.row_reading import rows
from shouwang.policy.shapes import Basis, Department, Kind, PostKind, SiteKind, Transition
from shouwang.policy.shipped import SHARED
from shouwang.policy.signing import check_signature, digest_of
from shouwang.policy.spreadsheet import decoded, from_csv
from shouwang.policy.table_reading import RawTable, table
from shouwang.policy.tables import Edition, Table
from shouwang.policy.text import Text
from shouwang.policy.tiles import Tile
from shouwang.policy.values import Parameter
from shouwang.policy.vocabulary import Action, Tongue
from shouwang.policy.wiring import Wiring

T = TypeVar("T")
# As much of the digest as stands in a line of the ledger.
SHORT = 12


class Facts(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in ``pack.yaml``: the pack's own facts."""

    title: Text
    name_shown: Text
    cited: str
    languages: tuple[Tongue, ...]
    time_zone: str
    since: date
    states: dict[str, Text]
    grades: dict[str, Text]
    levels: dict[str, Text]
    clocks: dict[str, str]
    actions: dict[Action, str]
    numbers: dict[str, tuple[int | str, ...]]
    clauses: dict[str, Text]
    screens: dict[str, Text]
    headings: dict[str, Text] = {}


def read(folder: Path) -> tuple[Pack | None, tuple[Finding, ...]]:
    findings = Findings()
    if not (folder / "pack.yaml").exists():
        findings.error(folder.name, "has no pack.yaml, so it is no policy pack")
        return None, tuple(findings.kept)
    facts = decode("pack.yaml", read_yaml(folder / "pack.yaml", findings), Facts, findings)
    wiring = decode("wiring.yaml", _wiring(folder, findings), Wiring, findings)
    if facts is None or wiring is None:
        return None, tuple(findings.kept)
    check_signature(folder, findings)
    return _build(folder, facts, wiring, findings), tuple(findings.kept)


def _wiring(folder: Path, findings: Findings) -> Mapping[str, object]:
    path = folder / "wiring.yaml"
    return read_yaml(path, findings) if path.exists() else {}


def _build(folder: Path, facts: Facts, wiring: Wiring, findings: Findings) -> Pack:
    kinds = _section(folder, "kinds", Kind, findings)
    sites = _section(folder, "sites", SiteKind, findings)
    departments = _section(folder, "departments", Department, findings)
    posts = _section(folder, "posts", PostKind, findings)
    listed: Mapping[str, Mapping[str, Labelled]] = {
        "departments": departments, "kinds": kinds, "posts": posts, "sites": sites,
    }  # fmt: skip
    lists = {
        "kinds": tuple(kinds),
        "sites": tuple(sites),
        "departments": tuple(departments),
        "grades": tuple(facts.grades),
        "levels": tuple(facts.levels),
    }
    transitions = read_yaml(folder / "transitions.yaml", findings)
    return Pack(
        name=folder.name,
        version=digest_of(folder)[:SHORT],
        title=facts.title,
        name_shown=facts.name_shown,
        cited=facts.cited,
        languages=facts.languages,
        zone=_zone(facts.time_zone, findings),
        since=facts.since,
        states=MappingProxyType(facts.states),
        grades=MappingProxyType(facts.grades),
        levels=MappingProxyType(facts.levels),
        screens=MappingProxyType(facts.screens),
        headings=MappingProxyType(facts.headings),
        wiring=wiring,
        clocks=MappingProxyType(facts.clocks),
        actions=MappingProxyType({str(name): row for name, row in facts.actions.items()}),
        numbers=MappingProxyType(facts.numbers),
        rows=rows(folder, facts.clauses, findings),
        parameters=_section(folder, "parameters", Parameter, findings),
        tables=_tables(folder, lists, findings),
        kinds=kinds,
        sites=sites,
        posts=posts,
        departments=departments,
        transitions=decode("transitions.yaml", transitions.get("arrows"), tuple[Transition, ...], findings)
        or (),
        evidence=_shared(folder, "evidence", EvidenceKind, findings),
        duties=_section(folder, "duties", Duty, findings),
        records=_records(folder, listed, findings),
        indicators=_section(folder, "indicators", Indicator, findings),
        manuals=_section(folder, "manuals", Manual, findings),
        bases=_section(folder, "bases", Basis, findings),
        wordings=MappingProxyType({**_wordings(SHARED, findings), **_wordings(folder, findings)}),
        lessons=_section(folder, "lessons", Lesson, findings),
        checklists=_section(folder, "checklists", Checklist, findings),
        risk_groups=_section(folder, "risk_groups", RiskGroup, findings),
        person_fields=_section(folder, "person_fields", PersonField, findings),
        festivals=_section(folder, "festivals", Festival, findings),
        channels=_section(folder, "channels", Channel, findings),
        letters=_section(folder, "letters", LetterKind, findings),
        letter_arrows=_letter_arrows(folder, findings),
        office_words=_office_words(folder, findings),
        loops=_section(folder, "loops", Loop, findings),
        tiles=_section(folder, "tiles", Tile, findings),
        products=_shared(folder, "products", Product, findings),
    )


def _letter_arrows(folder: Path, findings: Findings) -> tuple[LetterArrow, ...]:
    """The table of letters; a pack without letters needs none."""
    path = folder / "letter_transitions.yaml"
    told = read_yaml(path, findings).get("arrows") if path.is_file() else ()
    return decode(path.name, told, tuple[LetterArrow, ...], findings) or ()


def _office_words(folder: Path, findings: Findings) -> Mapping[str, str]:
    """The word an office's numbers begin with (发文代字), by its area."""
    path = folder / "office_words.yaml"
    told = dict(read_yaml(path, findings)) if path.is_file() else {}
    return MappingProxyType(decode(path.name, told, dict[str, str], findings) or {})


def _section(folder: Path, name: str, type_: type[T], findings: Findings) -> Mapping[str, T]:
    """Entries keyed by their id; an entry that cannot be read is left out and found."""
    kept: dict[str, T] = {}
    for where, key, body in entries(folder, name, findings):
        if not isinstance(body, dict):
            findings.error(where, "must have contents")
            continue
        one = decode(where, {"id": key, **body}, type_, findings)
        if one is not None:
            kept[key] = one
    return MappingProxyType(kept)


def _shared(folder: Path, name: str, type_: type[T], findings: Findings) -> Mapping[str, T]:
    """What every pack has, under what this one says itself."""
    return MappingProxyType({**_section(SHARED, name, type_, findings), **_section(folder, name, type_, findings)})


def _records(
    folder: Path, lists: Mapping[str, Mapping[str, Labelled]], findings: Findings
) -> Mapping[str, RecordType]:
    """Record types, with the choices that a field takes from a list of the pack."""
    read = _section(folder, "records", RecordType, findings)
    return MappingProxyType({key: structs.replace(one, fields=_fields(one, lists)) for key, one in read.items()})


def _fields(one: RecordType, lists: Mapping[str, Mapping[str, Labelled]]) -> dict[str, Field]:
    return {
        name: told
        if told.of is None
        else structs.replace(told, choices={k: v.label for k, v in lists[told.of].items()} | told.choices)
        for name, told in one.fields.items()
    }


def _tables(folder: Path, lists: Mapping[str, tuple[str, ...]], findings: Findings) -> Mapping[str, Table]:
    raws = _section(folder, "tables", RawTable, findings)
    built = {key: table(f"tables: {key}", raw, lists, findings) for key, raw in raws.items()}
    return MappingProxyType({key: _with_sheets(folder, one, findings) for key, one in built.items()})


def _with_sheets(folder: Path, one: Table, findings: Findings) -> Table:
    return replace(one, editions=tuple(_with_sheet(folder, edition, findings) for edition in one.editions))


def _with_sheet(folder: Path, edition: Edition, findings: Findings) -> Edition:
    if not edition.sheet:
        return edition
    path = folder / "tables" / edition.sheet
    if not path.is_file():
        findings.error(f"tables: {edition.sheet}", "the sheet is not there")
        return edition
    return replace(edition, lines=from_csv(edition, decoded(path.read_bytes()), findings))


def _wordings(folder: Path, findings: Findings) -> Mapping[str, Text]:
    found = {
        key: decode(where, body, Text, findings) for where, key, body in entries(folder, "wordings", findings)
    }
    return MappingProxyType({key: text for key, text in found.items() if text is not None})


def _zone(name: str, findings: Findings) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        findings.error("pack.yaml", f"time zone '{name}' does not exist")
        return ZoneInfo("UTC")
