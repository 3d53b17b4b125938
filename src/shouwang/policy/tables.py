"""Decision tables in the DMN shape (判定表): dated versions, hit policies U F C, answers with reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from shouwang.kernel.decision import Reason
from shouwang.policy.cells import Cell
from shouwang.policy.text import Text
from shouwang.policy.vocabulary import HitPolicy, InputType, Provenance, Scalar

REMEMBERED = 4096


class UnfitFact(ValueError):
    """A fact the table cannot read, with the field and the reason."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Input:
    name: str
    type: InputType
    label: Text
    allowed: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None

    def check(self, value: object) -> Scalar:
        if self.type == "bool" and isinstance(value, bool):
            return value
        if self.type == "int" and isinstance(value, int) and not isinstance(value, bool):
            if (self.minimum is not None and value < self.minimum) or (
                self.maximum is not None and value > self.maximum
            ):
                raise UnfitFact(self.name, f"{value} is outside {self.minimum}..{self.maximum}")
            return value
        if self.type == "enum" and value in self.allowed:
            return str(value)
        raise UnfitFact(self.name, f"{value!r} is not one of {', '.join(self.allowed) or self.type}")


@dataclass(frozen=True, slots=True)
class Output:
    name: str
    label: Text
    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its cells by input name, its answers by output name, and where it comes from."""

    id: str
    cells: Mapping[str, Cell]
    then: Mapping[str, Scalar]
    clause: str
    provenance: Provenance
    source: str
    mark: str
    note: Text
    asking: tuple[tuple[str, Cell], ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        # Most cells are "-": leaving them out once is what keeps judging a report under 0.1 ms.
        asking = tuple((name, cell) for name, cell in self.cells.items() if not cell.is_any)
        object.__setattr__(self, "asking", asking)

    def fits(self, facts: Mapping[str, Scalar]) -> bool | None:
        """True, False, or None when a fact that decides is missing."""
        verdict: bool | None = True
        for name, cell in self.asking:
            if name not in facts:
                verdict = None
            elif not cell.holds(facts[name]):
                return False
        return verdict

    def lacks(self, facts: Mapping[str, Scalar]) -> tuple[str, ...]:
        return tuple(name for name, _ in self.asking if name not in facts)


@dataclass(frozen=True, slots=True)
class Edition:
    """The table as it stands between two days. ``unset`` marks a standard nobody has entered yet;
    ``sheet`` names a CSV beside it that holds the rows."""

    since: date
    until: date | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    lines: tuple[Line, ...]
    unset: bool = False
    source: str = ""
    sheet: str = ""
    answered: "dict[tuple[tuple[str, Scalar], ...], Match]" = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Match:
    """What a table answers. ``row`` is None when it cannot tell; ``reasons`` then say why."""

    row: str | None
    outputs: Mapping[str, Scalar]
    reasons: tuple[Reason, ...]
    clauses: tuple[str, ...]
    rows: tuple[str, ...] = ()
    collected: tuple[Mapping[str, Scalar], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    hit: HitPolicy
    label: Text
    clause: str
    keeper: str
    editions: tuple[Edition, ...]

    def edition(self, on: date) -> Edition | None:
        return next((edition for edition in self.editions if edition.holds_on(on)), None)

    def note(self, row: str) -> Text | None:
        return next(
            (line.note for edition in self.editions for line in edition.lines if line.id == row), None
        )

    def decide(self, facts: Mapping[str, object], on: date) -> Match:
        edition = self.edition(on)
        if edition is None:
            return self._silent(Reason("table_not_in_force", {"table": self.id, "day": on.isoformat()}))
        if edition.unset:
            return self._silent(Reason("table_unset", {"table": self.id, "keeper": self.keeper}))
        known = known_facts(edition, facts)
        # The same facts have the same answer, and most reports state the same few.
        asked = tuple(known.items())
        if (answer := edition.answered.get(asked)) is None:
            answer = self._collect(edition, known) if self.hit == "C" else self._one(edition, known)
            if len(edition.answered) < REMEMBERED:
                edition.answered[asked] = answer
        return answer

    def _one(self, edition: Edition, facts: Mapping[str, Scalar]) -> Match:
        """First fit; a row that might fit goes before, unless hit policy U makes a sure fit the only one."""
        unsure: Line | None = None
        for line in edition.lines:
            fit = line.fits(facts)
            if fit and (unsure is None or self.hit == "U"):
                return self._answer((line,))
            if fit is None and unsure is None:
                unsure = line
        if unsure is not None:
            return self._missing(unsure.lacks(facts))
        return self._silent(Reason("no_row_fits", {"table": self.id}))

    def _collect(self, edition: Edition, facts: Mapping[str, Scalar]) -> Match:
        """Every row that certainly holds; a row whose facts are missing is left out and named."""
        fits = [(line, line.fits(facts)) for line in edition.lines]
        hits = tuple(line for line, fit in fits if fit)
        lacking = tuple(
            dict.fromkeys(name for line, fit in fits if fit is None for name in line.lacks(facts))
        )
        if not hits:
            return (
                self._missing(lacking) if lacking else self._silent(Reason("no_row_fits", {"table": self.id}))
            )
        return self._answer(hits, lacking)

    def _answer(self, lines: tuple[Line, ...], lacking: tuple[str, ...] = ()) -> Match:
        reasons = tuple(
            Reason(f"{self.id}:{line.id}", {"provenance": line.provenance, "source": line.source})
            for line in lines
        )
        gaps = tuple(Reason("fact_missing", {"fact": name, "table": self.id}) for name in lacking)
        return Match(
            row=lines[0].id,
            outputs=lines[0].then,
            reasons=reasons + gaps,
            clauses=tuple(dict.fromkeys(line.clause for line in lines)),
            rows=tuple(line.id for line in lines),
            collected=tuple(line.then for line in lines),
        )

    def _missing(self, names: tuple[str, ...]) -> Match:
        reasons = tuple(Reason("fact_missing", {"fact": name, "table": self.id}) for name in names)
        return Match(None, {}, reasons, (self.clause,))

    def _silent(self, reason: Reason) -> Match:
        return Match(None, {}, (reason,), (self.clause,))


def known_facts(edition: Edition, facts: Mapping[str, object]) -> dict[str, Scalar]:
    """The facts this edition reads, checked; None counts as not known."""
    return {
        item.name: item.check(facts[item.name]) for item in edition.inputs if facts.get(item.name) is not None
    }
