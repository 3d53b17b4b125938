"""Laws and standards behind the plan on a day (标准台账): in force or not, what cites them, what is still unset."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shouwang.policy.pack import Pack
from shouwang.policy.shapes import Basis
from shouwang.policy.tables import Edition, Table

PAST = ("replaced", "expired")
State = Literal["in_force", "undated", "coming", "replaced", "expired"]


@dataclass(frozen=True, kw_only=True)
class Citing:
    """One document with what depends on it: parameters and tables by their ids, duties that serve its rows."""

    basis: Basis
    state: State
    replaced_by: Basis | None
    parameters: tuple[str, ...]
    tables: tuple[str, ...]
    duties: tuple[str, ...]
    unset: tuple[str, ...]
    unset_tables: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return bool(self.unset or self.unset_tables or self.basis.wanting)


def standards(pack: Pack, *, on: date) -> tuple[Citing, ...]:
    """Every document, those with something to enter first."""
    found = [_citing(pack, basis, on) for basis in pack.bases.values()]
    return tuple(sorted(found, key=lambda one: (not one.is_open, one.state in PAST)))


def _citing(pack: Pack, basis: Basis, on: date) -> Citing:
    parameters = tuple(dict.fromkeys((*basis.parameters, *_citing_parameters(pack, basis))))
    tables = {
        one.id: [edition for edition in one.editions if _edition_cites(edition, basis)]
        for one in pack.tables.values()
        if _cites(one, basis)
    }
    rows = set(basis.rows)
    duties = tuple(key for key, duty in pack.duties.items() if rows & set(duty.rows_served))
    return Citing(
        basis=basis,
        state=state_of(basis, on),
        replaced_by=pack.bases.get(basis.replaced_by),
        parameters=parameters,
        tables=tuple(tables),
        duties=duties,
        unset=tuple(name for name in parameters if not pack.value(name, on=on).is_set),
        unset_tables=tuple(key for key, editions in tables.items() if any(one.unset for one in editions)),
    )


def state_of(basis: Basis, on: date) -> State:
    """What has no day at all is not said to be in force."""
    if basis.since is None and basis.until is None:
        return "undated"
    if basis.since is not None and on < basis.since:
        return "coming"
    if basis.until is not None and on > basis.until:
        return "replaced" if basis.replaced_by else "expired"
    return "in_force"


def _citing_parameters(pack: Pack, basis: Basis) -> Iterator[str]:
    for key, parameter in pack.parameters.items():
        if any(_named(basis, value.source) for value in parameter.values):
            yield key


def _cites(table: Table, basis: Basis) -> bool:
    return any(_edition_cites(edition, basis) for edition in table.editions)


def _edition_cites(edition: Edition, basis: Basis) -> bool:
    return _named(basis, edition.source) or any(_named(basis, line.source) for line in edition.lines)


def _named(basis: Basis, source: str) -> bool:
    """A document whose number nobody knows is cited by nothing."""
    return any(sign.isdigit() for sign in basis.number) and basis.number in source
