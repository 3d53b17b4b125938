"""Why a table answers as it does: every row, and for each cell whether the facts hold in it (判定说明)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shouwang.policy.tables import Edition, Line, Match, Table, known_facts
from shouwang.policy.vocabulary import Scalar


@dataclass(frozen=True, slots=True)
class CellTold:
    """One question of a row. ``holds`` is None while nobody stated the fact."""

    name: str
    wanted: str
    stated: Scalar | None
    holds: bool | None


@dataclass(frozen=True, slots=True)
class RowTold:
    """A row against the facts. ``fits`` is None while a fact that decides is missing; ``answers`` where it counted."""

    line: Line
    fits: bool | None
    answers: bool
    cells: tuple[CellTold, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    edition: Edition | None
    match: Match
    rows: tuple[RowTold, ...]


def explain(table: Table, facts: Mapping[str, object], on: date) -> Explained:
    """Every row of the edition of a day against the facts. Raises UnfitFact."""
    edition = table.edition(on)
    match = table.decide(facts, on)
    if edition is None or edition.unset:
        return Explained(edition, match, ())
    known = known_facts(edition, facts)
    rows = tuple(
        RowTold(line, line.fits(known), line.id in match.rows, _cells(line, known)) for line in edition.lines
    )
    return Explained(edition, match, rows)


def _cells(line: Line, known: Mapping[str, Scalar]) -> tuple[CellTold, ...]:
    return tuple(
        CellTold(name, cell.text, known.get(name), cell.holds(known[name]) if name in known else None)
        for name, cell in line.asking
    )
