"""Checks of decision tables: overlaps, gaps, rows never reached, editions that collide (判定表检查)."""

from collections.abc import Mapping

from shouwang.kernel.decision import Reason
from shouwang.policy.findings import Findings
from shouwang.policy.partitions import MOST, cases, count
from shouwang.policy.tables import Edition, Line, Table
from shouwang.policy.vocabulary import Scalar

SHOWN = 3


def check_table(table: Table, findings: Findings) -> None:
    where = f"tables: {table.id}"
    _editions(where, table, findings)
    for edition in table.editions:
        at = f"{where} since {edition.since}"
        if edition.unset:
            findings.notice(at, f"is not entered ({edition.source}); it is for {table.keeper} to enter")
        elif not edition.inputs or not edition.outputs or not edition.lines:
            findings.error(at, "needs columns, answers and rows, or 'unset: true'")
        elif count(edition) > MOST:
            text = f"tells {count(edition)} cases apart; split it so that it can be checked"
            findings.error(at, text, Reason("sheet_too_large", {"n": count(edition)}))
        else:
            _cases(at, table, edition, findings)


def _editions(where: str, table: Table, findings: Findings) -> None:
    in_order = sorted(table.editions, key=lambda one: one.since)
    for earlier, later in zip(in_order, in_order[1:], strict=False):
        if earlier.until is None or earlier.until >= later.since:
            findings.error(
                where, f"the versions since {earlier.since} and {later.since} hold on the same days"
            )
    ids = [line.id for edition in table.editions for line in edition.lines]
    for doubled in sorted({one for one in ids if ids.count(one) > 1}):
        findings.error(where, f"row '{doubled}' stands twice", Reason("sheet_row_twice", {"line": doubled}))


def _cases(where: str, table: Table, edition: Edition, findings: Findings) -> None:
    reached: set[str] = set()
    gaps: list[str] = []
    overlaps: dict[tuple[str, ...], str] = {}
    for case in cases(edition):
        hits = [line for line in edition.lines if line.fits(case)]
        if not hits:
            gaps.append(_said(case))
        reached |= {line.id for line in (hits[:1] if table.hit == "F" else hits)}
        if table.hit == "U" and len(hits) > 1:
            overlaps.setdefault(tuple(line.id for line in hits), _said(case))
    for rows, example in overlaps.items():
        text = f"rows {' and '.join(rows)} overlap, for example when {example}"
        findings.error(where, text, Reason("sheet_overlap", {"lines": ", ".join(rows), "example": example}))
    if gaps and table.hit != "C":
        shown = "; ".join(gaps[:SHOWN]) + (f"; and {len(gaps) - SHOWN} more" if len(gaps) > SHOWN else "")
        findings.error(where, f"has no row when {shown}", Reason("sheet_gap", {"example": shown}))
    for line in edition.lines:
        if line.id not in reached:
            text = f"row {line.id} is never reached{_because(line, table)}"
            findings.error(where, text, Reason("sheet_row_dead", {"line": line.id}))


def _because(line: Line, table: Table) -> str:
    return "; earlier rows take all its cases" if table.hit == "F" else "; its cells exclude each other"


def _said(case: Mapping[str, Scalar]) -> str:
    words = {True: "yes", False: "no"}
    parts = (f"{name} is {words[v] if isinstance(v, bool) else v}" for name, v in case.items())
    return ", ".join(parts)
