"""Kinds of unit (单位性质) and the names people use for them."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from shouwang.kernel.codes import Level, level_of


class AreaKind(StrEnum):
    """What a unit is (单位性质): a fact of the area, since bureaus and farms rank like townships."""

    PREFECTURE = "prefecture"
    CITY = "city"
    COUNTY = "county"
    DISTRICT = "district"
    BANNER = "banner"
    STREET = "street"
    TOWN = "town"
    TOWNSHIP = "township"
    ETHNIC_TOWNSHIP = "ethnic_township"
    SUMU = "sumu"
    FOREST_BUREAU = "forest_bureau"
    FARM = "farm"
    DEVELOPMENT_ZONE = "development_zone"
    COMMUNITY = "community"
    VILLAGE = "village"
    GACHA = "gacha"
    FOREST_SECTION = "forest_section"
    FARM_SECTION = "farm_section"
    NATURE_RESERVE = "nature_reserve"
    GRID = "grid"


_ZONES = {AreaKind.FARM, AreaKind.DEVELOPMENT_ZONE, AreaKind.NATURE_RESERVE}
_TOWNSHIPS = {
    AreaKind.STREET,
    AreaKind.TOWN,
    AreaKind.TOWNSHIP,
    AreaKind.ETHNIC_TOWNSHIP,
    AreaKind.SUMU,
    AreaKind.FOREST_BUREAU,
}
_VILLAGES = {AreaKind.COMMUNITY, AreaKind.VILLAGE, AreaKind.GACHA, AreaKind.FOREST_SECTION, AreaKind.FARM_SECTION}
KINDS_AT: Mapping[Level, frozenset[AreaKind]] = {
    Level.PROVINCE: frozenset(),
    Level.PREFECTURE: frozenset({AreaKind.PREFECTURE}),
    Level.COUNTY: frozenset({AreaKind.CITY, AreaKind.COUNTY, AreaKind.DISTRICT, AreaKind.BANNER}),
    Level.TOWNSHIP: frozenset(_TOWNSHIPS | _ZONES),
    Level.VILLAGE: frozenset(_VILLAGES | _ZONES),
    Level.GRID: frozenset({AreaKind.GRID}),
}
_SAID = {
    "自治州": AreaKind.PREFECTURE, "州": AreaKind.PREFECTURE,
    "地级市": AreaKind.PREFECTURE, "盟": AreaKind.PREFECTURE, "地区": AreaKind.PREFECTURE,
    "县级市": AreaKind.CITY, "市": AreaKind.CITY, "县": AreaKind.COUNTY,
    "市辖区": AreaKind.DISTRICT, "区": AreaKind.DISTRICT, "旗": AreaKind.BANNER, "自治旗": AreaKind.BANNER,
    "街道": AreaKind.STREET, "镇": AreaKind.TOWN, "乡": AreaKind.TOWNSHIP, "民族乡": AreaKind.ETHNIC_TOWNSHIP,
    "苏木": AreaKind.SUMU, "民族苏木": AreaKind.SUMU,
    "林业局": AreaKind.FOREST_BUREAU, "农场": AreaKind.FARM, "开发区": AreaKind.DEVELOPMENT_ZONE,
    "社区": AreaKind.COMMUNITY, "村": AreaKind.VILLAGE, "嘎查": AreaKind.GACHA, "林场生活区": AreaKind.FOREST_SECTION,
    "农场生活区": AreaKind.FARM_SECTION, "自然保护区": AreaKind.NATURE_RESERVE, "网格": AreaKind.GRID,
}  # fmt: skip
_COUNTIES = {"市": AreaKind.CITY, "县": AreaKind.COUNTY, "旗": AreaKind.BANNER, "区": AreaKind.DISTRICT}
_KINDS = {kind.value: kind for kind in AreaKind} | _SAID


def kind_said(word: str) -> AreaKind | None:
    """The kind a table names, in English or Chinese."""
    return _KINDS.get(word)


def kind_of(code: str, zh: str, parent: AreaKind | None) -> AreaKind | None:
    """What a unit is by its parent, its name and its code's range; None when these do not settle it."""
    level = level_of(code)
    if level in {Level.PREFECTURE, Level.GRID}:
        return AreaKind(level.value)
    if level is Level.COUNTY:
        return next((kind for sign, kind in _COUNTIES.items() if zh.endswith(sign)), None)
    if level is Level.TOWNSHIP:
        return next(_township_kinds(int(code[6:]), zh), None)
    return next(_village_kinds(zh, parent), None)


def _township_kinds(number: int, zh: str) -> Iterator[AreaKind]:
    if re.search("开发区|集中区|合作区", zh):
        yield AreaKind.DEVELOPMENT_ZONE
    elif "林业" in zh:
        yield AreaKind.FOREST_BUREAU
    elif zh.endswith("苏木"):
        yield AreaKind.SUMU
    elif number < 400:
        ethnic = AreaKind.ETHNIC_TOWNSHIP if zh.endswith("族乡") else AreaKind.TOWNSHIP
        yield AreaKind.STREET if number < 100 else AreaKind.TOWN if number < 200 else ethnic
    elif zh.endswith("场"):
        yield AreaKind.FARM


def _village_kinds(zh: str, parent: AreaKind | None) -> Iterator[AreaKind]:
    if parent in {AreaKind.FOREST_BUREAU, AreaKind.FARM}:
        yield AreaKind.FOREST_SECTION if parent is AreaKind.FOREST_BUREAU else AreaKind.FARM_SECTION
    elif re.search("开发区|集中区|合作区", zh):
        yield AreaKind.DEVELOPMENT_ZONE
    elif "自然保护区" in zh:
        yield AreaKind.NATURE_RESERVE
    elif re.search("农场（", zh):
        yield AreaKind.FARM
    elif re.search("嘎查(委?员?会)?(（|$)", zh):
        yield AreaKind.GACHA
    elif re.search("社区|居委会|居民委员会", zh):
        yield AreaKind.COMMUNITY
    elif re.search("村(村?民?委员?会)?(（|$)", zh):
        yield AreaKind.VILLAGE


def spoken(zh: str) -> str:
    """The name people use, without the committee's or the statistician's suffix: 明东村委会 is 明东村."""
    name = re.sub("（[^）]*）", "", zh).replace("虚拟", "").removesuffix("特殊乡镇")
    name = name.replace("生活区生活区", "生活区")
    name = re.sub("社区居(民)?委(员)?会$", "社区", name)
    return re.sub("村?(村民委员会|村委会)$", "村", name)
