"""Homes and people at risk come from a table (导入): each row an act of its own; what cannot be taken comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shouwang.domains.households.queries import by_mark
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.people.actor import Actor
from shouwang.kernel.digest import seal
from shouwang.policy import Pack

from .refusal import Unfit
from .register_home import NewHome, register_home
from .register_person import Told, register_person
from .sight import pack_for

HOME = ("mark", "building", "number", "kind")
PERSON = ("group", "consent")


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A row that was not taken: its number and, by column, why."""

    row: int
    faults: Mapping[str, str]


def import_homes(
    actor: Actor, region: str, rows: Sequence[Mapping[str, str]], *, now: datetime
) -> tuple[int, Sequence[Refusal]]:
    """How many rows were taken, and those refused. The same table sent twice enters nothing twice. Raises Refused."""
    pack, taken, refused = pack_for(region, now=now), 0, []
    for number, row in enumerate(rows):
        try:
            _take(actor, region, row, pack=pack, now=now)
        except Unfit as unfit:
            refused.append(Refusal(row=number, faults=unfit.fields))
        except KeyReused:
            continue
        else:
            taken += 1
    return taken, refused


def _take(actor: Actor, region: str, row: Mapping[str, str], *, pack: Pack, now: datetime) -> None:
    """The home, unless its mark is known, and the person where a kind of risk is told."""
    said = {name: row.get(name, "") for name in HOME}
    key = seal(b"row", {"region": region, **row}).hex()[:60]
    known = by_mark(region, said["mark"])
    groups = _coded(row.get("group", ""), {one: told.label.zh for one, told in pack.risk_groups.items()})
    of_home = groups in pack.risk_groups and pack.risk_groups[groups].of_home
    kind = _coded(said.pop("kind"), {one: told.label.zh for one, told in pack.sites.items()})
    told = NewHome(key=f"h{key}", region=region, kind=kind, groups=(groups,) if of_home else (), **said)
    home = known.id if known else register_home(actor, told, now=now)
    if groups and not of_home:
        values = {name: _value(pack, name, row.get(name, "")) for name in pack.person_fields}
        person = Told(key=f"p{key}", group=groups, consent=row.get("consent", ""), values=values)
        register_person(actor, home, person, now=now)


def _value(pack: Pack, name: str, text: str) -> str:
    return _coded(text, {one: label.zh for one, label in pack.person_fields[name].choices.items()})


def _coded(text: str, labels: Mapping[str, str]) -> str:
    """The code of what was written in words, or the text as it stands."""
    return next((code for code, label in labels.items() if label == text), text)
