"""Clause rows: the facts of all rows from one CSV, words and places from YAML beside it (条目)."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from shouwang.policy.findings import Findings
from shouwang.policy.reading import decode, entries, read_csv
from shouwang.policy.shapes import Row
from shouwang.policy.text import Text


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    title: Text
    text: Text
    screens: tuple[str, ...] = ()


def rows(folder: Path, clauses: Mapping[str, Text], findings: Findings) -> Mapping[str, Row]:
    words = _words(folder, findings)
    kept: dict[str, Row] = {}
    for fact in read_csv(folder / "rows.csv"):
        row = _row(fact, clauses, words.pop(fact["id"], None), findings)
        if row is None:
            continue
        if row.id in kept:
            findings.error(f"rows.csv: {row.id}", "stands twice")
        kept[row.id] = row
    for key in words:
        findings.error(f"plan: {key}", "is not a row of the plan (rows.csv)")
    return MappingProxyType(kept)


def _row(
    fact: Mapping[str, str], clauses: Mapping[str, Text], words: Words | None, findings: Findings
) -> Row | None:
    where = f"rows.csv: {fact['id']}"
    label = clauses.get(fact["clause"])
    if label is None:
        findings.error(where, f"clause '{fact['clause']}' has no label in pack.yaml")
        return None
    body: dict[str, object] = {**fact, "where": label}
    if words is not None:
        body |= {name: getattr(words, name) for name in Words.__struct_fields__}
    return decode(where, body, Row, findings)


def _words(folder: Path, findings: Findings) -> dict[str, Words]:
    found = {
        key: decode(where, body, Words, findings) for where, key, body in entries(folder, "plan", findings)
    }
    return {key: words for key, words in found.items() if words is not None}
