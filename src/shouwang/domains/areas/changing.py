"""Acts on the tree over time (区划变更): merge, split, rename, re-rank; each one act and one line of the ledger.

A change that crosses a county line leaves one line in each county, since no line speaks for two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shouwang.domains.ledger.acts import Act, keep_batch
from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.rows import Row
from shouwang.kernel.codes import county_of, level_of, parent_of
from shouwang.kernel.digest import canonical
from shouwang.policy import load
from shouwang.policy.area_changes import ABOVE, AreaChange, NewUnit
from shouwang.policy.areas import Refusal

from .events import AreasChanged
from .fitting import Tree, against
from .models import Alias, Area, FormerName, Part
from .services import Importer, plain

SAVED = ("zh", "ko", "kind", "until")


@dataclass(frozen=True, kw_only=True)
class Changed:
    """What came of a table of changes: those done, those that stood already, and why the others were kept out."""

    events: tuple[AreasChanged, ...] = ()
    unchanged: int = 0
    refusals: tuple[Refusal, ...] = ()


@dataclass
class Written:
    """The rows of one act: units changed and new, aliases, parts and former names."""

    changed: list[Area] = field(default_factory=list)
    new: list[Area] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    names: list[FormerName] = field(default_factory=list)

    def rows(self) -> list[Row]:
        return [*self.changed, *self.new, *self.aliases, *self.parts, *self.names]


def change_areas(changes: Iterable[AreaChange], *, by: Importer, at: datetime) -> Changed:
    """Do each in turn, so that a later row may build on an earlier one; a bad one harms no other."""
    events: list[AreasChanged] = []
    refusals: list[Refusal] = []
    unchanged = 0
    for change in changes:
        if stands_already(change):
            unchanged += 1
            continue
        tree = _tree(change, by, at)
        if found := against(change, tree):
            refusals += found
        else:
            events.append(_do(change, tree, by=by, at=at))
    return Changed(events=tuple(events), unchanged=unchanged, refusals=tuple(refusals))


def fits(change: AreaChange, *, by: Importer, at: datetime) -> list[Refusal]:
    """Why a change cannot be, before anything is written."""
    return against(change, _tree(change, by, at))


def stands_already(change: AreaChange) -> bool:
    """Whether the same change is on record: a yearly table may be brought in again."""
    counties = {county_of(code) for code in change.codes}
    if change.act in ("merge", "rerank") and change.into:
        rows = Alias.objects.filter(county__in=counties, region__in=change.codes, since=change.since)
        return rows.filter(target=change.into).count() == len(change.codes)
    if change.act == "split":
        fresh = {part.code for part in change.parts} - set(change.codes)
        rows = Part.objects.filter(origin__in=change.codes, since=change.since).values_list("region", flat=True)
        return bool(fresh) and fresh == set(rows)
    known = FormerName.objects.filter(county__in=counties, region__in=change.codes, until=change.since)
    return known.exists()


def _tree(change: AreaChange, by: Importer, at: datetime) -> Tree:
    rows = Area.objects.filter(county__in={county_of(code) for code in change.named}, region__in=change.named)
    return Tree(held={area.region: area for area in rows}, areas=by.areas, today=timezone.localdate(at))


def _do(change: AreaChange, tree: Tree, *, by: Importer, at: datetime) -> AreasChanged:
    written = _BY_ACT[change.act](change, tree, at)
    with transaction.atomic():
        Area.objects.bulk_update(written.changed, SAVED)
        for rows in (written.new, written.aliases, written.parts, written.names):
            type(rows[0])._base_manager.bulk_create(rows) if rows else None
        lines = tuple(_line(change, county, rows, by=by, at=at) for county, rows in _by_county(written.rows()))
    return AreasChanged(act=change.act, counties=tuple(county for county, _ in _by_county(written.rows())), lines=lines)


def _line(change: AreaChange, county: str, rows: Sequence[Row], *, by: Importer, at: datetime) -> UUID:
    act = Act(
        room="areas", name=change.act, region=rows[0].region, at=at, pack=by.pack, actor=by.actor, post=by.post,
        clause=load(settings.PACK).actions["areas.import"],
    )  # fmt: skip
    items = [canonical(plain(row)) for row in rows]
    return keep_batch(act, object_id=rows[0].id, kind=rows[0]._meta.label, items=items).id


def _by_county(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    counties = dict.fromkeys(row.county for row in rows)
    return [(county, [row for row in rows if row.county == county]) for county in counties]


def _merge(change: AreaChange, tree: Tree, at: datetime) -> Written:
    written = Written()
    for code in change.codes:
        _end(written, tree.held[code], change.into, change, at)
    if change.into not in tree.held:
        unit = NewUnit(code=change.into, zh=change.zh, ko=change.ko, kind=change.kind)
        written.new.append(_area(unit, change, tree, at))
    return written


def _split(change: AreaChange, tree: Tree, at: datetime) -> Written:
    (origin,), written = change.codes, Written()
    fresh = [part for part in change.parts if part.code != origin]
    if len(fresh) == len(change.parts):
        heir = (parent_of(origin) or "") if change.successor == ABOVE else change.successor
        _end(written, tree.held[origin], heir, change, at)
    for part in fresh:
        written.new.append(_area(part, change, tree, at))
        written.parts.append(
            Part(
                id=mint(at), county=county_of(part.code), region=part.code, origin=origin,
                since=change.since, document=change.document,
            )
        )  # fmt: skip
    return written


def _rename(change: AreaChange, tree: Tree, at: datetime) -> Written:
    area = tree.held[change.codes[0]]
    written = Written(changed=[area], names=[_former(area, change, at)])
    area.zh, area.ko = change.zh or area.zh, change.ko or ("" if change.zh else area.ko)
    return written


def _rerank(change: AreaChange, tree: Tree, at: datetime) -> Written:
    assert change.kind is not None
    area = tree.held[change.codes[0]]
    if not change.into:
        written = Written(changed=[area], names=[_former(area, change, at)])
        area.kind = change.kind.value
        area.zh, area.ko = change.zh or area.zh, change.ko or ("" if change.zh else area.ko)
        return written
    written = Written()
    _end(written, area, change.into, change, at)
    zh, ko = change.zh or area.zh, change.ko or ("" if change.zh else area.ko)
    new = _area(NewUnit(code=change.into, zh=zh, ko=ko, kind=change.kind), change, tree, at)
    new.lon, new.lat, new.point_source = area.lon, area.lat, area.point_source
    written.new.append(new)
    return written


_BY_ACT = {"merge": _merge, "split": _split, "rename": _rename, "rerank": _rerank}


def _end(written: Written, area: Area, heir: str, change: AreaChange, at: datetime) -> None:
    """The unit is no more from that day, and its rows are read with its heir."""
    area.until = change.since
    written.changed.append(area)
    written.aliases.append(
        Alias(
            id=mint(at), county=area.county, region=area.region, target=heir, since=change.since,
            document=change.document, act=change.act,
        )
    )  # fmt: skip


def _former(area: Area, change: AreaChange, at: datetime) -> FormerName:
    return FormerName(
        id=mint(at), county=area.county, region=area.region, zh=area.zh, ko=area.ko, kind=area.kind,
        until=change.since, document=change.document,
    )  # fmt: skip


def _area(unit: NewUnit, change: AreaChange, tree: Tree, at: datetime) -> Area:
    kind = unit.kind_under(tree.kind_above(unit.code))
    assert kind is not None
    return Area(
        id=mint(at), county=county_of(unit.code), region=unit.code, level=level_of(unit.code).value,
        kind=kind.value, zh=unit.zh, ko=unit.ko, year=change.since.year, since=change.since,
        source=change.document,
    )  # fmt: skip
