"""Lists and names of areas; every list is asked within the areas a reader may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from shouwang.kernel.codes import Level, county_of, is_region, level_of, parent_of, prefix_of
from shouwang.kernel.lineage import NONE, Lineage
from shouwang.policy.area_kinds import AreaKind

from .models import Area
from .scopes import ancestors, standing, under
from .words import called, unnamed

SHOWN = ("region", "level", "kind", "zh", "ko", "lon", "lat")
COUNTY = 6
BELOW = {
    Level.PROVINCE: Level.PREFECTURE,
    Level.PREFECTURE: Level.COUNTY,
    Level.COUNTY: Level.TOWNSHIP,
    Level.TOWNSHIP: Level.VILLAGE,
    Level.VILLAGE: Level.GRID,
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """A unit as a screen shows it."""

    code: str
    level: str
    kind: str
    name: str
    zh: str
    ko: str
    lon: float | None
    lat: float | None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is on record of a unit: both codes with the year of their list, its days, where all that comes from."""

    code: str
    year: int
    civil_code: str
    civil_year: int | None
    since: date | None
    until: date | None
    source: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some units in the order of their codes; `after` asks for the next page, '' when there is none."""

    places: tuple[Place, ...]
    after: str


def place(code: str) -> Place | None:
    return next(iter(places(Area.objects.filter(county=county_of(code), region=code))), None)


def facts_of(code: str) -> Facts | None:
    row = Area.objects.filter(county=county_of(code), region=code).first()
    if row is None:
        return None
    return Facts(
        code=code, year=row.year, civil_code=row.civil_code, civil_year=row.civil_year,
        since=row.since, until=row.until, source=row.source,
    )  # fmt: skip


def places(rows: QuerySet[Area]) -> list[Place]:
    return [
        Place(code=code, level=level, kind=kind, name=called(zh, ko), zh=zh, ko=ko, lon=lon, lat=lat)
        for code, level, kind, zh, ko, lon, lat in rows.values_list(*SHOWN)
    ]


def prefectures() -> list[str]:
    """Codes of the prefectures on record: the tops of the tree."""
    rows = Area.objects.filter(level=Level.PREFECTURE.value).order_by("region")
    return list(rows.values_list("region", flat=True))


def names(codes: Iterable[str]) -> dict[str, str]:
    """Names for a whole list in one statement; a code nobody has named as `unnamed` tells."""
    wanted = set(codes)
    return {code: unnamed(code) for code in wanted} | _named(wanted)


def kinds_of(codes: Iterable[str]) -> dict[str, str]:
    """What each unit is, for a whole table in one statement; a code nobody has on record is left out.

    Grids of a village are known by their number, whether anybody has named them or not.
    """
    wanted = {code for code in codes if is_region(code)}
    grids = {code for code in wanted if level_of(code) is Level.GRID}
    asked = wanted | {code[:-3] for code in grids}
    rows = Area.objects.filter(county__in={county_of(code) for code in asked}, region__in=asked)
    found = dict(rows.values_list("region", "kind"))
    found |= {code: AreaKind.GRID.value for code in grids if code[:-3] in found}
    return {code: kind for code, kind in found.items() if code in wanted}


def named_anyhow(words: Iterable[str], *, counties: Iterable[str]) -> list[Place]:
    """Units whose code, or whose whole name within `counties`, is one of the words."""
    wanted = list(words)
    codes = [word for word in wanted if is_region(word)]
    known = Q(county__in={county_of(code) for code in codes}, region__in=codes)
    named = Q(county__in=set(counties)) & (Q(zh__in=wanted) | Q(ko__in=wanted))
    return places(Area.objects.filter(known | named).order_by("region"))


def name_of(code: str) -> str:
    return names([code])[code]


def paths(codes: Iterable[str]) -> dict[str, str]:
    """Names from the county down, for a whole list in one statement: 延吉市 进学街道 向阳社区."""
    lines = {
        code: [unit for unit in reversed((code, *ancestors(code))) if _in_a_path(unit, code)]
        for code in codes
    }
    known = _named({unit for line in lines.values() for unit in line})
    return {
        code: " ".join(known[unit] for unit in line if unit in known) or code for code, line in lines.items()
    }


def both_names(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """{code: (中文, 조선말)} from the township down, or the name of the unit itself, for papers in both languages."""
    lines = {code: [one for one in reversed((code, *ancestors(code))) if len(one) > COUNTY] or [code] for code in codes}
    units = {unit for line in lines.values() for unit in line}
    rows = Area.objects.filter(county__in={county_of(unit) for unit in units}, region__in=units)
    known = {code: (zh, ko or zh) for code, zh, ko in rows.values_list("region", "zh", "ko")}
    return {code: _joined([known[one] for one in line if one in known]) for code, line in lines.items()}


def _joined(line: Sequence[tuple[str, str]]) -> tuple[str, str]:
    return "".join(zh for zh, _ko in line), " ".join(ko for _zh, ko in line)


def path_of(code: str) -> str:
    return paths([code])[code]


def _in_a_path(unit: str, code: str) -> bool:
    return unit == code or level_of(unit) not in {Level.PROVINCE, Level.PREFECTURE}


def _named(codes: set[str]) -> dict[str, str]:
    if not codes:
        return {}
    rows = Area.objects.filter(county__in={county_of(code) for code in codes}, region__in=codes)
    return {code: called(zh, ko) for code, zh, ko in rows.values_list("region", "zh", "ko")}


def line_of(code: str, lineage: Lineage = NONE) -> list[Place]:
    """The unit and those it lies in today, highest first: a village of a merged township lies in the heir."""
    above = parent_of(code)
    home = lineage.current(above) if above else ""
    codes = {code, *((home, *ancestors(home)) if home else ())}
    rows = Area.objects.filter(county__in={county_of(unit) for unit in codes}, region__in=codes)
    return sorted(places(rows), key=lambda found: (len(found.code), found.code))


def children(  # noqa: PLR0913 - a page of a list within a reach
    code: str, *, areas: Sequence[str], on: date, after: str = "", limit: int = 50, lineage: Lineage = NONE
) -> Page:
    """The units right below `code`, and below what went into it, that `areas` reach or that lead to one of them."""
    below = BELOW.get(level_of(code))
    if below is None:
        return Page(places=(), after="")
    rows = Area.objects.filter(
        under([code, *lineage.outside(code)]), open_to(areas), standing(on), level=below.value, region__gt=after
    )
    found = places(rows.order_by("region")[: limit + 1])
    return Page(places=tuple(found[:limit]), after=found[limit - 1].code if len(found) > limit else "")


def open_to(areas: Sequence[str]) -> Q:
    above = {unit for area in areas for unit in ancestors(area)}
    return under(areas) | Q(county__in={county_of(unit) for unit in above}, region__in=above)


def bodies(
    areas: Sequence[str], *, levels: Iterable[str], kinds: Sequence[str] = (), on: date, limit: int = 400
) -> list[Place]:
    """Units of some levels (and kinds) under `areas`, in the order of their codes; at most `limit`."""
    rows = Area.objects.filter(under(areas), standing(on), level__in=list(levels))
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    return places(rows.order_by("region")[:limit])


def search(text: str, *, areas: Sequence[str], on: date, limit: int = 20) -> list[Place]:
    """Units whose name holds `text` or whose code begins with it, higher ones first."""
    wanted = text.strip()
    if not wanted:
        return []
    named = Q(zh__icontains=wanted) | Q(ko__icontains=wanted) | Q(region__startswith=wanted)
    rows = Area.objects.filter(under(areas), standing(on), named)
    ranked = rows.order_by("region").values_list("region", flat=True)
    first = sorted(ranked, key=lambda code: (len(code), code))[:limit]
    shown = {found.code: found for found in places(rows.filter(region__in=first))}
    return [shown[code] for code in first if code in shown]


def count_by(field: str, *, areas: Sequence[str], on: date) -> dict[str, int]:
    """How many units stand under `areas`, by `level` or by `kind`."""
    rows = Area.objects.filter(under(areas), standing(on)).order_by()
    return dict(rows.values_list(field).annotate(n=Count("pk")).order_by(field))


def bodies_between(
    county: str, first: date, last: date
) -> list[tuple[str, str, str, date | None, date | None]]:
    """(region, level, kind, since, until) of every unit of a county that stood on one of some days."""
    stood = (Q(since=None) | Q(since__lte=last)) & (Q(until=None) | Q(until__gt=first))
    rows = Area.objects.filter(stood, county=county).order_by("region")
    return list(rows.values_list("region", "level", "kind", "since", "until"))


def kinds_in(county: str) -> dict[str, str]:
    """What each unit of a county is or was, those that are no more among them."""
    return dict(Area.objects.filter(county=county).values_list("region", "kind"))


def counties() -> list[str]:
    """Every county on record, and the offices above them."""
    rows = Area.objects.filter(level__in=[Level.PREFECTURE.value, Level.COUNTY.value]).order_by("region")
    return list(rows.values_list("region", flat=True))


def counties_of(area: str) -> list[str]:
    """The counties below a prefecture or province, and the offices above them, each a code of its own."""
    high = [Level.PROVINCE.value, Level.PREFECTURE.value, Level.COUNTY.value]
    rows = Area.objects.filter(region__startswith=prefix_of(area), level__in=high).order_by("region")
    return list(rows.values_list("region", flat=True))


def count_by_level() -> dict[str, int]:
    """How many units of each level are on record, for the doctor."""
    rows = Area.objects.values("level").annotate(n=Count("id")).order_by("level")
    return {row["level"]: row["n"] for row in rows}
