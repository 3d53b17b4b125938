"""Acts on boundaries (界线): bring in a file of them, one line of the ledger for each county; take them away again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from shouwang.domains.ledger.acts import Act, keep_batch
from shouwang.domains.ledger.minting import mint
from shouwang.kernel.codes import county_of, covered, is_region
from shouwang.kernel.digest import canonical
from shouwang.kernel.geo import Datum
from shouwang.kernel.outlines import box_of
from shouwang.policy import load
from shouwang.policy.area_kinds import spoken
from shouwang.policy.areas import Refusal

from .boundary_mending import Mended, mended
from .boundary_reading import Feature, read
from .models import Area, Boundary
from .scopes import standing, under
from .services import Importer, plain

CODES = ("code", "adcode", "gb", "xzqdm", "qhdm", "id", "pac", "代码")
NAMES = ("name", "xzqmc", "qhmc", "mc", "名称")
SAVED = ("outline", "west", "south", "east", "north", "source", "licence", "approval", "datum", "imported_at")


@dataclass(frozen=True, kw_only=True)
class Given:
    """What whoever brings a file says of it: how to read it, where it came from, and under which approval (审图号)."""

    datum: Datum
    said_datum: str
    source: str
    code_field: str = ""
    name_field: str = ""
    licence: str = ""
    approval: str = ""
    tolerance_m: float = 200.0


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What came of it: areas with an outline now, what mending cost, and the features kept out."""

    regions: tuple[str, ...]
    lines: tuple[UUID, ...]
    corners_before: int
    corners_after: int
    moved_m: float
    repaired: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    features: tuple[Feature, ...]


def import_boundaries(content: bytes, given: Given, *, by: Importer, on: date, at: datetime) -> Brought:
    """Good features go in, each bad one says why. Raises NotBoundaries."""
    features = read(content)
    regions, refusals = _matched(features, given, by=by, on=on)
    done = _mended(features, regions, given)
    refusals += [Refusal(line=line, field="geometry", reason=why) for line, why in done.refused.items()]
    rows = sorted((_row(regions[n], outline, given, at) for n, outline in done.outlines.items()), key=_region)
    lines = tuple(_keep(list(group), by=by, at=at) for _, group in groupby(rows, key=lambda row: row.county))
    return Brought(
        regions=tuple(row.region for row in rows),
        lines=lines,
        corners_before=done.corners_before,
        corners_after=done.corners_after,
        moved_m=done.moved_m,
        repaired=_repaired(done, regions),
        refusals=tuple(sorted(refusals, key=lambda one: one.line)),
        features=tuple(features),
    )


def remove_boundaries(areas: Sequence[str], *, by: Importer, at: datetime) -> int:
    """Take outlines away, such as those whose licence ended; one line for each county."""
    rows = list(Boundary.objects.filter(under(areas)).order_by("region"))
    for county, group in groupby(rows, key=lambda row: row.county):
        gone = list(group)
        with transaction.atomic():
            Boundary.objects.filter(county=county, id__in=[row.id for row in gone]).delete()
            _line("remove_boundaries", gone, by=by, at=at)
    return len(rows)


def _mended(features: Sequence[Feature], regions: Mapping[int, str], given: Given) -> Mended:
    """Level by level: counties lie side by side, and so do townships, but a township lies in its county."""
    whole = Mended(outlines={}, corners_before=0, corners_after=0, moved_m=0.0, repaired=(), refused={})
    for length in sorted({len(region) for region in regions.values()}):
        level = {one.line: one.geometry for one in features if len(regions.get(one.line, "")) == length}
        whole = whole.with_(mended(level, datum=given.datum, tolerance_m=given.tolerance_m))
    return whole


def _matched(
    features: Sequence[Feature], given: Given, *, by: Importer, on: date
) -> tuple[dict[int, str], list[Refusal]]:
    """The area of each feature by its code, else by its name if that is one area's alone."""
    known = dict(Area.objects.filter(under(by.areas), standing(on)).values_list("region", "zh"))
    by_name: dict[str, list[str]] = {}
    for region, zh in known.items():
        for name in {zh, spoken(zh)}:
            by_name.setdefault(name, []).append(region)
    found: dict[int, str] = {}
    refusals: list[Refusal] = []
    for one in features:
        region, reason = _area_of(one, given, known, by_name)
        if region and region in found.values():
            region, reason = "", "outline_twice"
        if region and not covered(by.areas, region):
            region, reason = "", "outside_territory"
        if region:
            found[one.line] = region
        else:
            refusals.append(Refusal(line=one.line, field="code", reason=reason, params={"code": _said(one, given)}))
    return found, refusals


def _area_of(
    one: Feature, given: Given, known: Mapping[str, str], by_name: Mapping[str, list[str]]
) -> tuple[str, str]:
    codes = [_value(one, name) for name in ([given.code_field] if given.code_field else CODES)]
    for code in codes:
        for shown in _forms(code):
            if is_region(shown) and shown in known:
                return shown, ""
    named = [_value(one, name) for name in ([given.name_field] if given.name_field else NAMES)]
    for name in filter(None, named):
        if len(fitting := by_name.get(name, [])) == 1:
            return fitting[0], ""
        if len(fitting) > 1:
            return "", "name_of_several"
    return "", "no_such_area"


def _forms(code: str) -> Iterable[str]:
    """As lists write it: filled up with zeros to twelve digits, or with the country's 156 before it."""
    yield code
    if len(code) == 12 and code.endswith("000"):
        yield code[:9].removesuffix("000")
    if code.startswith("156"):
        yield code[3:]


def _value(one: Feature, name: str) -> str:
    """Whatever the case of the field's name."""
    return next((value for key, value in one.words.items() if key.lower() == name.lower()), "")


def _said(one: Feature, given: Given) -> str:
    asked = (given.code_field, given.name_field, *CODES, *NAMES)
    return next((value for name in asked if name and (value := _value(one, name))), "")


def _row(region: str, outline: list[Any], given: Given, at: datetime) -> Boundary:
    box = box_of(outline)
    return Boundary(
        id=mint(at), county=county_of(region), region=region, outline=outline, west=box.west, south=box.south,
        east=box.east, north=box.north, source=given.source, licence=given.licence, approval=given.approval,
        datum=given.said_datum, imported_at=at,
    )  # fmt: skip


def _keep(rows: list[Boundary], *, by: Importer, at: datetime) -> UUID:
    with transaction.atomic():
        Boundary.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["county", "region"], update_fields=SAVED
        )
        return _line("import_boundaries", rows, by=by, at=at)


def _line(name: str, rows: Sequence[Boundary], *, by: Importer, at: datetime) -> UUID:
    act = Act(
        room="areas", name=name, region=rows[0].county, at=at, pack=by.pack, actor=by.actor, post=by.post,
        clause=load(settings.PACK).actions["areas.import"],
    )  # fmt: skip
    items = [canonical(plain(row)) for row in rows]
    return keep_batch(act, object_id=rows[0].id, kind=Boundary._meta.label, items=items).id


def _repaired(done: Mended, regions: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(regions[n] for n in done.repaired if n in done.outlines)


def _region(row: Boundary) -> str:
    return row.region


def kept_out(brought: Brought) -> Iterable[tuple[Feature, list[Refusal]]]:
    """The features that did not go in, each with its reasons."""
    against: dict[int, list[Refusal]] = {}
    for refusal in brought.refusals:
        against.setdefault(refusal.line, []).append(refusal)
    return [(one, against[one.line]) for one in brought.features if one.line in against]
