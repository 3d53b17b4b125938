"""Tables that offices adopted, laid over those a pack ships: whose edition stands on which day (本地判定表)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from shouwang.kernel.decision import Reason
from shouwang.policy.element_sheet import CLASS, edition_of, is_element_sheet
from shouwang.policy.findings import Findings
from shouwang.policy.pack import Pack
from shouwang.policy.sheet_checks import check_edition
from shouwang.policy.spreadsheet import from_csv
from shouwang.policy.tables import Edition, Table


class LocalTable(NamedTuple):
    """An edition an office adopted (本地版); `until` is the day it was taken back."""

    edition: Edition
    until: date | None = None

    def stands(self, day: date) -> bool:
        return self.edition.since <= day and (self.until is None or day < self.until)


def read_edition(
    table: Table, text: str, *, since: date, findings: Findings, pack: Pack
) -> Edition | None:
    """The edition a sheet in codes makes from a day on; None with findings that say why not."""
    standing = table.edition(since)
    if standing is None:
        said = Reason("table_not_in_force", {"table": table.id, "day": since.isoformat()})
        findings.error("sheet", f"the table is not in force on {since}", said)
        return None
    if is_element_sheet(text):
        found = edition_of(table, text, since=since, classes=CLASS, findings=findings)
    else:
        found = _of_rows(table, replace(standing, since=since), text, findings, pack)
    return None if findings.refused else found


def _of_rows(
    table: Table, standing: Edition, text: str, findings: Findings, pack: Pack
) -> Edition:
    lines = from_csv(standing, text, findings)
    found = replace(standing, until=None, lines=lines, sheet="")
    if not findings.refused:
        check_edition(table, found, findings, pack=pack)
    return found


def laid_over(table: Table, layers: Sequence[Sequence[LocalTable]]) -> Table:
    """The dated editions that come of it: the highest office first among `layers`, the nearest last."""
    if not any(layers):
        return table
    days = sorted(_days(table, layers))
    found: list[Edition] = []
    for day, following in zip(days, [*days[1:], None], strict=True):
        standing = _on(day, table, layers)
        if standing is not None:
            until = following - timedelta(days=1) if following else standing.until
            found.append(replace(standing, since=day, until=until))
    return replace(table, editions=tuple(found))


def _days(table: Table, layers: Sequence[Sequence[LocalTable]]) -> set[date]:
    given = [one for layer in layers for one in layer]
    ends = {edition.until + timedelta(days=1) for edition in table.editions if edition.until}
    starts = {edition.since for edition in (*table.editions, *(one.edition for one in given))}
    return starts | ends | {one.until for one in given if one.until}


def _on(day: date, table: Table, layers: Sequence[Sequence[LocalTable]]) -> Edition | None:
    shipped = table.edition(day)
    if shipped is None:
        # A standard that has run out is not kept alive by who adopted it.
        return None
    for layer in reversed(layers):
        standing = [one.edition for one in layer if one.stands(day)]
        if standing:
            return max(enumerate(standing), key=lambda pair: (pair[1].since, pair[0]))[1]
    return shipped
