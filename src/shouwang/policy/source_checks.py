"""Where numbers come from: a default is never shown as the plan's, a standard names itself (来源)."""

import re
from collections.abc import Iterator

from shouwang.policy.findings import Findings
from shouwang.policy.pack import Pack
from shouwang.policy.tables import Line
from shouwang.policy.values import Parameter, Value

# A number with its year or edition: GB 35181-2017, 公安部令第120号, 国办发〔2017〕87号.
NUMBERED = re.compile(r"[A-Z/]{2,}\s?\d+(\.\d+)?[-—]\d{4}|令第\d+号|〔\d{4}〕\d+号")
SURE = ("H", "M")


def check_sources(pack: Pack, findings: Findings) -> None:
    for parameter in pack.parameters.values():
        _dates(parameter, findings)
        for value in parameter.values:
            where = f"parameters: {parameter.id} since {value.since}"
            _value(where, parameter, value, pack=pack, findings=findings)
    for where, line in _lines(pack):
        check_line(where, line, cited=pack.cited, findings=findings)
        _bound(where, pack, line, findings)


def _dates(parameter: Parameter, findings: Findings) -> None:
    where = f"parameters: {parameter.id}"
    days = [value.since for value in parameter.values]
    if not days:
        findings.error(where, "has no values; one that nobody gave is written as 'provenance: unset'")
    if None in days:
        findings.error(where, "every value needs the day since which it holds")
    if len(set(days)) != len(days):
        findings.error(where, "two values hold since the same day")


def _value(where: str, parameter: Parameter, value: Value, *, pack: Pack, findings: Findings) -> None:
    if value.provenance == "unset":
        if value.value is not None:
            findings.error(where, "is unset and yet has a value")
        else:
            findings.notice(where, f"is unset; it is for {parameter.keeper} to enter")
        return
    if value.value is None:
        findings.error(where, "has no value; one that nobody gave is 'provenance: unset'")
    if value.provenance == "plan" and value.value not in pack.numbers.get(parameter.row, ()):
        findings.error(
            where, f"is shown as the plan's, but row {parameter.row} of the plan states no such number"
        )
    if value.provenance == "local" and not (
        value.signer and value.signed_on and NUMBERED.search(value.source)
    ):
        findings.error(where, "is a local decision, so it needs document number, day and signer")
    check_source(where, value, cited=pack.cited, findings=findings)


def check_line(where: str, line: Line, *, cited: str, findings: Findings) -> None:
    if line.provenance == "unset":
        findings.error(where, "a row cannot be unset; leave the version 'unset: true' until it is entered")
    check_source(where, line, cited=cited, findings=findings)


def _bound(where: str, pack: Pack, line: Line, findings: Findings) -> None:
    row = pack.rows.get(line.clause)
    if line.provenance == "plan" and row is not None and row.modality in ("may", "encouraged"):
        findings.error(where, f"binds by row {row.id}, which the plan leaves '{row.modality}'")


def check_source(where: str, given: Value | Line, *, cited: str, findings: Findings) -> None:
    """``cited`` is how this pack's sources name its plan."""
    provenance, source = given.provenance, given.source
    if not source.strip():
        findings.error(where, "names no source")
    elif provenance == "default" and cited in source:
        findings.error(where, "is our default and must not be shown as the plan's")
    elif provenance == "plan" and cited not in source:
        findings.error(where, "is shown as the plan's but does not name the plan's clause")
    elif provenance == "standard" and not NUMBERED.search(source):
        findings.error(where, f"'{source}' is no standard with number and edition")
    if provenance == "standard" and given.mark not in SURE:
        findings.error(
            where, "a standard's value needs the mark H (read) or M (one page); weaker stays unset"
        )


def _lines(pack: Pack) -> Iterator[tuple[str, Line]]:
    for key, table in pack.tables.items():
        for edition in table.editions:
            yield from ((f"tables: {key} row {line.id}", line) for line in edition.lines)
