"""How far the pack carries the plan: for each row what carries it, which screens, which situations (覆盖)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from shouwang.policy.pack import Pack
from shouwang.policy.reading import Safe
from shouwang.policy.vocabulary import Modality


@dataclass(frozen=True, slots=True)
class Carried:
    """One row of the plan. ``rules`` are tables, transitions and parameters that cite it."""

    row: str
    modality: Modality
    told: bool
    duties: tuple[str, ...]
    records: tuple[str, ...]
    bases: tuple[str, ...]
    indicators: tuple[str, ...]
    rules: tuple[str, ...]
    screens: tuple[str, ...]
    situations: tuple[str, ...]

    @property
    def is_carried(self) -> bool:
        return bool(self.duties or self.records or self.bases or self.indicators)


def coverage(pack: Pack, situations: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Carried, ...]:
    """Every row of the plan, none left out."""
    tried = situations or {}
    duties = _by_row((row, key) for key, one in pack.duties.items() for row in one.rows_served)
    records = _by_row((row, key) for key, one in pack.records.items() for row in one.rows_served)
    indicators = _by_row((row, key) for key, one in pack.indicators.items() for row in one.rows_served)
    bases = _by_row((row, key) for key, one in pack.bases.items() for row in one.rows)
    rules = _by_row(_rules(pack))
    shown = {
        "office.tasks": duties,
        "office.manuals": duties,
        "office.records": records,
        "office.indicators": indicators,
        "office.standards": bases,
        "phone.today": _by_row((one.row, key) for key, one in pack.checklists.items()),
        "phone.homes": _by_row((one.row, key) for key, one in pack.risk_groups.items()),
        "phone.learn": _by_row((row, key) for key, one in pack.lessons.items() for row in one.rows_served),
    }
    return tuple(
        Carried(
            row=key,
            modality=row.modality,
            told=row.text is not None,
            duties=duties.get(key, ()),
            records=records.get(key, ()),
            bases=bases.get(key, ()),
            indicators=indicators.get(key, ()),
            rules=rules.get(key, ()),
            # What the pack declares shows itself; a row names only the screens of its own.
            screens=(*row.screens, *(screen for screen, rows in shown.items() if key in rows)),
            situations=tried.get(key, ()),
        )
        for key, row in pack.rows.items()
    )


def summary(lines: tuple[Carried, ...]) -> Mapping[str, int]:
    return {
        "rows": len(lines),
        "told": sum(line.told for line in lines),
        "carried": sum(line.is_carried for line in lines),
        "with rules": sum(bool(line.rules) for line in lines),
        "with screens": sum(bool(line.screens) for line in lines),
        "with situations": sum(bool(line.situations) for line in lines),
    }


def situations_in(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Titles (标题) of the situations that name each row among their clauses (条款)."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.yaml")):
        for situation in yaml.load(path.read_text(encoding="utf-8"), Loader=Safe) or ():  # noqa: S506
            for row in situation.get("条款", ()):
                found.setdefault(str(row), []).append(str(situation.get("标题", path.stem)))
    return {row: tuple(titles) for row, titles in found.items()}


def _rules(pack: Pack) -> Iterator[tuple[str, str]]:
    yield from ((one.row, f"parameter {key}") for key, one in pack.parameters.items())
    yield from ((one.row, f"transition {one.act}") for one in pack.transitions)
    yield from ((a.row, f"{key} {a.act}") for key, loop in pack.loops.items() for a in loop.arrows)
    for key, table in pack.tables.items():
        for edition in table.editions:
            yield from ((line.clause, f"table {key}") for line in edition.lines)


def _by_row(pairs: Iterator[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for row, name in pairs:
        found.setdefault(row, {})[name] = None
    return {row: tuple(names) for row, names in found.items()}
