"""Every case a decision table can meet, as finitely many classes: what makes its checks complete (划分)."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod

from shouwang.policy.cells import Span
from shouwang.policy.tables import Edition, Input
from shouwang.policy.vocabulary import Scalar

# Beyond this a table should be split: nobody could read it either.
MOST = 500_000


def classes(edition: Edition) -> tuple[tuple[Scalar, ...], ...]:
    """For each column one value of every class its cells can tell apart."""
    return tuple(_of_column(edition, column) for column in edition.inputs)


def count(edition: Edition) -> int:
    return prod(len(values) for values in classes(edition))


def cases(edition: Edition) -> Iterator[Mapping[str, Scalar]]:
    names = [column.name for column in edition.inputs]
    for values in product(*classes(edition)):
        yield dict(zip(names, values, strict=True))


def _of_column(edition: Edition, column: Input) -> tuple[Scalar, ...]:
    cells = [line.cells[column.name] for line in edition.lines]
    kept: dict[tuple[bool, ...], Scalar] = {}
    for value in _candidates(edition, column):
        kept.setdefault(tuple(cell.holds(value) for cell in cells), value)
    return tuple(kept.values())


def _candidates(edition: Edition, column: Input) -> Sequence[Scalar]:
    match column.type:
        case "bool":
            return (True, False)
        case "enum":
            return column.allowed
        case "int":
            return _numbers(edition, column)


def _numbers(edition: Edition, column: Input) -> tuple[int, ...]:
    """Truth changes only at the ends of spans, so the ends and their neighbours stand for all numbers."""
    spans = [
        part for line in edition.lines for part in line.cells[column.name].parts if isinstance(part, Span)
    ]
    ends = {end for span in spans for end in (span.low, span.high) if end is not None}
    ends |= {end for end in (column.minimum, column.maximum) if end is not None} or {0}
    near = {end + step for end in ends for step in (-1, 0, 1)}
    low, high = column.minimum, column.maximum
    return tuple(sorted(n for n in near if (low is None or n >= low) and (high is None or n <= high)))
