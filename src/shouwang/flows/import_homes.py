"""Homes and people at risk come from a table (导入): each row an act of its own; what cannot be taken comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from shouwang.domains.households.queries import by_mark, stands
from shouwang.domains.ledger.idempotency import KeyReused, made_under
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import county_of, is_region
from shouwang.policy import Pack, Text

from .households_sight import KEEPING, by_of, secret_mark
from .refusal import Unfit, too_long
from .register_home import NewHome, register_home
from .register_person import Told, register_person
from .sight import pack_for

HOME = ("mark", "building", "number", "kind")
CELL = 500


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A row that was not taken: its number and, by column, why."""

    row: int
    faults: Mapping[str, str]


def import_homes(
    actor: Actor, region: str, rows: Sequence[Mapping[str, str]], *, now: datetime
) -> tuple[int, Sequence[Refusal]]:
    """How many rows were taken, and those refused; a table sent twice enters nothing twice. Raises Unfit, Refused."""
    if not is_region(region):
        raise Unfit({"region": _("This is not an area code.")})
    pack, taken, refused = pack_for(region, now=now), 0, []
    # Before any row is looked up: what is answered to a row tells which marks there are.
    by_of(actor, KEEPING, region, pack=pack, now=now)
    for number, row in enumerate(rows):
        try:
            _take(actor, region, row, pack=pack, now=now)
        except Unfit as unfit:
            refused.append(Refusal(row=number, faults=unfit.fields))
        except KeyReused:
            words = _("Somebody else brought in this row before, or it was brought in as something else.")
            refused.append(Refusal(row=number, faults={"mark": words}))
        else:
            taken += 1
    return taken, refused


def _take(actor: Actor, region: str, row: Mapping[str, str], *, pack: Pack, now: datetime) -> None:
    """The home, unless its mark is known, and the person where a kind of risk is told."""
    if faults := {name: fault for name, text in row.items() if (fault := too_long(text, CELL))}:
        raise Unfit(faults)
    said = {name: row.get(name, "") for name in HOME}
    key = secret_mark("row", {"region": region, **row}).hex()[:60]
    known = by_mark(region, said["mark"])
    groups = _coded(row.get("group", ""), {one: told.label for one, told in pack.risk_groups.items()})
    of_home = groups in pack.risk_groups and pack.risk_groups[groups].of_home
    kind = _coded(said.pop("kind"), {one: told.label for one, told in pack.sites.items()})
    told = NewHome(key=f"h{key}", region=region, kind=kind, groups=(groups,) if of_home else (), **said)
    home = known.id if known else register_home(actor, told, now=now)
    if groups and not of_home:
        values = {name: _value(pack, name, row.get(name, "")) for name in pack.person_fields}
        person = Told(key=_key_of_person(region, key), group=groups, consent=row.get("consent", ""), values=values)
        register_person(actor, home, person, now=now)


def _key_of_person(region: str, row: str) -> str:
    """The same row enters nobody twice; once the person was taken off or forgotten, it is news again."""
    key, county = f"p{row}", county_of(region)
    while (made := made_under(key, county=county)) and not stands(county, made):
        key = f"p{secret_mark('row again', [key, made]).hex()[:60]}"
    return key


def _value(pack: Pack, name: str, text: str) -> str:
    return _coded(text, pack.person_fields[name].choices)


def _coded(text: str, labels: Mapping[str, Text]) -> str:
    """The code of what was written in words of any language, or the text as it stands."""
    return next((code for code, said in labels.items() if text and text in (said.zh, said.ko, said.en)), text)
