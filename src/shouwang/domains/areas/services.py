"""Acts of the areas room: bring in a table, one transaction and one line of the ledger for each county."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import transaction

from shouwang.domains.ledger.acts import Act, keep_batch
from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.rows import Row
from shouwang.kernel.codes import county_of
from shouwang.kernel.digest import canonical
from shouwang.policy.areas import AreaFact, Reading, Refusal

from .events import AreasImported
from .judging import Standing, judge
from .models import Alias, Area

STATED = (
    "kind", "zh", "ko", "lon", "lat", "year", "civil_code", "civil_year",
    "since", "until", "source", "ko_source", "point_source",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Importer:
    """Who imports, in which post, under which pack, and the areas the post may import for."""

    actor: UUID | None
    post: str
    pack: str
    areas: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What came of a table: good rows are in, and each row kept out says why."""

    events: tuple[AreasImported, ...]
    unchanged: int
    refusals: tuple[Refusal, ...]

    @property
    def added(self) -> int:
        return sum(event.added for event in self.events)

    @property
    def changed(self) -> int:
        return sum(event.changed for event in self.events)

    @property
    def refused(self) -> int:
        return len({refusal.line for refusal in self.refusals})


def import_areas(reading: Reading, *, by: Importer, at: datetime) -> Imported:
    """Bring a table in; a row that is in already and says nothing new writes nothing."""
    held = _held(reading.facts)
    standing = Standing(years={code: area.year for code, area in held.items()}, merged=_merged())
    fitting, refusals = judge(reading.facts, standing=standing, areas=by.areas)
    news = [fact for fact in fitting if _says_more(fact, held.get(fact.code), standing.merged)]
    news.sort(key=lambda fact: fact.code)
    counties = [(county, list(facts)) for county, facts in groupby(news, lambda f: county_of(f.code))]
    return Imported(
        events=tuple(_bring_in(county, facts, held=held, by=by, at=at) for county, facts in counties),
        unchanged=len(fitting) - len(news),
        refusals=tuple(sorted((*reading.refusals, *refusals), key=lambda refusal: refusal.line)),
    )


def _held(facts: Iterable[AreaFact]) -> dict[str, Area]:
    """The areas a table speaks of that stand already: its own, their parents and what they merge into."""
    codes = {code for fact in facts for code in (fact.code, fact.parent, fact.merged_into) if code}
    rows = Area.objects.filter(county__in={county_of(code) for code in codes}, region__in=codes)
    return {area.region: area for area in rows}


def _merged() -> dict[str, str]:
    return dict(Alias.objects.values_list("region", "target"))


def _bring_in(
    county: str, facts: Sequence[AreaFact], *, held: Mapping[str, Area], by: Importer, at: datetime
) -> AreasImported:
    areas = [_area(fact, held.get(fact.code), at) for fact in facts]
    aliases = [_alias(fact, at) for fact in facts if fact.merged_into]
    act = Act(
        room="areas", name="import", region=county, at=at, pack=by.pack, actor=by.actor, post=by.post
    )  # fmt: skip
    with transaction.atomic():
        Area.objects.bulk_create(
            areas, batch_size=1000, update_conflicts=True,
            unique_fields=["county", "region"], update_fields=["level", *STATED],
        )  # fmt: skip
        Alias.objects.bulk_create(
            aliases, update_conflicts=True,
            unique_fields=["county", "region"], update_fields=["target", "since", "document"],
        )  # fmt: skip
        items = [canonical(plain(row)) for row in (*areas, *aliases)]
        line = keep_batch(act, object_id=mint(at), kind=Area._meta.label, items=items)
    changed = sum(fact.code in held for fact in facts)
    return AreasImported(county=county, line=line.id, added=len(facts) - changed, changed=changed)


def _area(fact: AreaFact, held: Area | None, at: datetime) -> Area:
    return Area(
        id=held.id if held else mint(at),
        county=county_of(fact.code),
        region=fact.code,
        level=fact.level.value,
        **_values(fact, held),
    )


def _alias(fact: AreaFact, at: datetime) -> Alias:
    return Alias(
        id=mint(at),
        county=county_of(fact.code),
        region=fact.code,
        target=fact.merged_into,
        since=fact.until,
        document=fact.source,
    )


def _values(fact: AreaFact, held: Area | None) -> dict[str, Any]:
    """What the row will say: a blank cell leaves what is known, so a thinner list takes nothing away."""
    stated = {name: getattr(fact, name) for name in STATED} | {"kind": fact.kind.value}
    kept = {name: getattr(held, name) if held else value for name, value in stated.items()}
    return {name: kept[name] if value in (None, "") else value for name, value in stated.items()}


def _says_more(fact: AreaFact, held: Area | None, merged: Mapping[str, str]) -> bool:
    if held is None or fact.merged_into not in ("", merged.get(fact.code)):
        return True
    return any(value != getattr(held, name) for name, value in _values(fact, held).items())


def plain(row: Row) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
