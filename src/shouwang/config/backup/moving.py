"""Moving to another database server (迁库): every table straight across, the roots compared before it counts."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg import Connection

from shouwang.kernel.digest import Algorithm

from .filling import filled, same_count, same_roots
from .reaching import another, closed_to_others
from .roots import roots
from .schema import taken
from .tables import STEPS, Shape, shapes, take_in, told


@dataclass
class Moved:
    """What went across."""

    tables: int = 0
    rows: int = 0
    roots: dict[str, str] = field(default_factory=dict)


def move(url: str, *, home: Path, digest: Algorithm) -> Moved:
    """Fill the empty database at `url` with this one, which stays as it is. Raises Refused."""
    done = Moved()
    with closed_to_others() as source, filled(another(url, home=home), taken(source)) as target:
        for shape in shapes(source):
            if shape.name != STEPS:
                done.rows += _across(source, target, shape)
                done.tables += 1
        done.roots = roots(source, digest=digest)
        same_roots(target, done.roots, digest=digest)
    return done


def _across(source: "Connection[Any]", target: "Connection[Any]", shape: Shape) -> int:
    sent = 0

    def counted() -> Any:
        nonlocal sent
        for row in told(source, shape):
            sent += 1
            yield row

    came = take_in(target, shape.name, shape.columns, counted())
    same_count(shape.name, came, sent)
    return came
